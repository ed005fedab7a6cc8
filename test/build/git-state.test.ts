import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitToMeasure, gitState } from '../../build/git-state.ts';

let folder = '';
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.invalid', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

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
  expect(gitState(folder)).toEqual({
    commit,
    committedAtMs: expect.any(Number),
    changed: ['one.txt', 'new/二 two.txt'],
  });
});

test('there is none outside a checkout, before the first commit, and in a folder inside somebody else’s', () => {
  expect(gitState(folder)).toBeNull();
  git('init', '--quiet');
  expect(gitState(folder)).toBeNull();
  checkout();
  mkdirSync(join(folder, 'unpacked'));
  expect(gitState(join(folder, 'unpacked'))).toBeNull();
});

test('a figure belongs to a commit only where nothing else has changed than what the measuring writes itself', () => {
  const state = { commit: 'abc1234', committedAtMs: 0, changed: ['figures.json'] };
  expect(commitToMeasure(state, ['figures.json'])).toEqual({ ok: true, value: 'abc1234' });
  expect(commitToMeasure({ ...state, changed: ['figures.json', 'a.ts'] }, ['figures.json'])).toEqual({
    ok: false,
    error: 'Not everything is committed (a.ts)',
  });
  expect(commitToMeasure(null, [])).toEqual({ ok: false, error: 'This is no git checkout' });
});
