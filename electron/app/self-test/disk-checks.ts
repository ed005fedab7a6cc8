/**
 * The disk under the journal: how long a small write takes until the system reports it as safe, and how much space
 * there is.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { Clock } from '../../base/clock.ts';
import { fileTroubleOf, type FileTrouble } from '../../base/safe-file.ts';

const WRITES = 7;
/** One page of the journal, about the cost of one act of the cashier's. */
const BYTES = 4_096;

/**
 * How long each of a few small writes took until fsync returned, in ms. A program cannot see whether the disk then
 * really has the data: a drive that lies about its cache lies here too.
 */
export async function measureSync(folder: string, clock: Clock): Promise<Result<readonly number[], FileTrouble>> {
  const path = join(nearestFolder(folder), `.facepay-self-test-${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const took: number[] = [];
      for (let nth = 0; nth < WRITES; nth += 1) {
        const begun = clock.read().monoMs;
        await file.write(randomBytes(BYTES));
        await file.sync();
        took.push(clock.read().monoMs - begun);
      }
      return ok(took);
    } finally {
      await file.close();
      await rm(path, { force: true });
    }
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return fail(trouble);
  }
}

/** A cashier's tap waits for one such write, and a person notices more than this. */
export const SLOW_SYNC_MS = 50;

export function syncCheck(took: Result<readonly number[], FileTrouble>): SelfTestLine {
  if (!took.ok) return finding('disk-sync', 'refused', { why: took.error });
  const sorted = [...took.value].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const figures = { ms: median.toFixed(1), slowest: (sorted.at(-1) ?? 0).toFixed(1), writes: sorted.length };
  return finding('disk-sync', median > SLOW_SYNC_MS ? 'slow' : 'quick', figures);
}

/** Bytes that this user may still write; `null` if the system does not say. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(nearestFolder(folder));
    return bavail * bsize;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return null;
  }
}

const MB = 1_000_000;
/** A busy till writes some tens of MB a month. If less than this is free, something else is filling the disk. */
export const LOW_SPACE_BYTES = 1_000 * MB;
export const OUT_OF_SPACE_BYTES = 100 * MB;

export function spaceCheck(bytes: number | null): SelfTestLine {
  if (bytes === null) return finding('disk-space', 'untold');
  const figures = {
    free:
      bytes >= LOW_SPACE_BYTES ? `${(bytes / LOW_SPACE_BYTES).toFixed(1)} GB` : `${String(Math.floor(bytes / MB))} MB`,
  };
  if (bytes < OUT_OF_SPACE_BYTES) return finding('disk-space', 'out', figures);
  return finding('disk-space', bytes < LOW_SPACE_BYTES ? 'low' : 'enough', figures);
}

/** `folder`, or the nearest parent that exists: this check must not create one. */
function nearestFolder(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : nearestFolder(above);
}
