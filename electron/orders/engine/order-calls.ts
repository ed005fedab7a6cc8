import { OTHER_QUERIES_AT_ONCE_MAX, QUERIES_AT_ONCE_MAX } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Answered, NoResponse } from '../../wechat/answers.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { RefundRequest } from '../../wechat/refund.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import type { Order } from '../machine/order.ts';
import type { Refund } from '../machine/refund.ts';
import { limiter } from './limiter.ts';
import type { ReverseSlots } from './reverse-slots.ts';

/** The calls to the gateway that this process has in flight. */
export interface OrderCalls {
  /**
   * The call is on disk as out, so from here on it belongs to this process, and a reverse has its slot. Called before
   * the call leaves.
   */
  claim(orderId: string, effect: Effect): void;
  /** Sends it. A reverse leaves at once, everything else when there is room. */
  send(order: Order, effect: Effect): void;
  /** The answer of a call is on disk, or is no longer needed. */
  ended(orderId: string, event: OrderEvent): void;
  /**
   * The order is marked as having a call out, but it is not a call of this process. Only a driver calls. So for a
   * driver this means: the process that made the call is gone, and its answer will never come.
   */
  hasOrphan(order: Order): boolean;
  /** Settles when all calls are back, or after `withinMs`. */
  backWithin(withinMs: number): Promise<void>;
  /** The calls have no owner any more. */
  forgetAll(): void;
}

export interface OrderCallsParts {
  readonly gateway: Pick<Gateway, 'query' | 'reverse' | 'refund' | 'refundStatus'>;
  readonly slots: Pick<ReverseSlots, 'take' | 'giveBack'>;
  readonly clock: Clock;
  readonly log: Log;
  /** No call leaves from here on. */
  readonly isStopped: () => boolean;
  readonly onEnd: (orderId: string, event: OrderEvent) => void;
  /** A reverse has come back, and its slot is free. */
  readonly onSlotFree: () => void;
}

export function orderCalls(parts: OrderCallsParts): OrderCalls {
  const { slots, clock, log } = parts;
  const out = new Set<Promise<void>>();
  /** The calls that this process has in flight, or whose answers it could not write to disk yet. */
  const calls = new Set<string>();
  const queries = limiter(QUERIES_AT_ONCE_MAX, OTHER_QUERIES_AT_ONCE_MAX);

  const sent = (order: Order, effect: Effect): Promise<void> => {
    const sending = call(parts, order, effect).finally(() => out.delete(sending));
    out.add(sending);
    return sending;
  };

  return {
    claim(orderId, { kind, n }) {
      calls.add(callKey(orderId, kind, n));
      if (kind === 'send-reverse') slots.take();
    },
    send(order, effect) {
      if (effect.kind !== 'send-reverse') {
        // An order with few attempts probably has a customer standing there.
        queries(() => sent(order, effect), order.reverse.count <= 1);
        return;
      }
      sent(order, effect)
        .finally(() => {
          slots.giveBack();
          parts.onSlotFree();
        })
        .catch((error: unknown) => {
          log.error({ orderId: order.orderId, kind: effect.kind, error }, 'the line for a slot broke');
        });
    },
    ended(orderId, event) {
      const kind = EFFECT_OF.get(event.type);
      if (kind !== undefined && 'n' in event) calls.delete(callKey(orderId, kind, event.n));
    },
    hasOrphan: (order) => outCalls(order).some(({ kind, n }) => !calls.has(callKey(order.orderId, kind, n))),
    backWithin: (withinMs) =>
      new Promise<void>((resolve) => {
        const callOff = clock.after(withinMs, resolve);
        void Promise.allSettled(out).then(() => {
          callOff();
          resolve();
        });
      }),
    forgetAll() {
      calls.clear();
    },
  };
}

/** The effect whose call ends with this event. */
const EFFECT_OF: ReadonlyMap<OrderEvent['type'], Effect['kind']> = new Map([
  ['query-ended', 'send-query'],
  ['reverse-ended', 'send-reverse'],
  ['refund-ended', 'send-refund'],
  ['refund-looked', 'ask-refund'],
]);

/** The calls that the order is marked as having out. */
const outCalls = ({ query, reverse, ourRefunds }: Order): Effect[] =>
  [
    { kind: 'send-query' as const, out: query.out },
    { kind: 'send-reverse' as const, out: reverse.out },
    ...ourRefunds.flatMap(({ request, look }) => [
      { kind: 'send-refund' as const, out: request.out },
      { kind: 'ask-refund' as const, out: look.out },
    ]),
  ].flatMap(({ kind, out }) => (out === null ? [] : [{ kind, n: out.n }]));

/** One call, from the moment it leaves to its answer. */
async function call(parts: OrderCallsParts, order: Order, effect: Effect): Promise<void> {
  if (parts.isStopped()) return;
  try {
    parts.onEnd(order.orderId, await answered(parts.gateway, order, effect));
  } catch (error) {
    // A bug in the call must not leave the order waiting for ever. Its outcome is unknown, like any other.
    parts.log.error({ orderId: order.orderId, kind: effect.kind, error }, 'a call broke');
    parts.onEnd(order.orderId, { type: EVENT_OF[effect.kind], n: effect.n, ...BROKEN_CALL });
  }
}

const EVENT_OF = {
  'send-query': 'query-ended',
  'send-reverse': 'reverse-ended',
  'send-refund': 'refund-ended',
  'ask-refund': 'refund-looked',
} as const satisfies Record<Effect['kind'], OrderEvent['type']>;

async function answered(gateway: OrderCallsParts['gateway'], order: Order, { kind, n }: Effect): Promise<OrderEvent> {
  switch (kind) {
    case 'send-query':
      return { type: 'query-ended', n, ...(await gateway.query(order)) };
    case 'send-reverse':
      return { type: 'reverse-ended', n, ...(await gateway.reverse(order)) };
    case 'send-refund':
      return { type: 'refund-ended', n, ...(await gateway.refund(requestOf(order, refundWith(order, 'request', n)))) };
    case 'ask-refund':
      return {
        type: 'refund-looked',
        n,
        ...(await gateway.refundStatus(requestOf(order, refundWith(order, 'look', n)))),
      };
  }
}

function refundWith({ ourRefunds }: Order, call: 'request' | 'look', n: number): Refund {
  const refund = ourRefunds.find((each) => each[call].out?.n === n);
  if (refund === undefined) throw new Error(`no refund has ${call} ${String(n)} out`);
  return refund;
}

/** The same for every request of one refund. */
const requestOf = (
  { outTradeNo, transactionId }: Order,
  { outRefundNo, fen, totalFen, account }: Refund,
): RefundRequest => ({ outTradeNo, transactionId, outRefundNo, fen, totalFen, account, reasonText: null });

const callKey = (orderId: string, kind: Effect['kind'], n: number): string => `${kind} ${String(n)} ${orderId}`;

/** The result of a call whose outcome is unknown. */
export const BROKEN_CALL: Answered<NoResponse> = {
  answer: { kind: 'no-answer', why: 'interrupted', text: null },
  host: '-',
  latencyMs: 0,
};
