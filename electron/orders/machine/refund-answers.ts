/**
 * What the gateway's answers do to a refund. Pure. "Accepted" is what a reply to the request says; "on its way" and
 * "arrived" come from refundquery alone. A refusal counts once it is sure that no request of the refund was accepted
 * (electron/wechat/README.md, "Refund", "Refund query").
 */
import type { NoAnswer } from '../../../shared/order/order.ts';
import type { RefundCause } from '../../../shared/order/refund.ts';
import {
  REFUND_FIRST_LOOK_MS,
  REFUND_GAP_MS,
  REFUND_LOOKS_MS,
  REFUND_SELDOM_MS,
  REFUND_SLOW_MS,
} from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { QueryAnswer, RefundAnswer, RefundSeen } from '../../wechat/answers.ts';
import { refundAction } from '../../wechat/error-codes.ts';
import { backoffMs, fraction } from './backoff.ts';
import type { Order } from './order.ts';
import type { Refund } from './refund.ts';
import { failedRefund, lookingNow, withRefund } from './refund-events.ts';
import { askNow } from './transitions.ts';

/**
 * A query of the order has ended. If it began after a refund was asked for, it decides whether that refund may be sent:
 * only an order that is paid now, with enough of it left. `n`: the query's number.
 */
export function refundCleared(order: Order, answer: QueryAnswer, n: number, now: Timestamp): Order {
  const refund = order.ourRefunds.find(({ phase }) => phase.name === 'asked' && phase.afterQuery < n);
  if (refund === undefined) return order;
  const left = leftFen(order, answer);
  if (left === null) return order;
  if (left === 'not-paid' || left < refund.fen)
    return withRefund(order, failedRefund(refund, left === 'not-paid' ? left : 'over-rest', null));
  return withRefund(order, { ...refund, phase: { name: 'sending', dueMonoMs: now.monoMs, refused: null } });
}

/** What is left of the order according to the answer, in fen; `null` if it does not say, and is asked again. */
function leftFen({ phase, seenSinceLastCall, amountFen }: Order, answer: QueryAnswer): number | 'not-paid' | null {
  if (answer.kind === 'not-found') return 'not-paid';
  if (answer.kind !== 'seen' || !seenSinceLastCall) return null;
  const isPaid = phase.name === 'paid' || (phase.name === 'attention' && phase.cause !== 'other-order');
  if (!isPaid) return 'not-paid';
  switch (answer.tradeState) {
    case 'SUCCESS':
      return answer.amountFen ?? amountFen;
    case 'REFUND':
      // Without refunds by number it was a reverse that gave the money back, here or elsewhere.
      if (answer.refunds?.kind === 'not-found') return 'not-paid';
      if (answer.refunds?.kind !== 'summed') return null;
      return answer.refunds.totalFen - (answer.refunds.takenFen ?? answer.refunds.refundedFen);
    default:
      return 'not-paid';
  }
}

/** The answer to request `n`. */
export function refundAnswered(order: Order, answer: RefundAnswer, n: number, now: Timestamp): Order {
  const sent = order.ourRefunds.find(({ request }) => request.out?.n === n);
  if (sent === undefined) return order;
  // The minute counts from now: when the request left is not known.
  const back: Refund = { ...sent, request: { ...sent.request, out: null, lastAt: now } };
  return became(order, back, back.phase.name === 'sending' ? replied(order, back, answer, now) : back, now);
}

function replied(order: Order, refund: Refund, answer: RefundAnswer, now: Timestamp): Refund {
  switch (answer.kind) {
    case 'accepted':
      // WeChat answers a number that it holds already as if it were new, and pays nothing more.
      return isAnothers(order, refund, answer.refundId)
        ? attention(refund, 'other-refund', null)
        : accepted({ ...refund, refundId: answer.refundId, customerFen: answer.customerFen }, now);
    case 'refused':
      return refused(refund, answer.errCode, now);
    case 'no-answer':
      return unanswered(refund, answer.why, now);
  }
}

