/** The pages of the guide that comes with the app, and which page belongs to which screen. */
import type { Role } from '../../shared/role.ts';

/** In the order of the list; also the names of the files in build/guide. */
export const guidePages = ['cashier', 'manager', 'technician', 'pos-api', 'terminal-command'] as const;
export type GuidePage = (typeof guidePages)[number];

/**
 * The present screen: `backOfficePage` as in the screen's state, `null` for the till; `role` is `null` before main has answered.
 */
export interface Standing {
  readonly backOfficePage: string | null;
  readonly role: Role | null;
}

/** These pages of the back office are a technician's work, although a manager may look at them. */
const TECHNICIANS_PAGES: readonly string[] = ['setup', 'self-test'];

/** The page for the work done on that screen. */
export function guidePageAt({ backOfficePage, role }: Standing): GuidePage {
  if (backOfficePage === null) return 'cashier';
  if (backOfficePage === 'pos') return 'pos-api';
  return role === 'manager' && !TECHNICIANS_PAGES.includes(backOfficePage) ? 'manager' : 'technician';
}
