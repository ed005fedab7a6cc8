// Runs in the stand-in's main process. Why it exists: calls that only the operating system could show
// (a menu, a power lock, a login item) are written down here, so that a test can still see they were made.
import { settings } from './settings.ts';

/** One call that had no effect here but would have one in Electron. */
export interface RecordedCall {
  readonly what: string;
  readonly details: readonly unknown[];
}

const calls: RecordedCall[] = [];

/** Writes a call down, and prints it when STANDIN_TRACE=1. */
export function record(what: string, ...details: readonly unknown[]): void {
  calls.push({ what, details });
  if (settings.trace) console.error(`[stand-in] ${what}`, ...details);
}

/** Says what the stand-in did that the person at the terminal should know. */
export function say(text: string): void {
  console.error(`[stand-in] ${text}`);
}

/** All that was recorded so far. */
export function recordedCalls(): readonly RecordedCall[] {
  return calls;
}
