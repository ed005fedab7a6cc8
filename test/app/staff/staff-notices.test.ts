/** The notices about the staff's files, and when they end. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { noticeBoard } from '../../../electron/app/notices/notice-board.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { sayStaffNotices } from '../../../electron/app/staff/staff-notices.ts';
import { withName } from '../../../electron/staff/crew.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { ownFolder, staffIn } from '../../support/staff.ts';

it('says once which of them cannot be read, and takes it back when it can; of sound ones it says nothing', () => {
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

it('says that the names must be entered anew where the list was put aside, until they are', () => {
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
