/** The moves an order can make on account of evidence or of a person. Pure; who may make which is decided elsewhere. */
import type { Cause, NoAnswer } from '../../shared/order.ts';
import { CONFIRM_INTERVAL_MS, PASSWORD_QUERY_INTERVAL_MS, QUICK_QUERY_SPAN_MS, REFUSALS_MAX } from '../../shared/timing.ts';
import type { Reading } from '../base/clock.ts';
import { backoffMs } from './backoff.ts';
import type { Order } from './order.ts';
import { nextQueryMonoMs, sinceFirstReverseMs, sincePayMs } from './order-time.ts';

/**
 * Outcome unknown: ask at once, and call again after a while whatever the asking brings, unless it brings proof. While
 * the customer types a password neither is done sooner than the gateway wants to hear of it.
 */
export function again(order: Order, now: Reading): Order {
  const typing = order.reverse.lastResult === 'USERPAYING';
  const wait = backoffMs(order.reverse.count, sinceFirstReverseMs(order, now), order.orderId);
  const dueMonoMs = now.monoMs + (typing ? Math.max(PASSWORD_QUERY_INTERVAL_MS, wait) : wait);
  const next: Order = { ...order, phase: { name: 'reversing', dueMonoMs } };
  return typing ? askAt(next, now.monoMs + PASSWORD_QUERY_INTERVAL_MS) : askNow(next, now);
}

export const confirming = (order: Order, now: Reading): Order =>
  askNow({ ...order, phase: { name: 'confirming', asks: 0 } }, now);

/** Puts the order before a manager, with one last question: proof may have come about all the same. */
export function attention(order: Order, cause: Cause, errCode: string | null, now: Reading): Order {
  return askNow({ ...order, phase: { name: 'attention', cause, errCode } }, now);
}

export const askNow = (order: Order, now: Reading): Order => askAt(order, now.monoMs);

const askAt = (order: Order, dueMonoMs: number): Order => ({ ...order, query: { ...order.query, dueMonoMs } });

/** The `failed` cause of a payment that never left this terminal: proved by construction, not by the gateway. */
export const NEVER_SENT = 'never-sent';

export const failed = (order: Order, cause: string): Order => ({
  ...order,
  phase: { name: 'failed', cause },
  query: { ...order.query, dueMonoMs: null },
});

/** Sets when to ask next, where asking again by itself makes sense. */
export function askAgain(order: Order, now: Reading): Order {
  switch (order.phase.name) {
    case 'paying':
      return order.origin === 'entered' && sincePayMs(order, now) >= QUICK_QUERY_SPAN_MS
        ? order
        : askAt(order, nextQueryMonoMs(order, now));
    case 'armed':
    case 'choosing':
      return askAt(order, nextQueryMonoMs(order, now));
    case 'confirming': {
      const { silences } = order.query;
      const wait = silences === 0 ? CONFIRM_INTERVAL_MS : backoffMs(silences, sinceFirstReverseMs(order, now), order.orderId);
      return askAt(order, now.monoMs + wait);
    }
    default:
      // `reversing` asks after each attempt; the others wait for a person.
      return order;
  }
}

/** Counts an answer that blames us, and takes a row of them to the manager once a reverse has been tried. */
export function blamed(order: Order, cause: Cause, errCode: string | null, now: Reading): Order {
  const refusals = order.reverse.refusals + 1;
  const next = { ...order, reverse: { ...order.reverse, refusals } };
  if (tried(next) && refusals >= REFUSALS_MAX) return attention(next, cause, errCode, now);
  return next.query.dueMonoMs === null ? askAgain(next, now) : next;
}

/** Silences that point at our key, certificate or request, or at somebody between us and WeChat Pay. */
export const blames = (why: NoAnswer): boolean =>
  why === 'unsigned-fail' || why === 'bad-signature' || why === 'wrong-merchant' || why === 'certificate-refused';

export const silenceCause = (why: NoAnswer): Cause =>
  why === 'certificate-refused' ? 'certificate-refused' : why === 'unsigned-fail' ? 'refused' : 'signature';

export const tried = (order: Order): boolean => order.phase.name === 'reversing' || order.phase.name === 'confirming';
