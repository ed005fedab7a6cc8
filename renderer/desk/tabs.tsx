/** The pages of the back office: whose they are, and what each shows. */
import { lazy, type ComponentType } from 'react';
import type { Role } from '../../shared/roles.ts';

export interface DeskTab {
  readonly id: string;
  /** The key of its name. */
  readonly title: 'stuck.title' | 'history.title' | 'bill.title' | 'staff.title' | 'setup.title' | 'selfTest.title' | 'support.title' | 'pos.title';
  readonly roles: readonly Role[];
  readonly Page: ComponentType;
}

/** Each comes when it is first opened: the till knows these names as well, and starts without the pages. */
const HistoryPage = lazy(async () => ({ default: (await import('./history/history-page.tsx')).HistoryPage }));
const SelfTestPage = lazy(async () => ({ default: (await import('./self-test/self-test-page.tsx')).SelfTestPage }));
const PosPage = lazy(async () => ({ default: (await import('./pos/pos-page.tsx')).PosPage }));

/** In the order in which they stand on the screen. The first that a role has is where it begins. */
export const DESK_TABS: readonly DeskTab[] = [
  { id: 'history', title: 'history.title', roles: ['manager', 'technician'], Page: HistoryPage },
  { id: 'self-test', title: 'selfTest.title', roles: ['manager', 'technician'], Page: SelfTestPage },
  { id: 'pos', title: 'pos.title', roles: ['technician'], Page: PosPage },
];

export const tabsFor = (role: Role): readonly DeskTab[] => DESK_TABS.filter(({ roles }) => roles.includes(role));
