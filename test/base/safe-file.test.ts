import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileTroubleOf, makeFolder, removeIfPossible, writeFileSafely } from '../../electron/base/safe-file.ts';
import { temporaryFolder } from '../support/command.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

const troubleIn = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    return fileTroubleOf(error);
  }
  return 'none';
};

describe('a file written safely', () => {
  it('is whole, this user’s alone, and leaves no draft', () => {
    const path = join(temporaryFolder(), 'a', 'b', 'file.json');
    writeFileSafely(path, '内容');
    writeFileSafely(path, Buffer.from([1, 2]));
    expect([...readFileSync(path)]).toEqual([1, 2]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(['file.json']);
  });

  it.skipIf(!canMount())('is the old one, whole, where the disk is full (needs the right to mount)', () => {
    const disk = smallDisk();
    const path = join(disk.path, 'file.json');
    writeFileSafely(path, 'old');
    disk.fill();
    expect(troubleIn(() => { writeFileSafely(path, 'x'.repeat(100_000)); })).toBe('disk-full'); // prettier-ignore
    expect(readFileSync(path, 'utf8')).toBe('old');
    disk.makeReadOnly();
    expect(troubleIn(() => { writeFileSafely(path, 'new'); })).toBe('read-only'); // prettier-ignore
    expect(troubleIn(() => { makeFolder(join(disk.path, 'folder')); })).toBe('read-only'); // prettier-ignore
  });
});

describe('a folder', () => {
  it('that is there is left as it is', () => {
    const path = join(temporaryFolder(), 'shared');
    mkdirSync(path, { mode: 0o755 });
    makeFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o755);
  });

  it('cannot be made where a file is', () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '');
    expect(troubleIn(() => { makeFolder(path); })).toBe('io'); // prettier-ignore
  });
});

describe('an error', () => {
  it('of taking a file away is a file trouble like any other, though Node gives it no code of the system’s', () => {
    const folder = temporaryFolder();
    expect(troubleIn(() => { rmSync(folder, { force: true }); })).toBe('io'); // prettier-ignore
    removeIfPossible(folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(!canMount())(
    'of taking away a file on a disk that takes nothing is one too (needs the right to mount)',
    () => {
      const disk = smallDisk();
      const path = join(disk.path, 'file.json');
      writeFileSafely(path, 'old');
      disk.makeReadOnly();
      expect(troubleIn(() => { rmSync(path, { force: true }); })).toBe('io'); // prettier-ignore
    },
  );

  it('of another kind is no file trouble', () => {
    expect([
      fileTroubleOf(new TypeError('bug')),
      fileTroubleOf('text'),
      fileTroubleOf(Object.assign(new Error(), { code: 'ERR_SQLITE_ERROR' })),
    ]).toEqual([null, null, null]);
    expect(
      ['EACCES', 'EPERM', 'EDQUOT', 'EIO'].map((code) => fileTroubleOf(Object.assign(new Error(), { code }))),
    ).toEqual(['not-permitted', 'not-permitted', 'disk-full', 'io']);
  });
});
