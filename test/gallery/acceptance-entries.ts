/** The technician's acceptance with one fen, from its offer to its end. */
import type { Acceptance, AcceptanceState } from '../../shared/contract/acceptance.ts';
import type { OrderView } from '../../shared/order/order.ts';
import type { KioskState } from '../../renderer/state/store.ts';
import { orders, timeline } from '../support/screen/fake-orders.ts';
import { report } from './back-office-entries.ts';
import { backOfficePage } from './back-office-entry.ts';
import type { Answers, GalleryEntry } from './entry.ts';
import { held, practiceCodes } from './till-entries.ts';

const acceptance = (
  name: string,
  press: readonly string[],
  answers: Answers = {},
  then?: Partial<KioskState>,
): GalleryEntry => {
  const entry = backOfficePage(
    `self-test-acceptance${name}`,
    'technician',
    'self-test',
    { 'self-test.last': report, 'payment.take': null, 'practice.codes': [...practiceCodes], ...answers },
    ['acceptance-open', ...press],
  );
  return { ...entry, kiosk: { ...entry.kiosk, paySource: 'code' }, ...(then === undefined ? {} : { then }) };
};

const read = (state: AcceptanceState): Acceptance => ({
  state,
  mchId: '1900000109',
  family: 'micropay',
  gateway: 'https://api.mch.weixin.qq.com',
  transactionId: '4200000000202611239999999999',
  rows: [...timeline],
});

const withOrder = (name: string, state: AcceptanceState, view: OrderView | undefined): GalleryEntry[] => {
  if (view === undefined) return [];
  const one = { ...view, orderId: 'acceptance-1', amountFen: 1 };
  return [
    acceptance(
      name,
      ['acceptance-begin'],
      { 'acceptance.read': read(state) },
      { stage: { name: 'order', amountFen: 1, orderId: one.orderId }, orders: held([one]) },
    ),
  ];
};

export const acceptanceEntries: readonly GalleryEntry[] = [
  acceptance('', []),
  acceptance('-code', ['acceptance-begin'], {}, { stage: { name: 'code', amountFen: 1 } }),
  acceptance('-look', ['acceptance-begin'], {}, { stage: { name: 'look', amountFen: 1 } }),
  acceptance('-stopped', ['acceptance-begin'], {}, { stage: { name: 'stopped', amountFen: 1, code: 'by-cashier' } }),
  ...withOrder('-returning', 'returning', orders['armed']),
  ...withOrder('-accepted', 'accepted', orders['refunded']),
  ...withOrder('-refused', 'not-charged', orders['failed']),
  ...withOrder('-stuck', 'stuck', orders['handed-over']),
];
