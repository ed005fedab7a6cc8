/** The pages of the back office: whose they are, and what each shows. */
import type { ComponentType } from 'react';
import type { Role } from '../../shared/roles.ts';
import { BillPage } from './bill/bill-page.tsx';
import { SupportPage } from './support/support-page.tsx';

export interface DeskTab {
  readonly id: string;
  /** The key of its name. */
  readonly title: 'stuck.title' | 'history.title' | 'bill.title' | 'staff.title' | 'setup.title' | 'selfTest.title' | 'support.title';
  readonly roles: readonly Role[];
  readonly Page: ComponentType;
}

/** In the order in which they stand on the screen. The first that a role has is where it begins. */
export const DESK_TABS: readonly DeskTab[] = [
  { id: 'bill', title: 'bill.title', roles: ['manager'], Page: BillPage },
  { id: 'support', title: 'support.title', roles: ['manager', 'technician'], Page: SupportPage },
];

export const tabsFor = (role: Role): readonly DeskTab[] => DESK_TABS.filter(({ roles }) => roles.includes(role));
