/**
 * What the gateway's answers do to an order. Pure. The rule above all others: only a query that says REVOKED, CLOSED or
 * REFUND proves a cancel. The app never says more than that proves (electron/wechat/README.md, "What proves a cancel").
 */
import { unreachable } from '../../../shared/result.ts';
import type { NoAnswer } from '../../../shared/order/order.ts';
import {
  CONFIRM_ASKS_MAX,
  CONTRADICTIONS_MAX,
  NOT_FOUND_MAX,
  REFUND_ASKS_MAX,
  UNKNOWN_STATE_MAX_MS,
} from '../../../shared/timing.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { PayAnswer, QueryAnswer, RefundsAnswer, ReverseAnswer } from '../../wechat/answers.ts';
import { isOurNumberTaken, isSurelyUnpaid, isTooOften, queryCause, reverseAction } from '../../wechat/error-codes.ts';
import {
  again,
  askAboutRefunds,
  askAgain,
  askNow,
  attention,
  blamed,
  blames,
  confirming,
  failed,
  NEVER_SENT,
  noResponseCause,
  isBeingReversed,
  waitingLonger,
  withoutBlame,
} from './transitions.ts';
import type { Order } from './order.ts';
import { hasRefund, hasArrived } from './refund-events.ts';

type Seen = Extract<QueryAnswer, { kind: 'seen' }>;

/** The pay call's answer, whenever it comes: a late answer still counts as evidence. */
export function payAnswered(order: Order, answer: PayAnswer, now: Timestamp): Order {
  const neverLeft = order.payCall.state === 'leaving';
  const over: Order = {
    ...order,
    ...callEnded(order),
    payCall: { ...order.payCall, at: neverLeft ? now : order.payCall.at, state: 'over' },
  };
  switch (answer.kind) {
    case 'paid':
      return paidByReply({ ...over, transactionId: answer.transactionId }, now);
    case 'declined':
      // The pay call is sent once. So if its number was used before, another sender used it.
      return isOurNumberTaken(answer.errCode)
        ? othersOrder(over, now)
        : askNow({ ...over, declined: answer.errCode }, now);
    case 'other-amount':
      return othersOrder(over, now);
    case 'in-doubt':
      return { ...over, lastSeen: answer.errCode === 'USERPAYING' ? 'USERPAYING' : over.lastSeen };
    case 'no-answer':
      return neverLeft && leftNothing(answer.why) && isBeforeReverse(over) ? failed(over, NEVER_SENT) : over;
  }
}

/**
 * The pay call's "paid" is as old as the payment. A refund that a query has seen came after it, so it stays known: no
 * reverse may touch an order with a refund.
 */
const paidByReply = (order: Order, now: Timestamp): Order =>
  order.lastSeen === 'REFUND' ? { ...order, knownPaid: true } : seen(order, { tradeState: 'SUCCESS' }, now);

const leftNothing = (why: NoAnswer): boolean => why === 'not-sent' || why === 'server-not-trusted';
const isBeforeReverse = (order: Order): boolean => order.phase.name === 'paying' || order.phase.name === 'armed';

/**
 * A call has ended. It may have changed the order at WeChat Pay, so an earlier query result may be out of date, and so
 * may the query that is in flight.
 */
const callEnded = (order: Order): Pick<Order, 'seenSinceLastCall' | 'query'> => ({
  seenSinceLastCall: false,
  query: order.query.out === null ? order.query : { ...order.query, overtaken: true },
});

/** A query's answer. No response and a refusal leave what is known as it was. */
export function queryAnswered(order: Order, answer: QueryAnswer, now: Timestamp): Order {
  const back: Order = { ...order, query: { ...order.query, out: null, dueMonoMs: null, endedMonoMs: now.monoMs } };
  switch (answer.kind) {
    case 'seen':
      return isOthers(order, answer)
        ? othersOrder(afterAnswer(back), now)
        : seen(named(afterAnswer(back), answer), answer, now);
    case 'unknown-state':
      return isOthers(order, answer)
        ? othersOrder(afterAnswer(back), now)
        : namesUnknown(afterNoResponse(named(back, answer)), answer.name, now);
    case 'not-found':
      return notFound(afterAnswer(back), now);
    case 'refused': {
      if (isTooOften(answer.errCode)) return waitingLonger(askAgain(afterNoResponse(back), now), now);
      const cause = queryCause(answer.errCode);
      return cause === null
        ? askAgain(afterNoResponse(back), now)
        : blamed(afterNoResponse(back), cause, answer.errCode, now);
    }
    case 'no-answer':
      if (answer.why === 'too-often') return waitingLonger(askAgain(afterNoResponse(back), now), now);
      return blames(answer.why)
        ? blamed(afterNoResponse(back), noResponseCause(answer.why), null, now)
        : askAgain(afterNoResponse(back), now);
  }
}

