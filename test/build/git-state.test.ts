import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gitState } from '../../build/git-state.ts';

let folder = '';
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], { cwd: folder, encoding: 'utf8' });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-git-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function checkout(): void {
  git('init', '--quiet');
  writeFileSync(join(folder, 'one.txt'), '1');
  git('add', '.');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'one');
}

test('a checkout has a commit, and every file that differs from it', () => {
  checkout();
  const commit = git('rev-parse', '--short', 'HEAD').trim();
  expect(gitState(folder)).toEqual({ commit, committedAtMs: expect.any(Number), changed: [] });
  writeFileSync(join(folder, 'one.txt'), '2');
  mkdirSync(join(folder, 'new'));
  writeFileSync(join(folder, 'new', '二 two.txt'), '2');
  expect(gitState(folder)).toEqual({ commit, committedAtMs: expect.any(Number), changed: ['one.txt', 'new/二 two.txt'] });
});

test('there is none outside a checkout, before the first commit, and in a folder inside somebody else’s', () => {
  expect(gitState(folder)).toBeNull();
  git('init', '--quiet');
  expect(gitState(folder)).toBeNull();
  checkout();
  mkdirSync(join(folder, 'unpacked'));
  expect(gitState(join(folder, 'unpacked'))).toBeNull();
});
