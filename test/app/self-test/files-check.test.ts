/** The self-test's line about the small files of the profile. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, it } from 'vitest';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { filesCheck } from '../../../electron/app/self-test/files-check.ts';
import { unnamedRoster } from '../../../electron/staff/roster.ts';
import { openRosterStore } from '../../../electron/staff/roster-store.ts';
import { updatePaths } from '../../../electron/updates/update-paths.ts';
import { temporaryFolder } from '../../support/command.ts';

const fresh = (): Profile => profileIn(temporaryFolder());
const found = (profile: Profile, live = false): string => {
  const { verdict, code, figures } = filesCheck(profile, live);
  return [verdict, code, ...Object.values(figures)].join(' ');
};

it('accepts a terminal without any of these files, but not a live terminal without a manager’s PIN', () => {
  expect([found(fresh()), found(fresh(), true)]).toEqual(['ok readable', 'warn no-pin']);
});

it.each([
  ['pins.json', (profile: Profile) => profile.pins],
  ['crew.json', (profile: Profile) => profile.roster],
  ['training.json', (profile: Profile) => profile.training],
  ['practice/shift-sheets.json', (profile: Profile) => profile.shiftSheets('practice')],
  ['pos-api.json', (profile: Profile) => profile.posApi],
  ['updates/settings.json', (profile: Profile) => updatePaths(profile.updates).settings],
  ['updates/record.json', (profile: Profile) => updatePaths(profile.updates).record],
])('names %s where it is damaged or cannot be read', (name, pathOf) => {
  const profile = fresh();
  const path = pathOf(profile);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '{');
  expect(found(profile)).toBe(`fail unreadable ${name}`);
  rmSync(path);
  mkdirSync(path);
  expect(found(profile)).toBe(`fail unreadable ${name}`);
});

it('reports nothing about a file whose copy is used in its place', () => {
  const profile = fresh();
  expect(openRosterStore(profile.roster, 1).change(unnamedRoster)).toMatchObject({ ok: true });
  for (const spoil of [
    () => {
      writeFileSync(profile.roster, '{');
    },
    () => {
      rmSync(profile.roster);
    },
  ]) {
    // prettier-ignore
    spoil();
    expect(found(profile)).toBe('ok readable');
  }
});