/** Where WeChat's view of the refund has changed, so have the sums of its order: a query tells whether all went back. */
function became(order: Order, before: Refund, refund: Refund, now: Timestamp): Order {
  const next = withRefund(order, refund);
  const { name } = refund.phase;
  const isNews = name !== before.phase.name && (name === 'accepted' || name === 'paid' || name === 'failed');
  return isNews && order.phase.name !== 'settled' && order.phase.name !== 'cancelled' ? askNow(next, now) : next;
}

const isAnothers = ({ ourRefunds }: Order, { outRefundNo }: Refund, refundId: string): boolean =>
  ourRefunds.some((other) => other.outRefundNo !== outRefundNo && other.refundId === refundId);

function refused(refund: Refund, errCode: string, now: Timestamp): Refund {
  const action = refundAction(errCode);
  switch (action.kind) {
    case 'unknown':
      return inDoubt(refund, now);
    case 'later':
      return sendingAgain(refund, now);
    case 'not-enough':
      return blamed(refund, 'not-enough', errCode, now);
    case 'look':
      // Its text may say that the whole sum went back already, which may have been this very refund.
      return lookingNow({ ...refund, phase: sending({ cause: 'refused', errCode }) }, now);
    case 'stop':
      return blamed(refund, action.cause, errCode, now);
  }
}

const sending = (why: { readonly cause: RefundCause; readonly errCode: string | null } | null): Refund['phase'] => ({
  name: 'sending',
  dueMonoMs: null,
  refused: why,
});

/** A refusal is final only if no earlier request can have been accepted; otherwise WeChat is asked first. */
const blamed = (refund: Refund, cause: RefundCause, errCode: string | null, now: Timestamp): Refund =>
  refund.request.inDoubt
    ? lookingNow({ ...refund, phase: sending({ cause, errCode }) }, now)
    : attention(refund, cause, errCode);

const attention = (refund: Refund, cause: RefundCause, errCode: string | null): Refund => ({
  ...refund,
  phase: { name: 'attention', cause, errCode },
  look: { ...refund.look, dueMonoMs: null },
});

/** The request may have been accepted: WeChat is asked, soon and again after the minute. */
const inDoubt = (refund: Refund, now: Timestamp): Refund => ({
  ...refund,
  phase: sending(null),
  request: { ...refund.request, inDoubt: true },
  look: { ...refund.look, dueMonoMs: now.monoMs + REFUND_FIRST_LOOK_MS },
});

/** The request was certainly not accepted: the same again, later. */
const sendingAgain = (refund: Refund, now: Timestamp): Refund => ({
  ...refund,
  phase: {
    name: 'sending',
    dueMonoMs: now.monoMs + backoffMs(refund.request.count, sinceAskedMs(refund, now), refund.outRefundNo),
    refused: null,
  },
});

const sinceAskedMs = ({ askedAtMs }: Refund, { wallMs }: Timestamp): number => Math.max(0, wallMs - askedAtMs);

function unanswered(refund: Refund, why: NoAnswer, now: Timestamp): Refund {
  switch (why) {
    case 'certificate-refused':
      return blamed(refund, 'certificate-refused', null, now);
    case 'not-sent':
    case 'server-not-trusted':
      return sendingAgain(refund, now);
    default:
      return inDoubt(refund, now);
  }
}

/** What refundquery says of the refund: the answer to look `n`. */
export function refundLooked(order: Order, answer: RefundSeen, n: number, now: Timestamp): Order {
  const asked = order.ourRefunds.find(({ look }) => look.out?.n === n);
  if (asked === undefined) return order;
  const back: Refund = { ...asked, look: { ...asked.look, out: null, dueMonoMs: null } };
  const { name } = back.phase;
  const isAwaited = name === 'sending' || name === 'accepted' || name === 'stuck';
  return became(order, back, isAwaited ? looked(order, back, answer, now) : back, now);
}

