/** The pages of the back office: whose they are, and what each shows. */
import type { ComponentType } from 'react';
import type { Role } from '../../shared/roles.ts';
import { later } from '../parts/later.tsx';

export interface DeskTab {
  readonly id: string;
  /** The key of its name. */
  readonly title: 'stuck.title' | 'history.title' | 'bill.title' | 'staff.title' | 'setup.title' | 'selfTest.title' | 'support.title' | 'pos.title';
  readonly roles: readonly Role[];
  readonly Page: ComponentType;
}

// The till asks which pages a role has, and must not carry them.
const BillPage = later(async () => (await import('./bill/bill-page.tsx')).BillPage);
const HistoryPage = later(async () => (await import('./history/history-page.tsx')).HistoryPage);
const PosPage = later(async () => (await import('./pos/pos-page.tsx')).PosPage);
const SelfTestPage = later(async () => (await import('./self-test/self-test-page.tsx')).SelfTestPage);
const SetupPage = later(async () => (await import('./setup/setup-page.tsx')).SetupPage);
const StaffPage = later(async () => (await import('./staff/staff-page.tsx')).StaffPage);
const StuckPage = later(async () => (await import('./stuck/stuck-page.tsx')).StuckPage);
const SupportPage = later(async () => (await import('./support/support-page.tsx')).SupportPage);

/** Whoever is at a terminal that nobody has set up yet may do that, and nothing else here. */
export const SETUP: DeskTab = { id: 'setup', title: 'setup.title', roles: ['technician'], Page: SetupPage };

/** In the order in which they stand on the screen. The first that a role has is where it begins. */
export const DESK_TABS: readonly DeskTab[] = [
  { id: 'stuck', title: 'stuck.title', roles: ['manager'], Page: StuckPage },
  SETUP,
  { id: 'history', title: 'history.title', roles: ['manager', 'technician'], Page: HistoryPage },
  { id: 'staff', title: 'staff.title', roles: ['manager', 'technician'], Page: StaffPage },
  { id: 'bill', title: 'bill.title', roles: ['manager'], Page: BillPage },
  { id: 'self-test', title: 'selfTest.title', roles: ['manager', 'technician'], Page: SelfTestPage },
  { id: 'pos', title: 'pos.title', roles: ['technician'], Page: PosPage },
  { id: 'support', title: 'support.title', roles: ['manager', 'technician'], Page: SupportPage },
];

export const tabsFor = (role: Role): readonly DeskTab[] => DESK_TABS.filter(({ roles }) => roles.includes(role));
