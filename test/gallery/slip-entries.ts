/** Slips: on each paper, and for each way an order can end. */
import type { Slip } from '../../shared/contract/exports.ts';
import type { Role } from '../../shared/role.ts';
import { orders, timeline } from '../support/screen/fake-orders.ts';
import type { GalleryEntry } from './entry.ts';
import { FROZEN_WALL_MS } from './frozen.ts';
import { staffView, terminal } from './people.ts';
import { held } from './till-entries.ts';

const refunded: Slip = {
  environment: 'practice',
  storeName: '江边便利店 一号店',
  deviceId: 'kiosk-1',
  outTradeNo: '20261123152408008821',
  transactionId: '4200000272201902213633768503',
  amountFen: 12_800,
  knownPaid: true,
  end: { name: 'refunded', proof: 'REFUND' },
  createdAtMs: FROZEN_WALL_MS - 60_000,
  endedAtMs: FROZEN_WALL_MS - 20_000,
  attemptCount: 3,
  takenBy: { who: '王芳', role: 'cashier' },
  endedBy: { who: 'screen', role: 'manager' },
};
const live: Slip = {
  ...refunded,
  environment: 'live',
  knownPaid: false,
  transactionId: null,
  end: { name: 'closed', proof: 'CLOSED' },
};
const stuck: Slip = { ...refunded, end: { name: 'attention', cause: 'expired', handedOver: false }, endedBy: null };
const handedOver: Slip = { ...stuck, end: { name: 'attention', cause: 'expired', handedOver: true } };
const settled: Slip = { ...refunded, environment: 'live', end: { name: 'settled', reason: '已在商户平台退款' } };

function slip(id: string, of: Slip, paper: readonly string[] = [], role: Role = 'cashier'): GalleryEntry {
  const view = orders['refunded'];
  if (view === undefined) throw new Error('the made-up orders have lost the refunded one');
  return {
    id: `till-slip-${id}`,
    kiosk: { terminal: terminal(role), scenario: 'paid', orders: held([view]), viewing: view.orderId },
    staff: { view: staffView(role) },
    answers: { 'order.timeline': [...timeline], 'staff.state': staffView(), 'slip.read': of },
    press: ['slip-open', ...paper],
  };
}

export const slipEntries: readonly GalleryEntry[] = [
  slip('58mm', refunded, ['paper-58mm']),
  slip('80mm', live, ['paper-80mm']),
  slip('a4', settled, ['paper-a4']),
  slip('attention', stuck, ['paper-58mm']),
  slip('handed-over', handedOver, ['paper-58mm']),
  slip('manager', refunded, ['paper-58mm'], 'manager'),
];
