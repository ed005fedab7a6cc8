/**
 * The real `node:fs`, which stops at a numbered step: the power is cut before the step, or half-way through a write.
 * `vi.mock` puts it in the place of node:fs; reading works as always.
 */
import type * as Fs from 'node:fs';

export class PowerCut extends Error {}

type Deed = 'before' | 'half';

let steps = 0;
let cut: { readonly at: number; readonly deed: Deed } | null = null;
let dead = false;

/** Counts the steps of `act`; if a cut is asked for, `act` ends there by throwing, and nothing is written any more. */
export async function withPower(
  act: () => Promise<unknown>,
  at: typeof cut = null,
): Promise<{ readonly steps: number; readonly value: 'done' | 'cut' }> {
  [steps, cut, dead] = [0, at, false];
  try {
    await act();
    return { steps, value: 'done' };
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    return { steps, value: 'cut' };
  } finally {
    [cut, dead] = [null, false];
  }
}

/** The steps that change what is on disk. */
const CHANGING = [
  'writeFileSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'rmSync',
  'linkSync',
  'mkdirSync',
  'unlinkSync',
  'truncateSync',
] as const;

export function failingFiles(real: typeof Fs): typeof Fs {
  const step =
    (name: (typeof CHANGING)[number]): unknown =>
    (...args: unknown[]): unknown => {
      if (dead) throw new PowerCut(name);
      steps += 1;
      if (cut?.at === steps) {
        dead = true;
        if (cut.deed === 'half' && name === 'writeFileSync') writeHalf(real, args);
        throw new PowerCut(name);
      }
      return Reflect.apply(real[name], undefined, args);
    };
  // Opening a file for writing empties it.
  const openSync = (...args: Parameters<typeof Fs.openSync>): number => {
    if (args[1] === 'r') return real.openSync(...args);
    if (dead) throw new PowerCut('openSync');
    steps += 1;
    if (cut?.at === steps) {
      dead = true;
      if (cut.deed === 'half') real.closeSync(real.openSync(...args));
      throw new PowerCut('openSync');
    }
    return real.openSync(...args);
  };
  return { ...real, ...Object.fromEntries(CHANGING.map((name) => [name, step(name)])), openSync };
}

function writeHalf(real: typeof Fs, [file, content]: unknown[]): void {
  if (typeof file !== 'number') return;
  const bytes = Buffer.from(content instanceof Uint8Array ? content : String(content));
  real.writeSync(file, bytes.subarray(0, Math.floor(bytes.byteLength / 2)));
}
