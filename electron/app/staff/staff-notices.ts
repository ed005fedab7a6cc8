/** Notices about the staff's files: without those files no one can sign in, or cashiers have no names. */
import { basename } from 'node:path';
import type { Notice } from '../../../shared/ipc.ts';
import type { ActiveNotices } from '../notices/active-notices.ts';
import type { Profile } from '../settings/profile.ts';
import type { StaffService } from './staff-service.ts';

/** Shows what is wrong now and removes what is over. To be called at the start and after each act of the staff. */
export function updateStaffNotices(
  staff: Pick<StaffService, 'roster' | 'view'>,
  { roster, pins }: Pick<Profile, 'roster' | 'pins'>,
  { set, all }: ActiveNotices,
): void {
  const trouble = staff.roster.trouble();
  const codes: readonly (readonly [Notice['code'], boolean, string])[] = [
    ['crew-unreadable', trouble === 'unreadable', roster],
    ['crew-set-aside', trouble === 'set-aside', roster],
    ['pins-unreadable', staff.view().trouble !== null, pins],
  ];
  const standing = all().map(({ code }) => code);
  for (const [code, on, path] of codes)
    if (on !== standing.includes(code)) set({ code, on, detail: on ? basename(path) : null });
}
