/** An entry of the back office: who is signed in, which page, and what main answers there. */
import type { Role } from '../../shared/role.ts';
import { timeline, tray } from '../support/screen/fake-orders.ts';
import type { Answers, GalleryEntry } from './entry.ts';
import { staffView, terminal } from './people.ts';
import { held } from './till-entries.ts';

export const backOfficePage = (
  id: string,
  role: Role,
  page: string,
  answers: Answers,
  press: readonly string[] = [],
): GalleryEntry => ({
  id: `back-office-${id}`,
  kiosk: { terminal: terminal(role), scenario: 'paid', backOfficePage: page, orders: held(tray) },
  staff: { view: staffView(role) },
  answers: { 'staff.state': staffView(role), 'order.timeline': [...timeline], ...answers },
  press,
});
