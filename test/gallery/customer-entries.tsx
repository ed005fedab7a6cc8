/** The customer's page in each of its states, in the size of a small second display. */
import { CustomerPage } from '../../renderer/customer/customer-page.tsx';
import type { CustomerShown } from '../../shared/contract/customer.ts';
import type { GalleryEntry } from './entry.ts';

const SIZE = { width: 1024, height: 600 };
const amountFen = 12_800;

const customer = (id: string, shown: CustomerShown): GalleryEntry => ({
  id: `customer-${id}`,
  size: SIZE,
  page: () => <CustomerPage shown={shown} />,
});

const amounts = ['look', 'code', 'wait', 'paid', 'not-charged', 'revoked', 'going-back', 'ask-staff'] as const;

export const customerEntries: readonly GalleryEntry[] = [
  customer('off', { practice: false, view: { name: 'off' } }),
  customer('welcome', { practice: false, view: { name: 'welcome' } }),
  customer('welcome-practice', { practice: true, view: { name: 'welcome' } }),
  ...amounts.map((name) => customer(name, { practice: false, view: { name, amountFen } })),
  customer('look-practice', { practice: true, view: { name: 'look', amountFen } }),
  customer('paid-much', { practice: true, view: { name: 'paid', amountFen: 5_000_000 } }),
];
