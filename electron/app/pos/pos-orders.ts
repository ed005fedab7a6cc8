/** What the till software does to orders: the screen's services, with a cashier's rights and under its token's name. */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import { lastQueryIsFresh, rebasedOrder } from '../../orders/machine/order-time.ts';
import type { PosOrder } from '../../pos/body.ts';
import type { PosOrders } from '../../pos/pos-orders.ts';
import { messageOf, type OrderMessage } from '../../pos/order-message.ts';
import { refusal, type Refusal } from '../../pos/refusal.ts';
import type { OrderAct } from '../../pos/route.ts';
import { payByCode, type CodePaymentServices } from '../orders/code-payments.ts';
import { act, findOrEnter, goingOn, viewFor, wallOfLate, type OrderServices } from '../orders/orders-service.ts';

const ROLE = 'cashier';
const callerOf = (tokenId: string): Caller => ({ who: `pos:${tokenId}`, role: ROLE });

/** At most this many orders before a manager are listed; each of them can still be found by its number. */
const ATTENTION_MAX = 100;

const EVENTS: Readonly<Record<OrderAct, OrderEvent>> = {
  cancel: { type: 'cancel-tapped', by: ROLE },
  withdraw: { type: 'cancel-withdrawn' },
  ask: { type: 'asked-by-hand' },
};

export function createPosOrders(services: OrderServices & CodePaymentServices): PosOrders {
  const { journal, clock } = services;
  const messageFor = (stored: Stored): OrderMessage => {
    const order = goingOn(journal, stored);
    return messageOf(viewFor(services, order, ROLE), order.order.payCall.at.wallMs);
  };
  const known = (number: string): Stored | null => {
    const stored = journal.find(number);
    return stored === null ? null : goingOn(journal, stored);
  };

  return {
    wallOfLate: () => wallOfLate(clock),
    register(order, tokenId) {
      const here = alreadyHere(order, known);
      if (!here.ok) return here;
      if (here.value !== null) return ok({ order: messageFor(here.value), isNew: false });
      const entered = findOrEnter(services, order, order.paidAt?.toMs ?? null, callerOf(tokenId), order.amountFen);
      return entered.ok ? ok({ order: messageFor(entered.value), isNew: true }) : fail(refusal(entered.error));
    },
    pay(payment, tokenId) {
      const paid = payByCode(services, payment, callerOf(tokenId));
      if (paid.ok) return ok({ order: messageFor(paid.value.stored), isNew: paid.value.isNew });
      return fail(
        paid.error === 'amount-differs'
          ? refusal('differs', 'amountFen')
          : refusal(paid.error, paid.error === 'number-taken' ? 'outTradeNo' : null),
      );
    },
    find(number) {
      const stored = known(number);
      return stored === null ? null : messageFor(stored);
    },
    act(number, name, tokenId) {
      const stored = known(number);
      if (stored === null) return fail(refusal('order-not-found', 'number'));
      if (name === 'ask' && wasJustAsked(stored, clock.read())) return ok(messageFor(stored));
      const done = act(services, stored.order.orderId, EVENTS[name], callerOf(tokenId));
      return done.ok ? ok(messageFor(journal.load(stored.order.orderId) ?? stored)) : fail(refusal(done.error));
    },
    unsettled: () =>
      [...journal.open().orders, ...journal.list({ standing: 'attention', limit: ATTENTION_MAX })].map(messageFor),
    changedSince: (seq) => journal.changedSince(seq),
    load(orderId) {
      const stored = journal.load(orderId);
      return stored === null ? null : messageFor(stored);
    },
  };
}

/** A query is in flight, or so recent that another would give the same answer. */
function wasJustAsked({ order }: Stored, now: Timestamp): boolean {
  return order.query.out !== null || lastQueryIsFresh(rebasedOrder(order, now), now);
}

/** The order with these numbers, if it is here and every detail is the same; `null` if it is new. */
function alreadyHere(order: PosOrder, known: (number: string) => Stored | null): Result<Stored | null, Refusal> {
  const { outTradeNo, transactionId } = order;
  const stored =
    (outTradeNo === undefined ? null : known(outTradeNo)) ??
    (transactionId === undefined ? null : known(transactionId));
  if (stored === null) return ok(null);
  const field = differingField(order, stored);
  return field === null ? ok(stored) : fail(refusal('differs', field));
}

function differingField(
  { outTradeNo, transactionId, amountFen, paidAt }: PosOrder,
  { order }: Stored,
): keyof OrderMessage | null {
  if (outTradeNo !== undefined && outTradeNo !== order.outTradeNo) return 'outTradeNo';
  if (transactionId !== undefined && transactionId !== order.transactionId) return 'transactionId';
  if (amountFen !== undefined && amountFen !== order.amountFen) return 'amountFen';
  const { wallMs } = order.payCall.at;
  // If the time was not known, or the clock was set meanwhile, the window counts from when the order came, whatever the
  // request says.
  if (wallMs === order.createdAtMs) return null;
  const { fromMs, toMs } = paidAt ?? { fromMs: order.createdAtMs, toMs: order.createdAtMs };
  return fromMs <= wallMs && wallMs <= toMs ? null : 'paidAt';
}
