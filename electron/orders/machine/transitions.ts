/**
 * The transitions that an order makes because of an answer or a person. Pure. Who may make which is decided elsewhere.
 */
import type { Cause, NoAnswer } from '../../../shared/order/order.ts';
import {
  ATTENTION_QUERY_MS,
  ATTENTION_QUERY_UNTIL_MS,
  ATTENTION_QUICK_MS,
  BACKOFF_HOURLY_MS,
  CONFIRM_INTERVAL_MS,
  PASSWORD_QUERY_INTERVAL_MS,
  QUICK_QUERY_SPAN_MS,
  REFUSALS_MAX,
  REFUSALS_SPAN_MS,
  TOO_OFTEN_WAIT_MS,
} from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { isTooOften } from '../../wechat/error-codes.ts';
import { backoffMs, fraction } from './backoff.ts';
import type { Order } from './order.ts';
import { nextQueryMonoMs, sinceFirstReverseMs, sincePayMs } from './order-time.ts';

/**
 * Outcome unknown: query at once, and call again after a while unless a query brings proof. While the customer types a
 * password, or where we call too often, both wait as long as the gateway wants.
 */
export function again(order: Order, now: Timestamp): Order {
  const patience = patienceAfter(order.reverse.lastResult);
  const wait = backoffMs(order.reverse.count, sinceFirstReverseMs(order, now), order.orderId);
  const dueMonoMs = now.monoMs + Math.max(patience, wait);
  return askAt({ ...order, phase: { name: 'reversing', dueMonoMs } }, now.monoMs + patience);
}

function patienceAfter(lastResult: string | null): number {
  if (lastResult === 'USERPAYING') return PASSWORD_QUERY_INTERVAL_MS;
  return lastResult === 'too-often' || (lastResult !== null && isTooOften(lastResult)) ? TOO_OFTEN_WAIT_MS : 0;
}

/** We call too often: a query that is due waits at least as long as that calls for. */
export function waitingLonger(order: Order, now: Timestamp): Order {
  const { dueMonoMs } = order.query;
  return dueMonoMs === null ? order : askAt(order, Math.max(dueMonoMs, now.monoMs + TOO_OFTEN_WAIT_MS));
}

export const confirming = (order: Order, now: Timestamp): Order =>
  askNow({ ...order, phase: { name: 'confirming', asks: 0 } }, now);

/** Puts the order before a manager, with one last query: proof may have come in the meantime. */
export function attention(order: Order, cause: Cause, errCode: string | null, now: Timestamp): Order {
  return askNow({ ...order, phase: { name: 'attention', cause, errCode } }, now);
}

/** Queries once more how much of the money went back. */
export const askAboutRefunds = (order: Order, now: Timestamp): Order =>
  askAt(order, now.monoMs + backoffMs(order.query.refundAsks + order.query.silences, 0, order.orderId));

export const askNow = (order: Order, now: Timestamp): Order => askAt(order, now.monoMs);

const askAt = (order: Order, dueMonoMs: number): Order => ({ ...order, query: { ...order.query, dueMonoMs } });

/**
 * The `failed` cause of a payment that never left this terminal. This is proved by how the app works, not by the
 * gateway.
 */
export const NEVER_SENT = 'never-sent';

export const failed = (order: Order, cause: string): Order => ({
  ...order,
  phase: { name: 'failed', cause },
  query: { ...order.query, dueMonoMs: null },
});

/** Sets the next query, where querying again without a person makes sense. */
export function askAgain(order: Order, now: Timestamp): Order {
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
      const wait =
        silences === 0 ? CONFIRM_INTERVAL_MS : backoffMs(silences, sinceFirstReverseMs(order, now), order.orderId);
      return askAt(order, now.monoMs + wait);
    }
    case 'attention':
      return askSeldom(order, now);
    case 'reversing':
      return order.query.refundAsks === 0 ? order : askAboutRefunds(order, now);
    default:
      // The other phases wait for a person. `reversing` also queries after each attempt.
      return order;
  }
}

/** Before a manager, proof may still come without a person. For another till's order none can. */
function askSeldom(order: Order, now: Timestamp): Order {
  const since = sincePayMs(order, now);
  const isOthers = order.phase.name === 'attention' && order.phase.cause === 'other-order';
  if (isOthers || since > ATTENTION_QUERY_UNTIL_MS) return order;
  const wait = since < ATTENTION_QUICK_MS ? ATTENTION_QUERY_MS : BACKOFF_HOURLY_MS;
  return askAt(order, now.monoMs + Math.round(wait * (0.75 + 0.25 * fraction(order.orderId))));
}

/**
 * Counts an answer that blames us. A series of them takes the order to a manager, but only after a reverse was tried
 * and the series has lasted long enough. Five answers in one second are a single brief fault.
 */
export function blamed(order: Order, cause: Cause, errCode: string | null, now: Timestamp): Order {
  const refusals = order.reverse.refusals + 1;
  const blamedSince = order.reverse.blamedSince ?? now;
  const next = { ...order, reverse: { ...order.reverse, refusals, blamedSince } };
  const lasted = now.monoMs - blamedSince.monoMs >= REFUSALS_SPAN_MS;
  if (isBeingReversed(next) && refusals >= REFUSALS_MAX && lasted) return attention(next, cause, errCode, now);
  return next.query.dueMonoMs === null ? askAgain(next, now) : next;
}

/** An answer came that blames nobody. */
export const withoutBlame = (order: Order): Order => ({
  ...order,
  reverse: { ...order.reverse, refusals: 0, blamedSince: null },
});

/** Reasons for no response that point at our key, certificate or request, or at a party between us and WeChat Pay. */
export const blames = (why: NoAnswer): boolean =>
  why === 'unsigned-fail' || why === 'bad-signature' || why === 'wrong-merchant' || why === 'certificate-refused';

export function noResponseCause(why: NoAnswer): Cause {
  switch (why) {
    case 'certificate-refused':
    case 'wrong-merchant':
      return why;
    case 'bad-signature':
      return 'signature';
    default:
      return 'refused';
  }
}

export const isBeingReversed = (order: Order): boolean =>
  order.phase.name === 'reversing' || order.phase.name === 'confirming';