/**
 * Whether the answer is about another order under our number: another till of this merchant may have drawn the same
 * number. Once that is known it stays so, because a state alone names no amount.
 */
function isOthers(order: Order, answer: Extract<QueryAnswer, { kind: 'seen' | 'unknown-state' }>): boolean {
  if (order.phase.name === 'attention' && order.phase.cause === 'other-order') return true;
  const refunds = answer.kind === 'seen' ? answer.refunds : undefined;
  const differs = (fen: number | null): boolean => fen !== null && order.amountFen !== null && fen !== order.amountFen;
  return differs(answer.amountFen) || (refunds?.kind === 'summed' && differs(refunds.totalFen));
}

/**
 * Another till's order: no answer about it proves anything of ours, and no reverse may touch it. A manager must look.
 */
function othersOrder(order: Order, now: Timestamp): Order {
  const { phase } = order;
  if (phase.name === 'settled' || phase.name === 'cancelled') return order;
  const known = phase.name === 'attention' && phase.cause === 'other-order';
  return known ? askAgain(order, now) : attention(order, 'other-order', null, now);
}

/**
 * A state that no document names proves nothing, however long it lasts. It is kept and shown, and in the end a manager
 * must look.
 */
function namesUnknown(order: Order, name: string, now: Timestamp): Order {
  const since = order.unknownState?.since ?? now;
  const next: Order = { ...order, unknownState: { name, since } };
  const { phase } = next;
  const isAtWork = isBeingReversed(next) || (phase.name === 'paying' && next.origin === 'taken');
  return isAtWork && now.monoMs - since.monoMs >= UNKNOWN_STATE_MAX_MS
    ? attention(next, 'unknown-state', name, now)
    : askAgain(next, now);
}

/** A reverse's answer to attempt `reverse.out`. No branch here says "cancelled": at most it asks for proof. */
export function reverseAnswered(order: Order, answer: ReverseAnswer, now: Timestamp): Order {
  const accepted = order.reverse.accepted || (answer.kind === 'accepted' && answer.recall === 'N');
  const back: Order = {
    ...order,
    ...callEnded(order),
    reverse: { ...order.reverse, out: null, accepted, ...summary(answer) },
  };
  if (back.phase.name !== 'reversing') {
    // A query came first: the order is proved already, or it is before a manager, where proof still helps.
    return back.phase.name === 'attention' && answer.kind === 'accepted' ? askNow(back, now) : back;
  }
  switch (answer.kind) {
    case 'accepted':
      return answer.recall === 'N' ? confirming(withoutBlame(back), now) : again(withoutBlame(back), now);
    case 'refused':
      return reverseRefused(back, answer.errCode, answer.recall === 'Y', now);
    case 'no-answer':
      if (answer.why === 'certificate-refused') return attention(back, 'certificate-refused', null, now);
      return blames(answer.why) ? blamed(again(back, now), noResponseCause(answer.why), null, now) : again(back, now);
    default:
      return unreachable(answer);
  }
}

function reverseRefused(order: Order, errCode: string, recall: boolean, now: Timestamp): Order {
  const action = reverseAction(errCode);
  switch (action.kind) {
    case 'again':
      return again(order, now);
    case 'confirm':
      return confirming(order, now);
    case 'again-a-few-times':
      return blamed(again(order, now), action.cause, errCode, now);
    case 'stop':
      // The two fields are independent. "Call again" is obeyed, but a series of such answers ends before a manager.
      return recall
        ? blamed(again(order, now), action.cause, errCode, now)
        : attention(order, action.cause, errCode, now);
  }
}

const summary = (answer: ReverseAnswer): Pick<Order['reverse'], 'recall' | 'lastResult'> => ({
  recall: answer.kind === 'no-answer' ? null : answer.recall,
  lastResult: answer.kind === 'accepted' ? 'SUCCESS' : answer.kind === 'refused' ? answer.errCode : answer.why,
});

