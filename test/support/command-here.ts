/**
 * The terminal command in the test's own process, for cases that differ only in their words. Only the start is left
 * out, which costs half a second of processor time. command.ts tests what only a process can show: its exit code, its
 * streams, its end.
 */
import { PassThrough } from 'node:stream';
import { facepay } from '../../electron/cli/main.ts';
import { linesOf, type Ended } from './command.ts';

/** Runs `facepay ARGS --json` to its end, with nothing on its standard input. */
export const facepayHere = (...args: readonly string[]): Promise<Ended> => facepayHereWith({}, ...args);

/** The same with these variables as its whole environment. */
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
    actAsOwnerOf: () => undefined,
  });
  const lines = linesOf(out.join('\n'));
  return { exitCode, lines, last: lines.at(-1), said: [...out, ...err].join('\n') };
}
