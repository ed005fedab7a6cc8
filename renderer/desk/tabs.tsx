/** The pages of the back office: whose they are, and what each shows. */
import type { ComponentType } from 'react';
import { PosPage } from './pos/pos-page.tsx';
import type { Role } from '../../shared/roles.ts';
import { StaffPage } from './staff/staff-page.tsx';
import { SelfTestPage } from './self-test/self-test-page.tsx';
import { SetupPage } from './setup/setup-page.tsx';
import { StuckPage } from './stuck/stuck-page.tsx';

export interface DeskTab {
  readonly id: string;
  /** The key of its name. */
  readonly title: 'stuck.title' | 'history.title' | 'bill.title' | 'staff.title' | 'setup.title' | 'selfTest.title' | 'support.title' | 'pos.title';
  readonly roles: readonly Role[];
  readonly Page: ComponentType;
}

/** Whoever is at a terminal that nobody has set up yet may do that, and nothing else here. */
export const SETUP: DeskTab = { id: 'setup', title: 'setup.title', roles: ['technician'], Page: SetupPage };

/** In the order in which they stand on the screen. The first that a role has is where it begins. */
export const DESK_TABS: readonly DeskTab[] = [
  { id: 'stuck', title: 'stuck.title', roles: ['manager'], Page: StuckPage },
  SETUP,
  { id: 'staff', title: 'staff.title', roles: ['manager', 'technician'], Page: StaffPage },
  { id: 'self-test', title: 'selfTest.title', roles: ['manager', 'technician'], Page: SelfTestPage },
  { id: 'pos', title: 'pos.title', roles: ['technician'], Page: PosPage },
];

export const tabsFor = (role: Role): readonly DeskTab[] => DESK_TABS.filter(({ roles }) => roles.includes(role));
