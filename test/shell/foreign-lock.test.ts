/** Chromium's lock of a cloned disk or of a machine with another name. Real links, and the real leader lock. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isDriven } from '../../electron/app/settings/is-driven.ts';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { leaderLock } from '../../electron/orders/engine/leader-lock.ts';
import { clearForeignLock } from '../../electron/shell/foreign-lock.ts';

let profile: Profile;
let said: string[];
beforeEach(() => {
  profile = profileIn(mkdtempSync(join(tmpdir(), 'facepay-foreign-')));
  mkdirSync(profile.chromium);
  said = [];
});
afterEach(() => {
  rmSync(profile.folder, { recursive: true, force: true });
});

const lockOf = (target: string): void => {
  for (const name of ['SingletonSocket', 'SingletonCookie']) symlinkSync('/nowhere/else', join(profile.chromium, name));
  symlinkSync(target, join(profile.chromium, 'SingletonLock'));
};
const clear = (): void => {
  const say =
    (level: string) =>
    (fields: object): void =>
      void said.push(`${level} ${JSON.stringify(fields)}`);
  clearForeignLock({
    folder: profile.chromium,
    isUsed: () => isDriven(profile),
    hostName: 'till-2',
    log: { warn: say('warn'), error: say('error') },
  });
};
const left = (): string[] => readdirSync(profile.chromium).sort();

test('of another machine is cleared and logged where nobody uses the journal, and nothing is made for it', () => {
  lockOf('till-1-4711');
  clear();
  expect(left()).toEqual([]);
  expect(said).toEqual(['warn {"host":"till-1","pid":4711}']);
  expect(readdirSync(profile.folder)).toEqual(['chromium']);
});

test('is left alone while somebody drives a journal of this profile', () => {
  lockOf('shop-till-1-4711');
  const driver = leaderLock(profile.leaderLock('live'));
  expect(driver.take()).toBe(true);
  clear();
  expect(lstatSync(join(profile.chromium, 'SingletonLock')).isSymbolicLink()).toBe(true);
  expect(said).toEqual(['error {"host":"shop-till-1","pid":4711}']);
  driver.release();
  clear();
  expect(left()).toEqual([]);
});

test('of this machine is Chromium’s own matter', () => {
  lockOf('till-2-4711');
  clear();
  expect(left()).toHaveLength(3);
  expect(said).toEqual([]);
});

test('that is not there, or is no link, is nothing to clear', () => {
  clear();
  writeFileSync(join(profile.chromium, 'SingletonLock'), 'till-1-4711');
  clear();
  expect(existsSync(join(profile.chromium, 'SingletonLock'))).toBe(true);
  expect(said).toEqual([]);
});
