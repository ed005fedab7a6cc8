/**
 * What the gateway's answers do to an order. Pure. The rule above all others (protocol notes, 2): a cancel is proved
 * by a query that says REVOKED, CLOSED or REFUND, and by nothing else.
 */
import { unreachable } from '../../shared/result.ts';
import type { NoAnswer, TradeState } from '../../shared/order.ts';
import {
  CONFIRM_ASKS_MAX,
  CONTRADICTIONS_MAX,
  NOT_FOUND_MAX,
} from '../../shared/timing.ts';
import type { Reading } from '../base/clock.ts';
import type { PayAnswer, QueryAnswer, ReverseAnswer } from '../wechat/answers.ts';
import { queryCause, reverseAction } from '../wechat/error-codes.ts';
import { again, askAgain, askNow, attention, blamed, blames, confirming, failed, NEVER_SENT, silenceCause, tried } from './moves.ts';
import type { Order } from './order.ts';

/** The pay call's answer, whenever it comes: a late one still counts as evidence. */
export function payAnswered(order: Order, answer: PayAnswer, now: Reading): Order {
  const neverLeft = order.payCall.state === 'leaving';
  const over: Order = {
    ...order,
    payCall: { ...order.payCall, at: neverLeft ? now : order.payCall.at, state: 'over' },
  };
  switch (answer.kind) {
    case 'paid':
      return seen({ ...over, transactionId: answer.transactionId }, 'SUCCESS', now);
    case 'declined':
      return askNow({ ...over, declined: answer.errCode }, now);
    case 'in-doubt':
      return { ...over, lastSeen: answer.errCode === 'USERPAYING' ? 'USERPAYING' : over.lastSeen };
    case 'no-answer':
      return neverLeft && leftNothing(answer.why) && isBeforeReverse(over) ? failed(over, NEVER_SENT) : over;
  }
}

const leftNothing = (why: NoAnswer): boolean => why === 'not-sent' || why === 'server-not-trusted';
const isBeforeReverse = (order: Order): boolean => order.phase.name === 'paying' || order.phase.name === 'armed';

/** A query's answer. Silence and refusals leave what is known as it was. */
export function queryAnswered(order: Order, answer: QueryAnswer, now: Reading): Order {
  const back: Order = { ...order, query: { ...order.query, out: null, dueMonoMs: null, endedMonoMs: now.monoMs } };
  switch (answer.kind) {
    case 'seen':
      return seen(named(heard(back), answer), answer.tradeState, now);
    case 'not-found':
      return notFound(heard(back), now);
    case 'refused': {
      const cause = queryCause(answer.errCode);
      return cause === null ? askAgain(silenced(back), now) : blamed(silenced(back), cause, answer.errCode, now);
    }
    case 'no-answer':
      return blames(answer.why)
        ? blamed(silenced(back), silenceCause(answer.why), null, now)
        : askAgain(silenced(back), now);
  }
}

/** A reverse's answer to attempt `reverse.out`. Nothing here says "cancelled": the most it does is ask for proof. */
export function reverseAnswered(order: Order, answer: ReverseAnswer, now: Reading): Order {
  const back: Order = { ...order, reverse: { ...order.reverse, out: null, ...summary(answer) } };
  if (back.phase.name !== 'reversing') {
    // Overtaken by a query: either proved already, or before a manager, where proof would still be welcome.
    return back.phase.name === 'attention' && answer.kind === 'accepted' ? askNow(back, now) : back;
  }
  switch (answer.kind) {
    case 'accepted':
      return answer.recall === 'N' ? confirming(withoutRefusals(back), now) : again(withoutRefusals(back), now);
    case 'refused':
      return reverseRefused(back, answer.errCode, answer.recall === 'Y', now);
    case 'no-answer':
      if (answer.why === 'certificate-refused') return attention(back, 'certificate-refused', null, now);
      return blames(answer.why) ? blamed(again(back, now), silenceCause(answer.why), null, now) : again(back, now);
    default:
      return unreachable(answer);
  }
}

function reverseRefused(order: Order, errCode: string, recall: boolean, now: Reading): Order {
  const action = reverseAction(errCode);
  switch (action.kind) {
    case 'again':
      return again(order, now);
    case 'confirm':
      return confirming(order, now);
    case 'again-a-few-times':
      return blamed(again(order, now), action.cause, errCode, now);
    case 'stop':
      // The two fields are independent: "call again" is obeyed, but a row of such answers ends with a manager.
      return recall ? blamed(again(order, now), action.cause, errCode, now) : attention(order, action.cause, errCode, now);
  }
}

const summary = (answer: ReverseAnswer): Pick<Order['reverse'], 'recall' | 'lastResult'> => ({
  recall: answer.kind === 'no-answer' ? null : answer.recall,
  lastResult: answer.kind === 'accepted' ? 'SUCCESS' : answer.kind === 'refused' ? answer.errCode : answer.why,
});

