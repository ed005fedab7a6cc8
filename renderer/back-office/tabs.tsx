/** What each page of the back office shows. Each is loaded when it is opened. */
import type { ComponentType } from 'react';
import { later } from '../components/later.tsx';
import type { BackOfficeTab } from '../state/back-office-tabs.ts';

const BillPage = later(async () => (await import('./bill/bill-page.tsx')).BillPage);
const HistoryPage = later(async () => (await import('./history/history-page.tsx')).HistoryPage);
const PosPage = later(async () => (await import('./pos/pos-page.tsx')).PosPage);
const SelfTestPage = later(async () => (await import('./self-test/self-test-page.tsx')).SelfTestPage);
const SetupPage = later(async () => (await import('./setup/setup-page.tsx')).SetupPage);
const StaffPage = later(async () => (await import('./staff/staff-page.tsx')).StaffPage);
const StuckPage = later(async () => (await import('./stuck/stuck-page.tsx')).StuckPage);
const SupportPage = later(async () => (await import('./support/support-page.tsx')).SupportPage);

export const pages: Readonly<Record<BackOfficeTab['id'], ComponentType>> = {
  stuck: StuckPage,
  setup: SetupPage,
  history: HistoryPage,
  staff: StaffPage,
  bill: BillPage,
  'self-test': SelfTestPage,
  pos: PosPage,
  support: SupportPage,
};
