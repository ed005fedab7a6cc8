/** The notices about the staff's files, and when they end. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { activeNotices } from '../../../electron/app/notices/active-notices.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { updateStaffNotices } from '../../../electron/app/staff/staff-notices.ts';
import { withName } from '../../../electron/staff/roster.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { ownFolder, staffIn } from '../../support/terminal/staff.ts';

it('a staff file that cannot be read is reported once, until it can be read again; sound files are not reported', () => {
  const profile = profileIn(ownFolder());
  const sent: Notice[] = [];
  const notices = activeNotices((notice) => sent.push(notice));
  updateStaffNotices(staffIn(profile.folder), profile, notices);
  expect(sent).toEqual([]);
  mkdirSync(profile.roster);
  writeFileSync(profile.pins, '{');
  const staff = staffIn(profile.folder);
  updateStaffNotices(staff, profile, notices);
  updateStaffNotices(staff, profile, notices);
  expect(sent).toEqual([
    { code: 'crew-unreadable', on: true, detail: 'crew.json' },
    { code: 'pins-unreadable', on: true, detail: 'pins.json' },
  ]);
  for (const file of [profile.roster, profile.pins]) rmSync(file, { recursive: true });
  updateStaffNotices(staff, profile, notices);
  expect(notices.all()).toEqual([]);
});

it('after the list of names was set aside, a notice asks to enter them again, until they are entered', () => {
  const profile = profileIn(ownFolder());
  const notices = activeNotices(() => undefined);
  writeFileSync(profile.roster, '{"v":1,"names":["王');
  const staff = staffIn(profile.folder);
  updateStaffNotices(staff, profile, notices);
  expect(notices.all()).toEqual([{ code: 'crew-set-aside', on: true, detail: 'crew.json' }]);
  const named = withName(staff.roster.now(), '王芳');
  expect(named.ok && staff.roster.change(named.value).ok).toBe(true);
  updateStaffNotices(staff, profile, notices);
  expect(notices.all()).toEqual([]);
});
