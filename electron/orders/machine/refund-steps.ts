/** When a call about a refund leaves. Pure. */
import { REFUND_GAP_MS } from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import { backoffMs, fraction } from './backoff.ts';
import type { Effect } from './event.ts';
import type { Order } from './order.ts';
import type { Refund } from './refund.ts';
import { withRefund } from './refund-events.ts';

/**
 * Lets at most one request and one look leave, each counted and marked as out. Returns the very same order if nothing
 * leaves.
 */
export function refundsProceed(stored: Order, now: Timestamp): { readonly order: Order; readonly effects: Effect[] } {
  const effects: Effect[] = [];
  let order = stored;
  const sent = order.ourRefunds.find((refund) => requestDueMonoMs(order, refund, now) <= now.monoMs);
  if (sent !== undefined) {
    const n = 1 + order.ourRefunds.reduce((sum, { request }) => sum + request.count, 0);
    order = withRefund(order, {
      ...sent,
      phase: { name: 'sending', dueMonoMs: null, refused: null },
      request: { ...sent.request, count: sent.request.count + 1, out: { n, sinceMonoMs: now.monoMs }, lastAt: now },
    });
    effects.push({ kind: 'send-refund', n });
  }
  const asked = order.ourRefunds.find((refund) => lookDueMonoMs(refund) <= now.monoMs);
  if (asked !== undefined) {
    const n = 1 + order.ourRefunds.reduce((sum, { look }) => sum + look.count, 0);
    order = withRefund(order, {
      ...asked,
      look: { ...asked.look, count: asked.look.count + 1, out: { n, sinceMonoMs: now.monoMs }, dueMonoMs: null },
    });
    effects.push({ kind: 'ask-refund', n });
  }
  return { order: queryDue(order, now), effects };
}

/** A refund that was asked for is sent only after a query of the order; after no answer that counts, one more. */
function queryDue(order: Order, now: Timestamp): Order {
  const { query, ourRefunds } = order;
  if (query.out !== null || query.dueMonoMs !== null) return order;
  const asked = ourRefunds.find(({ phase }) => phase.name === 'asked');
  if (asked?.phase.name !== 'asked') return order;
  const tries = query.count - asked.phase.afterQuery;
  const sinceMs = Math.max(0, now.wallMs - asked.askedAtMs);
  const waitMs = tries === 0 ? 0 : backoffMs(tries, sinceMs, asked.outRefundNo);
  return { ...order, query: { ...query, dueMonoMs: now.monoMs + waitMs } };
}

/**
 * When the refund's next request may leave; never before a minute after the order's last one, and never while a look at
 * it is out or due.
 */
function requestDueMonoMs(order: Order, { phase, request, look }: Refund, now: Timestamp): number {
  if (phase.name !== 'sending' || phase.dueMonoMs === null || request.out !== null || look.out !== null)
    return Infinity;
  const lastMonoMs = Math.max(
    ...order.ourRefunds.map(({ request: { lastAt } }) =>
      lastAt === null ? -Infinity : Math.min(lastAt.monoMs, now.monoMs),
    ),
  );
  return Math.max(phase.dueMonoMs, lastMonoMs + REFUND_GAP_MS);
}

const lookDueMonoMs = ({ look, request }: Refund): number =>
  look.dueMonoMs === null || look.out !== null || request.out !== null ? Infinity : look.dueMonoMs;

/** When `refundsProceed` next has something to decide, in monotonic ms; Infinity if only an event can change anything. */
export const refundsWakeMonoMs = (order: Order, now: Timestamp): number =>
  Math.min(
    ...order.ourRefunds.flatMap((refund) => [requestDueMonoMs(order, refund, now), lookDueMonoMs(refund)]),
    Infinity,
  );

/**
 * Another process has taken the order over. A request of the one before may have been accepted, so WeChat is asked
 * about it; so it is about all that is on its way. `spreadMs`: many terminals' refunds are not asked about in one moment.
 */
export const refundsStartedAgain = (order: Order, now: Timestamp, spreadMs: number): Order => ({
  ...order,
  ourRefunds: order.ourRefunds.map((refund) => startedAgain(refund, now, spreadMs)),
});

function startedAgain(refund: Refund, now: Timestamp, spreadMs: number): Refund {
  const { phase, request, look, outRefundNo } = refund;
  const wasOut = request.out !== null;
  const asksNow = wasOut || look.out !== null || look.dueMonoMs !== null;
  const dueMonoMs = asksNow ? now.monoMs + spreadMs * fraction(outRefundNo) : null;
  return {
    ...refund,
    phase: wasOut && phase.name === 'sending' ? { ...phase, dueMonoMs: null } : phase,
    request: { ...request, ...(wasOut ? { out: null, lastAt: now, inDoubt: true } : {}) },
    look: { ...look, out: null, dueMonoMs },
  };
}