const PROOFS = { CLOSED: 'closed', REVOKED: 'closed', REFUND: 'refunded' } as const;

/** A verified trade_state. An order that WeChat did not know a moment ago is in doubt like any other. */
function seen(order: Order, state: TradeState, now: Reading): Order {
  const next: Order = {
    ...order,
    lastSeen: state,
    knownPaid: order.knownPaid || state === 'SUCCESS',
    phase: order.phase.name === 'not-found' ? { name: 'paying' } : order.phase,
  };
  switch (state) {
    case 'CLOSED':
    case 'REVOKED':
    case 'REFUND':
      return proved(next, state, now);
    case 'SUCCESS':
      return paid(next, now);
    case 'PAYERROR':
      return next.phase.name === 'paying' ? failed(next, next.declined ?? state) : stillStanding(next, now);
    case 'NOTPAY':
      return next.phase.name === 'paying' && next.declined !== null
        ? failed(next, next.declined)
        : stillStanding(next, now);
    case 'USERPAYING':
    case 'ACCEPT':
      return stillStanding(next, now);
  }
}

function proved(order: Order, proof: keyof typeof PROOFS, now: Reading): Order {
  if (order.phase.name === 'settled' || order.phase.name === 'cancelled') return order;
  // An order that was paid cannot be closed as unpaid; somebody should look before anyone is told a story.
  if (proof === 'CLOSED' && order.knownPaid) {
    return order.phase.name === 'attention' ? order : attention(order, 'contradiction', proof, now);
  }
  const outcome = order.knownPaid ? 'refunded' : PROOFS[proof];
  return { ...order, phase: { name: 'cancelled', outcome, proof }, query: { ...order.query, dueMonoMs: null } };
}

function paid(order: Order, now: Reading): Order {
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

const choosing = (order: Order, by: 'cashier' | 'manager' | 'technician', now: Reading): Order => ({
  ...order,
  phase: { name: 'choosing', by, sinceMonoMs: now.monoMs },
});

/** WeChat says that the order is neither cancelled nor closed. */
function stillStanding(order: Order, now: Reading): Order {
  if (order.phase.name !== 'confirming') return askAgain(order, now);
  const asks = order.phase.asks + 1;
  if (asks < CONFIRM_ASKS_MAX) return askAgain({ ...order, phase: { name: 'confirming', asks } }, now);
  const contradictions = order.reverse.contradictions + 1;
  const contradicted = { ...order, reverse: { ...order.reverse, contradictions } };
  return contradictions >= CONTRADICTIONS_MAX
    ? attention(contradicted, 'contradiction', order.lastSeen, now)
    : { ...contradicted, phase: { name: 'reversing', dueMonoMs: now.monoMs } };
}

function notFound(order: Order, now: Reading): Order {
  const missing = order.query.notFound + 1;
  const next: Order = { ...order, lastSeen: 'NOTFOUND', query: { ...order.query, notFound: missing } };
  switch (next.phase.name) {
    case 'paying':
      if (next.declined !== null) return failed(next, next.declined);
      return next.origin === 'entered' ? { ...next, phase: { name: 'not-found' } } : askAgain(next, now);
    case 'reversing':
    case 'confirming':
      return missing >= NOT_FOUND_MAX ? attention(next, 'order-not-found', null, now) : askAgain(next, now);
    default:
      return askAgain(next, now);
  }
}

/** A verified answer came. Blame that a reverse brought on is not lifted by a query that goes through. */
const heard = (order: Order): Order => ({
  ...order,
  query: { ...order.query, silences: 0 },
  reverse: tried(order) ? order.reverse : { ...order.reverse, refusals: 0 },
});

/** Nothing that counts came, so a row of "no such order" is broken too. */
const silenced = (order: Order): Order => ({
  ...order,
  query: { ...order.query, silences: order.query.silences + 1, notFound: 0 },
});

const withoutRefusals = (order: Order): Order => ({ ...order, reverse: { ...order.reverse, refusals: 0 } });

/**
 * Takes in the numbers and the amount that the answer brings, where they were not known. While a reverse may still leave,
 * an order number counts only beside the transaction_id that was asked for: without it nothing but the connection says
 * whose it is, and the next reverse would go by it.
 */
function named(order: Order, answer: Extract<QueryAnswer, { kind: 'seen' }>): Order {
  return {
    ...order,
    outTradeNo: order.outTradeNo ?? (answer.transactionId === null && !(answer.tradeState in PROOFS) ? null : answer.outTradeNo),
    transactionId: order.transactionId ?? answer.transactionId,
    amountFen: order.amountFen ?? answer.amountFen,
    query: { ...order.query, notFound: 0 },
  };
}
