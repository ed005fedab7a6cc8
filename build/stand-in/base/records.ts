// Runs in the stand-in's main process. Why it exists: calls that only the operating system could show (a menu, a power
// lock, a login item) are recorded here, so that a test can still see them.
import { settings } from './settings.ts';

/** One call that had no effect here but would have one in Electron. */
export interface RecordedCall {
  readonly what: string;
  readonly details: readonly unknown[];
}

const calls: RecordedCall[] = [];

/** Records a call, and prints it when STANDIN_TRACE=1. */
export function record(what: string, ...details: readonly unknown[]): void {
  calls.push({ what, details });
  if (settings.trace) console.error(`[stand-in] ${what}`, ...details);
}

/** Prints what the stand-in did, if the person at the terminal should know it. */
export function say(text: string): void {
  console.error(`[stand-in] ${text}`);
}

/** All calls recorded so far. */
export function recordedCalls(): readonly RecordedCall[] {
  return calls;
}