const PROOFS = { CLOSED: 'closed', REVOKED: 'closed', REFUND: 'refunded' } as const;

/** A verified trade_state. If WeChat did not know the order a moment ago, its outcome is as unknown as any other's. */
function seen(
  order: Order,
  { tradeState: state, refunds }: Pick<Seen, 'tradeState' | 'refunds'>,
  now: Timestamp,
): Order {
  const next: Order = {
    ...order,
    lastSeen: state,
    seenSinceLastCall: !order.query.overtaken,
    unknownState: null,
    knownPaid: order.knownPaid || state === 'SUCCESS',
    refunds: state === 'REFUND' ? order.refunds : null,
    query: { ...order.query, refundAsks: state === 'REFUND' ? order.query.refundAsks : 0 },
    phase: order.phase.name === 'not-found' ? { name: 'paying' } : order.phase,
  };
  switch (state) {
    case 'CLOSED':
    case 'REVOKED':
      return proved(next, state, now);
    case 'REFUND':
      return refundSeen(next, refunds, now);
    case 'SUCCESS':
      return paid(next, now);
    case 'NOTPAY':
      return unpaid(next) ?? stillStanding(next, now);
    // With PAYERROR WeChat asks for a reverse, and some customers were charged in spite of it
    // (electron/wechat/README.md, "After a doubtful payment").
    case 'PAYERROR':
    case 'USERPAYING':
    case 'ACCEPT':
      return stillStanding(next, now);
  }
}

/**
 * Whether a reverse of ours explains REFUND if the order has no refund by number: one was accepted, or refused as done
 * already, and no query since has said that the order stands.
 */
const isOfOurReverse = ({ phase, reverse }: Order): boolean =>
  phase.name === 'confirming' ? phase.asks === 0 : reverse.accepted;

/**
 * "You may charge again": the refusal is one of those that certainly charge nobody, and a query agrees. Otherwise
 * `null`.
 */
const unpaid = (order: Order): Order | null =>
  order.phase.name === 'paying' && order.declined !== null && isSurelyUnpaid(order.declined)
    ? failed(order, order.declined)
    : null;

/**
 * REFUND. A refund of only a part, made elsewhere, also gives this state, and a reverse that was accepted may have done
 * nothing (electron/wechat/README.md, "Refund query"). So the sums of the refunds by number decide, whenever they are
 * known. Until then no reverse leaves: one order never gets both a reverse and a refund.
 */
function refundSeen(order: Order, refunds: RefundsAnswer | undefined, now: Timestamp): Order {
  const { phase, query, reverse, ourRefunds } = order;
  if (phase.name === 'settled' || phase.name === 'cancelled') return order;
  if (refunds?.kind === 'summed') {
    const { refundedFen, totalFen, takenFen } = refunds;
    const summed: Order = {
      ...order,
      knownPaid: true,
      refunds: { refundedFen, totalFen, ...(takenFen === undefined ? {} : { takenFen }) },
      query: { ...query, refundAsks: 0 },
    };
    // Of our own refunds it is known whether they arrived; one that is on its way may still come back.
    if (refundedFen >= totalFen && totalFen > 0 && ourRefunds.every(hasArrived))
      return proved({ ...summed, refunds: null }, 'REFUND', now);
    if (phase.name === 'paid') return summed;
    return phase.name === 'attention' && (phase.cause === 'partly-refunded' || hasRefund(order))
      ? askAgain(summed, now)
      : attention(summed, 'partly-refunded', null, now);
  }
  if (refunds?.kind === 'not-found' && isOfOurReverse(order)) return proved(order, 'REFUND', now);
  // The order has no refund by number, and a reply to a reverse of ours was lost, or a query did not show its effect yet.
  // So our reverse sent the money back, and calling it again will say so.
  if (refunds?.kind === 'not-found' && reverse.count > 0) {
    const next: Order = { ...order, query: { ...query, refundAsks: 0 } };
    return phase.name === 'confirming' ? reverseOnceMore(next, now) : stillStanding(next, now);
  }
  const asks = query.refundAsks + 1;
  const asked: Order = { ...order, query: { ...query, refundAsks: asks } };
  if (phase.name === 'paid' || phase.name === 'attention') return askAgain(asked, now);
  return asks >= REFUND_ASKS_MAX ? attention(asked, 'partly-refunded', null, now) : askAboutRefunds(asked, now);
}

