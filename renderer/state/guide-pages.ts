/** The pages of the guide that comes with the app, and which one is for the place where somebody stands. */
import type { Role } from '../../shared/role.ts';

/** In the order in which they are listed; also the names of the files in build/guide. */
export const guidePages = ['cashier', 'manager', 'technician', 'pos-api', 'terminal-command'] as const;
export type GuidePage = (typeof guidePages)[number];

/** Where somebody stands: `desk` as in the screen's state, `null` for the till; `role` is `null` before main has answered. */
export interface Standing {
  readonly desk: string | null;
  readonly role: Role | null;
}

/** These pages of the back office are a technician's work, even where a manager may look at them. */
const TECHNICIANS_PAGES: readonly string[] = ['setup', 'self-test'];

/** The page for the work that is done there. */
export function guidePageAt({ desk, role }: Standing): GuidePage {
  if (desk === null) return 'cashier';
  if (desk === 'pos') return 'pos-api';
  return role === 'manager' && !TECHNICIANS_PAGES.includes(desk) ? 'manager' : 'technician';
}
