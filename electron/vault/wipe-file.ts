import { closeSync, constants, fsyncSync, fstatSync, lstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { fileTroubleOf, syncFolderOf } from '../base/safe-file.ts';

/**
 * Overwrites a file with noise, on disk, and removes it. `left`: it could not be removed (for example on a
 * write-protected stick), or it is no plain file. Through a link placed there any file of this system could be
 * destroyed. Best effort: flash memory, and file systems that never write in place, keep the old bytes somewhere. A
 * person who takes the chips apart may read them there; only encryption helps against that.
 */
export function wipeFile(path: string): 'wiped' | 'left' {
  try {
    if (!overwrite(path)) return 'left';
    rmSync(path);
    syncFolderOf(path);
    return 'wiped';
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return 'left';
  }
}

/** Windows has no such flag. So there the opened file is compared with what is at the path. */
const NO_LINK = 'O_NOFOLLOW' in constants ? constants.O_NOFOLLOW : 0;

/** `false` if there is no plain file at `path`; then nothing is written. */
function overwrite(path: string): boolean {
  const found = lstatSync(path, { bigint: true });
  if (!found.isFile()) return false;
  const file = openSync(path, constants.O_RDWR | NO_LINK);
  try {
    const { dev, ino, size } = fstatSync(file, { bigint: true });
    if (dev !== found.dev || ino !== found.ino) return false;
    for (let at = 0; at < size;) at += writeSync(file, randomBytes(Number(size) - at), 0, Number(size) - at, at);
    fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}
