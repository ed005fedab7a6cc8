import { existsSync, linkSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wipeFile } from '../../electron/vault/wipe-file.ts';
import { temporaryFolder } from '../support/command.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

test('a wiped file is gone, and what it held is overwritten before it goes', () => {
  const folder = temporaryFolder();
  const [path, other] = [join(folder, 'secrets'), join(folder, 'other-name')];
  writeFileSync(path, 'secret'.repeat(1_000));
  linkSync(path, other);
  expect(wipeFile(path)).toBe('wiped');
  expect(existsSync(path)).toBe(false);
  const left = readFileSync(other);
  expect([left.byteLength, left.includes('secret')]).toEqual([6_000, false]);
});

test('what cannot be removed is said to be left', () => {
  const folder = temporaryFolder();
  expect(wipeFile(join(folder, 'never-there'))).toBe('left');
  mkdirSync(join(folder, 'folder'));
  expect(wipeFile(join(folder, 'folder'))).toBe('left');
});

test('through a link that lies where the file should, nothing is overwritten, and the link is left', () => {
  const folder = temporaryFolder();
  const [victim, link] = [join(folder, 'journal.sqlite'), join(folder, 'facepay-provision.json')];
  writeFileSync(victim, 'orders');
  symlinkSync(victim, link);
  expect(wipeFile(link)).toBe('left');
  expect([readFileSync(victim, 'utf8'), readlinkSync(link)]).toEqual(['orders', victim]);
});

test.skipIf(!canMount())('a file on a write-protected drive is left as it is (needs the right to mount)', () => {
  const disk = smallDisk();
  const path = join(disk.path, 'facepay-provision.json');
  writeFileSync(path, 'secret');
  disk.makeReadOnly();
  expect(wipeFile(path)).toBe('left');
  expect(readFileSync(path, 'utf8')).toBe('secret');
});
