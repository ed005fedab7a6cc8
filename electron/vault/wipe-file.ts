import { closeSync, fsyncSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { fileTroubleOf, syncFolderOf } from '../base/safe-file.ts';

/**
 * Overwrites a file with noise, on disk, and removes it. `left`: it could not be removed, on a write-protected stick for
 * one. Best effort: flash memory and file systems that never write in place keep the old bytes somewhere, where whoever
 * takes the chips apart may read them; only encryption helps against that.
 */
export function wipeFile(path: string): 'wiped' | 'left' {
  try {
    overwrite(path);
    rmSync(path);
    syncFolderOf(path);
    return 'wiped';
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return 'left';
  }
}

function overwrite(path: string): void {
  const file = openSync(path, 'r+');
  try {
    const { size } = fstatSync(file);
    for (let at = 0; at < size; ) at += writeSync(file, randomBytes(size - at), 0, size - at, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
