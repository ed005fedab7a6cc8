/** Tests put their files into memory only where there is room, and where a program can be started. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { quickFolder } from '../../../build/test/quick-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'facepay-quick-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a folder with room is taken, and nothing is left in it', () => {
  // Windows starts no shell script.
  expect(quickFolder(folder, 1)).toBe(process.platform === 'win32' ? tmpdir() : folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('a small one, one that is not there and one that nobody may write to are not', () => {
  expect(quickFolder(folder, 1e18)).toBe(tmpdir());
  expect(quickFolder(join(folder, 'nowhere'), 1)).toBe(tmpdir());
  if (existsSync('/proc/self')) expect(quickFolder('/proc', 0)).toBe(tmpdir());
});
