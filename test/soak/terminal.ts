/** The real services of one terminal with its own profile, set up for a practice gateway elsewhere, on a fast clock. */
import { join } from 'node:path';
import { readMerchantFile } from '../../electron/app/setup/merchant-file.ts';
import { act, findOrEnter } from '../../electron/app/orders/orders-service.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import type { Clock } from '../../electron/base/clock.ts';
import { silentLog } from '../../electron/base/log.ts';
import type { Caller } from '../../electron/orders/machine/actor.ts';
import type { OrderEvent } from '../../electron/orders/machine/event.ts';
import type { Order } from '../../electron/orders/machine/order.ts';
import { openServices } from '../../electron/app/open-services.ts';
import type { Services } from '../../electron/app/core/services.ts';
import type { Notice } from '../../shared/ipc.ts';
import type { Planned } from './mix.ts';

const THE_MANAGER: Caller = { who: 'soak', role: 'manager' };

export interface SoakTerminal {
  readonly services: Services;
  readonly journalPath: string;
  readonly notices: readonly Notice['code'][];
  /**
   * Enters the order, cancels it as a manager does, and resolves with it when no call of it is running. An order that
   * is then before a manager is settled, as managers do: otherwise it would be queried for days.
   */
  cancel(order: Planned): Promise<Order>;
}

/**
 * The longest deadlines that the settings allow, so that 600 ms of real time are left on a clock a hundred times as
 * fast.
 */
const DEADLINES = { connectTimeoutMs: 30_000, callTimeoutMs: 60_000 };
const HOUR_MS = 3_600_000;

export async function openTerminal(folder: string, merchantFile: string, clock: Clock): Promise<SoakTerminal> {
  const profile = profileIn(folder);
  const store = settingsStore(profile, '');
  const setUp = readMerchantFile(merchantFile, Date.now());
  if (!setUp.ok) throw new Error(JSON.stringify(setUp.error));
  await store.setMerchant({ ...setUp.value.merchant, ...DEADLINES }, setUp.value.credentials);
  const waiting = new Map<string, (order: Order) => void>();
  const notices: Notice['code'][] = [];
  const opened = await openServices({
    profile,
    store,
    clock,
    log: silentLog,
    onChange: ({ order }) => {
      if (!isAtRest(order, clock.read().monoMs)) return;
      waiting.get(order.orderId)?.(order);
      waiting.delete(order.orderId);
    },
    onStage: () => undefined,
    onNotice: ({ code, on }) => {
      // A journal that fails is reported; a network that comes and goes is part of the scenarios.
      if (on && code !== 'offline') notices.push(code);
    },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const services = opened.value;
  return {
    services,
    journalPath: join(folder, 'practice', 'journal.sqlite'),
    notices,
    cancel: async ({ outTradeNo, transactionId, byTransactionId }) => {
      const numbers = byTransactionId ? { transactionId } : { outTradeNo };
      const entered = findOrEnter(services, numbers, clock.read().wallMs - HOUR_MS, THE_MANAGER);
      if (!entered.ok) throw new Error(entered.error);
      const { orderId } = entered.value.order;
      const resting = new Promise<Order>((resolve) => waiting.set(orderId, resolve));
      const does = (event: OrderEvent): void => {
        const told = act(services, orderId, event, THE_MANAGER);
        if (!told.ok) throw new Error(`${orderId}: ${told.error}`);
      };
      does({ type: 'cancel-tapped', by: 'manager', code: 'duplicate' });
      const order = await resting;
      if (order.phase.name === 'attention')
        does({ type: 'manager-settled', by: 'manager', code: 'other', reason: 'soak' });
      return order;
    },
  };
}

/**
 * Done, with no call out and none to come; or before a manager, with the last query answered: the next query, whether
 * proof exists after all, is then minutes away.
 */
function isAtRest({ phase, query, reverse }: Order, monoMs: number): boolean {
  if (query.out !== null || reverse.out !== null) return false;
  if (phase.name === 'attention') return query.dueMonoMs === null || query.dueMonoMs > monoMs;
  return (phase.name === 'cancelled' || phase.name === 'settled') && query.dueMonoMs === null;
}
