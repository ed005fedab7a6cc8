/** Notices about the staff's files: without those files no one can sign in, or cashiers have no names. */
import { basename } from 'node:path';
import type { Notice } from '../../../shared/ipc.ts';
import type { NoticeBoard } from '../notices/notice-board.ts';
import type { Profile } from '../settings/profile.ts';
import type { StaffDesk } from './staff-desk.ts';

/** Shows what is wrong now and removes what is over. To be called at the start and after each act of the staff. */
export function sayStaffNotices(
  staff: Pick<StaffDesk, 'crew' | 'view'>,
  { crew, pins }: Pick<Profile, 'crew' | 'pins'>,
  { said, all }: NoticeBoard,
): void {
  const trouble = staff.crew.trouble();
  const codes: readonly (readonly [Notice['code'], boolean, string])[] = [
    ['crew-unreadable', trouble === 'unreadable', crew],
    ['crew-set-aside', trouble === 'set-aside', crew],
    ['pins-unreadable', staff.view().trouble !== null, pins],
  ];
  const standing = all().map(({ code }) => code);
  for (const [code, on, path] of codes)
    if (on !== standing.includes(code)) said({ code, on, detail: on ? basename(path) : null });
}
