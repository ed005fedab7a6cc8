/**
 * Where tests put their files: journals are written through to the disk thousands of times, and in memory that takes no
 * time. What a disk does when a machine fails is no question for it: those tests bring disks of their own.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux's folder in memory. Containers often have a small one, and some systems run no program from it. */
const IN_MEMORY = '/dev/shm';
const NEEDED_BYTES = 4e9;

/** The folder in memory if this machine has one that is large enough and runs programs, otherwise the usual one. */
export const quickFolder = (inMemory = IN_MEMORY, neededBytes = NEEDED_BYTES): string =>
  hasRoom(inMemory, neededBytes) && runsPrograms(inMemory) ? inMemory : tmpdir();

function hasRoom(folder: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= bytes;
  } catch {
    // There is no such folder.
    return false;
  }
}

function runsPrograms(folder: string): boolean {
  let own: string | null = null;
  try {
    own = mkdtempSync(join(folder, 'facepay-try-'));
    const program = join(own, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n');
    chmodSync(program, 0o700);
    return spawnSync(program).status === 0;
  } catch {
    // Nobody may write there.
    return false;
  } finally {
    if (own !== null) rmSync(own, { recursive: true });
  }
}
