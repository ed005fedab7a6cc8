/** The notices about the staff's files, and when they end. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { noticeBoard } from '../../../electron/app/notices/notice-board.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { sayStaffNotices } from '../../../electron/app/staff/staff-notices.ts';
import { withName } from '../../../electron/staff/crew.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { ownFolder, staffIn } from '../../support/staff.ts';

it('a staff file that cannot be read is reported once, until it can be read again; sound files are not reported', () => {
  const profile = profileIn(ownFolder());
  const said: Notice[] = [];
  const board = noticeBoard((notice) => said.push(notice));
  sayStaffNotices(staffIn(profile.folder), profile, board);
  expect(said).toEqual([]);
  mkdirSync(profile.crew);
  writeFileSync(profile.pins, '{');
  const staff = staffIn(profile.folder);
  sayStaffNotices(staff, profile, board);
  sayStaffNotices(staff, profile, board);
  expect(said).toEqual([
    { code: 'crew-unreadable', on: true, detail: 'crew.json' },
    { code: 'pins-unreadable', on: true, detail: 'pins.json' },
  ]);
  for (const file of [profile.crew, profile.pins]) rmSync(file, { recursive: true });
  sayStaffNotices(staff, profile, board);
  expect(board.all()).toEqual([]);
});

it('after the list of names was set aside, a notice asks to enter them again, until they are entered', () => {
  const profile = profileIn(ownFolder());
  const board = noticeBoard(() => undefined);
  writeFileSync(profile.crew, '{"v":1,"names":["王');
  const staff = staffIn(profile.folder);
  sayStaffNotices(staff, profile, board);
  expect(board.all()).toEqual([{ code: 'crew-set-aside', on: true, detail: 'crew.json' }]);
  const named = withName(staff.crew.now(), '王芳');
  expect(named.ok && staff.crew.change(named.value).ok).toBe(true);
  sayStaffNotices(staff, profile, board);
  expect(board.all()).toEqual([]);
});