function proved(order: Order, proof: keyof typeof PROOFS, now: Timestamp): Order {
  if (order.phase.name === 'settled' || order.phase.name === 'cancelled') return order;
  // A paid order cannot be closed as unpaid. A person should look before the screen says anything about it.
  if (proof === 'CLOSED' && order.knownPaid) {
    return order.phase.name === 'attention' ? order : attention(order, 'contradiction', proof, now);
  }
  const outcome = order.knownPaid ? 'refunded' : PROOFS[proof];
  return { ...order, phase: { name: 'cancelled', outcome, proof }, query: { ...order.query, dueMonoMs: null } };
}

function paid(order: Order, now: Timestamp): Order {
  const { phase } = order;
  switch (phase.name) {
    case 'paying':
    case 'failed':
      return { ...order, phase: { name: 'paid' }, query: { ...order.query, dueMonoMs: null } };
    case 'armed':
      return askAgain(phase.evenIfPaid ? order : choosing(order, phase.by, now), now);
    default:
      return stillStanding(order, now);
  }
}

const choosing = (order: Order, by: 'cashier' | 'manager' | 'technician', now: Timestamp): Order => ({
  ...order,
  phase: { name: 'choosing', by, sinceMonoMs: now.monoMs },
});

/** WeChat says that the order is neither cancelled nor closed. Then a reverse that it accepted may have done nothing. */
function stillStanding(order: Order, now: Timestamp): Order {
  const next: Order = { ...order, reverse: { ...order.reverse, accepted: false } };
  if (next.phase.name !== 'confirming') return askAgain(next, now);
  const asks = next.phase.asks + 1;
  return asks < CONFIRM_ASKS_MAX
    ? askAgain({ ...next, phase: { name: 'confirming', asks } }, now)
    : reverseOnceMore(next, now);
}

/** After an accepted reverse that queries do not confirm. A series of them ends before a manager. */
function reverseOnceMore(order: Order, now: Timestamp): Order {
  const contradictions = order.reverse.contradictions + 1;
  const contradicted: Order = { ...order, reverse: { ...order.reverse, contradictions } };
  return contradictions >= CONTRADICTIONS_MAX
    ? attention(contradicted, 'contradiction', order.lastSeen, now)
    : { ...contradicted, phase: { name: 'reversing', dueMonoMs: now.monoMs } };
}

function notFound(order: Order, now: Timestamp): Order {
  const missing = order.query.notFound + 1;
  const next: Order = {
    ...order,
    lastSeen: 'NOTFOUND',
    seenSinceLastCall: !order.query.overtaken,
    unknownState: null,
    query: { ...order.query, notFound: missing },
  };
  switch (next.phase.name) {
    case 'paying':
      if (next.origin === 'taken') return unpaid(next) ?? askAgain(next, now);
      return { ...next, phase: { name: 'not-found' } };
    case 'reversing':
    case 'confirming':
      return missing >= NOT_FOUND_MAX ? attention(next, 'order-not-found', null, now) : askAgain(next, now);
    default:
      return askAgain(next, now);
  }
}

/** A verified answer came. A query that goes through does not lift the blame that a reverse brought on. */
const afterAnswer = (order: Order): Order => ({
  ...order,
  query: { ...order.query, silences: 0 },
  reverse: isBeingReversed(order) ? order.reverse : withoutBlame(order).reverse,
});

/** No answer that counts came, so a series of "no such order" ends as well. */
const afterNoResponse = (order: Order): Order => ({
  ...order,
  query: { ...order.query, silences: order.query.silences + 1, notFound: 0 },
});

/**
 * Takes over the numbers and the amount from the answer if they were unknown. While a reverse may still leave, an order
 * number counts only together with the transaction_id that the query named. Without it only the connection shows whose
 * number it is, and the next reverse would use it.
 */
function named(order: Order, answer: Extract<QueryAnswer, { kind: 'seen' | 'unknown-state' }>): Order {
  const isProof = answer.kind === 'seen' && answer.tradeState in PROOFS;
  return {
    ...order,
    outTradeNo: order.outTradeNo ?? (answer.transactionId === null && !isProof ? null : answer.outTradeNo),
    transactionId: order.transactionId ?? answer.transactionId,
    amountFen: order.amountFen ?? answer.amountFen,
    query: { ...order.query, notFound: 0 },
  };
}
