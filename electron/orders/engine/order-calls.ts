import { OTHER_QUERIES_AT_ONCE_MAX, QUERIES_AT_ONCE_MAX } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Answered, NoResponse } from '../../wechat/answers.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { Effect, OrderEvent } from '../machine/event.ts';
import type { Order } from '../machine/order.ts';
import { limiter } from './limiter.ts';
import type { ReverseSlots } from './reverse-slots.ts';

/** The calls to the gateway that this process has in flight. */
export interface OrderCalls {
  /**
   * The call is on disk as out, so from here on it belongs to this process, and a reverse has its slot. Called before
   * the call leaves.
   */
  claim(orderId: string, effect: Effect): void;
  /** Sends it. A reverse leaves at once, a query when there is room. */
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
  readonly gateway: Pick<Gateway, 'query' | 'reverse'>;
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
      if (effect.kind === 'send-query') {
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
      if (event.type === 'query-ended') calls.delete(callKey(orderId, 'send-query', event.n));
      if (event.type === 'reverse-ended') calls.delete(callKey(orderId, 'send-reverse', event.n));
    },
    hasOrphan: ({ orderId, query, reverse }) =>
      (query.out !== null && !calls.has(callKey(orderId, 'send-query', query.out.n))) ||
      (reverse.out !== null && !calls.has(callKey(orderId, 'send-reverse', reverse.out.n))),
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

/** One call, from the moment it leaves to its answer. */
async function call(
  { gateway, log, isStopped, onEnd }: OrderCallsParts,
  order: Order,
  { kind, n }: Effect,
): Promise<void> {
  if (isStopped()) return;
  const isQuery = kind === 'send-query';
  try {
    if (isQuery) onEnd(order.orderId, { type: 'query-ended', n, ...(await gateway.query(order)) });
    else onEnd(order.orderId, { type: 'reverse-ended', n, ...(await gateway.reverse(order)) });
  } catch (error) {
    // A bug in the call must not leave the order waiting for ever. Its outcome is unknown, like any other.
    log.error({ orderId: order.orderId, kind, error }, 'a call broke');
    onEnd(order.orderId, { type: isQuery ? 'query-ended' : 'reverse-ended', n, ...BROKEN_CALL });
  }
}

const callKey = (orderId: string, kind: Effect['kind'], n: number): string => `${kind} ${String(n)} ${orderId}`;

/** The result of a call whose outcome is unknown. */
export const BROKEN_CALL: Answered<NoResponse> = {
  answer: { kind: 'no-answer', why: 'interrupted', text: null },
  host: '-',
  latencyMs: 0,
};
