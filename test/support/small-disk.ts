/** A disk so small that a test can fill it: a tmpfs of its own. Only root may mount, and not in every container. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

let mountable: boolean | undefined;

export function canMount(): boolean {
  mountable ??= tryMount();
  return mountable;
}

function tryMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'facepay-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    // No mount command, or no right to use it: the tests that need it report this.
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

export interface SmallDisk {
  readonly path: string;
  fill(): void;
  /** Removes what `fill` put there. */
  empty(): void;
  makeReadOnly(): void;
  makeWritable(): void;
}

/** Half a megabyte, removed after the test. */
export function smallDisk(): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'facepay-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', path]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', path]);
    rmSync(path, { recursive: true });
  });
  return {
    path,
    fill() {
      for (const size of [65_536, 4_096]) {
        for (let part = 0; canWrite(join(path, `filler-${String(size)}-${String(part)}`), size); part += 1);
      }
    },
    empty() {
      for (const name of readdirSync(path)) if (name.startsWith('filler-')) rmSync(join(path, name));
    },
    makeReadOnly() {
      execFileSync('mount', ['-o', 'remount,ro', path]);
    },
    makeWritable() {
      execFileSync('mount', ['-o', 'remount,rw', path]);
    },
  };
}

function canWrite(file: string, size: number): boolean {
  try {
    writeFileSync(file, Buffer.alloc(size));
    return true;
  } catch {
    // Full, for pieces of this size; a piece that was written only in part takes its room all the same.
    return false;
  }
}
