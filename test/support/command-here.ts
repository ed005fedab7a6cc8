/**
 * The terminal command in the test's own process, for cases that differ from others in their words alone: it takes all but
 * the start, which costs half a second of processor time. What a process is to show of itself (its exit code, its
 * streams, that it ends) is tried with command.ts.
 */
import { PassThrough } from 'node:stream';
import { facepay } from '../../electron/cli/main.ts';
import { linesOf, type Ended } from './command.ts';

/** Runs `facepay ARGS --json` to its end, with nothing on its standard input. */
export const facepayHere = (...args: readonly string[]): Promise<Ended> => facepayHereWith({}, ...args);

/** The same with something in its environment, and nothing else there. */
export async function facepayHereWith(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await facepay([...args, '--json'], {
    env,
    streams: { out: (line) => out.push(line), err: (line) => err.push(line) },
    input: new PassThrough().end(),
    prompt: new PassThrough(),
    control: new PassThrough(),
    toldToEnd: () => Promise.reject(new Error('nobody tells a command here to end')),
  });
  const lines = linesOf(out.join('\n'));
  return { exitCode, lines, last: lines.at(-1), said: [...out, ...err].join('\n') };
}
