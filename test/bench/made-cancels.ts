/** Orders as another process left them in the same journal. They are old enough that no window has to be waited for. */
import { auditKeyOf } from '../../electron/app/audit/audit-trail.ts';
import type { Profile } from '../../electron/app/settings/profile.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { openJournal, type OpenJournal } from '../../electron/orders/open-journal.ts';
import { orderEntered, orderToPay, type Order, type Phase } from '../../electron/orders/machine/order.ts';
import type { PracticeGateway } from '../../electron/practice/gateway-server.ts';

/** How long ago they were paid; WeChat's window and the engine's fast queries are both over. */
const AGO_MS = 120_000;
const CASHIER = { who: 'screen', role: 'cashier' } as const;

export function journalOf(profile: Profile): OpenJournal {
  const opened = openJournal(profile.journal('practice'), 'practice', Date.now(), auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

const numbersOf = (
  orderId: string,
): {
  readonly orderId: string;
  readonly outTradeNo: string;
  readonly transactionId: null;
  readonly family: 'facepay';
  readonly amountFen: number;
} => ({
  orderId,
  outTradeNo: orderId,
  transactionId: null,
  family: 'facepay',
  amountFen: 1_280,
});

/** Adds the order to the gateway's ledger as well. */
function seed(gateway: PracticeGateway, outTradeNo: string, state: 'SUCCESS' | 'NOTPAY'): void {
  const seeded = gateway.seed({
    outTradeNo,
    state,
    amountFen: 1_280,
    paidAt: new Date(Date.now() - AGO_MS).toISOString(),
  });
  if (!seeded.ok) throw new Error(seeded.error);
}

/** Not paid, and not cancelled yet: as if looked up two minutes ago. Returns their numbers. */
export function enterOrders(
  { journal }: OpenJournal,
  gateway: PracticeGateway,
  name: string,
  count: number,
): readonly string[] {
  const clock = systemClock();
  return Array.from({ length: count }, (_, n) => {
    const orderId = `${name}${String(n)}`;
    seed(gateway, orderId, 'NOTPAY');
    const now = clock.read();
    const then = { ...now, wallMs: now.wallMs - AGO_MS, monoMs: now.monoMs - AGO_MS };
    const order = orderEntered(numbersOf(orderId), null, then);
    // No query is sent until a person looks it up at the till.
    create(journal, { ...order, query: { ...order.query, dueMonoMs: null } });
    return orderId;
  });
}

export interface PendingCancel {
  readonly orderId: string;
  readonly ends: 'closed' | 'refunded';
}

/**
 * Cancels that a process left behind: armed with the window over, or with a reverse out, or waiting for the next
 * attempt.
 */
export function leaveCancels(
  { journal }: OpenJournal,
  gateway: PracticeGateway,
  name: string,
  count: number,
): readonly PendingCancel[] {
  const clock = systemClock();
  return Array.from({ length: count }, (_, n) => {
    const orderId = `${name}${String(n)}`;
    const now = clock.read();
    const then = { ...now, wallMs: now.wallMs - AGO_MS, monoMs: now.monoMs - AGO_MS };
    const order = orderToPay(numbersOf(orderId), 10_000, then);
    const gone: Order = {
      ...order,
      payCall: { ...order.payCall, state: 'over' },
      query: { ...order.query, dueMonoMs: null },
    };
    const armed: Phase = { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' };
    const tried = {
      ...gone.reverse,
      count: 1,
      firstAt: now,
      out: n % 3 === 1 ? { n: 1, sinceMonoMs: now.monoMs } : null,
    };
    // If a payment is found before any reverse has left, the cashier is asked; such orders would wait for a person.
    const paid = n % 3 === 1;
    seed(gateway, orderId, paid ? 'SUCCESS' : 'NOTPAY');
    create(
      journal,
      gone,
      n % 3 === 0
        ? { ...gone, phase: armed }
        : { ...gone, phase: { name: 'reversing', dueMonoMs: now.monoMs }, reverse: tried },
    );
    return { orderId, ends: paid ? 'refunded' : 'closed' };
  });
}

function create(journal: OpenJournal['journal'], order: Order, next = order): void {
  const created = journal.create(order, [
    { atMs: order.createdAtMs, actor: CASHIER, event: { type: 'registered' }, effects: [] },
  ]);
  if (!created.ok) throw new Error(created.error.kind);
  if (next === order) return;
  const effects = next.reverse.out === null ? [] : [{ kind: 'send-reverse', n: next.reverse.out.n } as const];
  const armed = {
    atMs: order.createdAtMs,
    actor: CASHIER,
    event: { type: 'cancel-tapped', by: 'cashier' },
    effects: [],
  } as const;
  const done = journal.commit(created.value, next, [
    armed,
    ...(effects.length === 0
      ? []
      : [{ atMs: order.createdAtMs, actor: THE_APP, event: { type: 'timer' } as const, effects }]),
  ]);
  if (!done.ok) throw new Error(done.error.kind);
}
