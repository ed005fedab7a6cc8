/** The pages of the back office: whose they are, and what each shows. */
import type { ComponentType } from 'react';
import type { Role } from '../../shared/roles.ts';
import { SetupPage } from './setup/setup-page.tsx';

export interface DeskTab {
  readonly id: string;
  /** The key of its name. */
  readonly title: 'stuck.title' | 'history.title' | 'bill.title' | 'staff.title' | 'setup.title' | 'selfTest.title' | 'support.title';
  readonly roles: readonly Role[];
  readonly Page: ComponentType;
}

/** Whoever is at a terminal that nobody has set up yet may do that, and nothing else here. */
export const SETUP: DeskTab = { id: 'setup', title: 'setup.title', roles: ['technician'], Page: SetupPage };

/** In the order in which they stand on the screen. The first that a role has is where it begins. */
export const DESK_TABS: readonly DeskTab[] = [SETUP];

export const tabsFor = (role: Role): readonly DeskTab[] => DESK_TABS.filter(({ roles }) => roles.includes(role));
