/**
 * The pages of the back office: their order, their names and their roles. Their content is loaded with the back office.
 */
import type { Role } from '../../shared/role.ts';

export interface BackOfficeTab {
  readonly id: 'overview' | 'stuck' | 'setup' | 'history' | 'staff' | 'bill' | 'self-test' | 'pos' | 'support';
  /** The locale key of its name. */
  readonly title:
    | 'overview.title'
    | 'stuck.title'
    | 'history.title'
    | 'bill.title'
    | 'staff.title'
    | 'setup.title'
    | 'selfTest.title'
    | 'support.title'
    | 'pos.title';
  readonly roles: readonly Role[];
}

/** On a terminal that is not set up yet, any person may set it up, and may do nothing else here. */
export const SETUP: BackOfficeTab = { id: 'setup', title: 'setup.title', roles: ['technician'] };

/** In their order on the screen. The back office begins at the first page that the role has. */
const backOfficeTabs: readonly BackOfficeTab[] = [
  { id: 'overview', title: 'overview.title', roles: ['manager'] },
  { id: 'stuck', title: 'stuck.title', roles: ['manager'] },
  SETUP,
  { id: 'history', title: 'history.title', roles: ['manager', 'technician'] },
  { id: 'staff', title: 'staff.title', roles: ['manager', 'technician'] },
  { id: 'bill', title: 'bill.title', roles: ['manager'] },
  { id: 'self-test', title: 'selfTest.title', roles: ['manager', 'technician'] },
  { id: 'pos', title: 'pos.title', roles: ['technician'] },
  { id: 'support', title: 'support.title', roles: ['manager', 'technician'] },
];

export const tabsFor = (role: Role): readonly BackOfficeTab[] =>
  backOfficeTabs.filter(({ roles }) => roles.includes(role));