function looked(order: Order, refund: Refund, answer: RefundSeen, now: Timestamp): Refund {
  switch (answer.kind) {
    case 'seen':
      return answer.fen !== refund.fen ||
        answer.totalFen !== refund.totalFen ||
        isAnothers(order, refund, answer.refundId)
        ? attention(refund, 'other-refund', null)
        : seen(heard(refund, answer), answer, now);
    case 'not-found':
      return refund.phase.name === 'sending' ? notHeld(refund, now) : lookAgain(refund, now);
    case 'unknown-status':
    case 'refused':
    case 'no-answer':
      return lookAgain(refund, now);
  }
}

type Seen = Extract<RefundSeen, { kind: 'seen' }>;

const heard = (refund: Refund, { refundId, customerFen, arrivedAt, arrivedTo }: Seen): Refund => ({
  ...refund,
  ...{ refundId, arrivedAt, arrivedTo, customerFen: customerFen ?? refund.customerFen },
  look: { ...refund.look, silences: 0 },
});

function seen(refund: Refund, { status }: Seen, now: Timestamp): Refund {
  switch (status) {
    case 'SUCCESS':
      return { ...refund, phase: { name: 'paid' } };
    case 'PROCESSING':
      return accepted(refund, now);
    case 'CHANGE':
      return stuck(refund, 'CHANGE', now);
    case 'REFUNDCLOSE':
      return failedRefund(refund, 'closed', status);
  }
}

/** On its way: asked about less and less often, and a manager's after a week. */
function accepted(refund: Refund, now: Timestamp): Refund {
  const { phase } = refund;
  if (phase.name === 'stuck') return stuck(refund, phase.status, now);
  const before = phase.name === 'accepted' ? phase : { at: now, asks: 0 };
  if (now.monoMs - before.at.monoMs > REFUND_SLOW_MS) return stuck(refund, 'PROCESSING', now);
  const asks = phase.name === 'accepted' ? before.asks + 1 : 0;
  return lookIn({ ...refund, phase: { name: 'accepted', at: before.at, asks } }, waitMs(asks, refund.outRefundNo), now);
}

const waitMs = (asks: number, seed: string): number =>
  REFUND_LOOKS_MS[asks] ?? Math.round(REFUND_SELDOM_MS * (0.75 + 0.25 * fraction(`${seed}#${String(asks)}`)));

function stuck(refund: Refund, status: 'CHANGE' | 'PROCESSING', now: Timestamp): Refund {
  const asks = refund.phase.name === 'stuck' ? refund.phase.asks + 1 : 0;
  return lookIn({ ...refund, phase: { name: 'stuck', status, asks } }, waitMs(Infinity, refund.outRefundNo), now);
}

/** WeChat holds no refund under this number. Within a minute of a request that may only be a delay. */
function notHeld(refund: Refund, now: Timestamp): Refund {
  const { request, phase } = refund;
  const sinceMs = request.lastAt === null ? Infinity : now.monoMs - request.lastAt.monoMs;
  if (request.inDoubt && sinceMs < REFUND_GAP_MS) return lookIn(refund, REFUND_GAP_MS - sinceMs, now);
  const refusal = phase.name === 'sending' ? phase.refused : null;
  if (refusal !== null) return attention(refund, refusal.cause, refusal.errCode);
  return { ...refund, phase: { name: 'sending', dueMonoMs: now.monoMs, refused: null } };
}

/** No answer that counts: what is known stays known. */
function lookAgain(refund: Refund, now: Timestamp): Refund {
  const silences = refund.look.silences + 1;
  const next: Refund = { ...refund, look: { ...refund.look, silences } };
  return lookIn(next, backoffMs(silences, sinceAskedMs(refund, now), refund.outRefundNo), now);
}

const lookIn = (refund: Refund, ms: number, now: Timestamp): Refund => ({
  ...refund,
  look: { ...refund.look, dueMonoMs: now.monoMs + ms },
});
