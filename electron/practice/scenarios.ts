/**
 * What each scenario of shared/practice/scenarios.ts does, as data and pure decisions. The server decides what is sent over the
 * network, and how.
 */
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { Fields } from '../wechat/sign.ts';

/** `slow`: each answer takes this long. */
const SLOW_ANSWER_MS = 3_000;
/**
 * `paid-late`: the customer is charged this long after the pay request. Whoever practises has read by then what to tap,
 * and the last look before the reverse still finds it.
 */
const LATE_CHARGE_MS = 12_000;
/** `needs-password`: the customer types for this long: a cancel can be taken back until it would have left. */
const PASSWORD_MS = 16_000;
/** `busy`: for this long after the pay request. Five minutes of answers that blame us would go to a manager. */
const BUSY_MS = 6 * 60_000;

/** A refund reaches the customer this long after it was accepted: soon, so that whoever practises sees both states. */
const REFUND_ARRIVES_MS = 30_000;
/** `refund-slow`: past the minutes in which a till asks often. */
const SLOW_REFUND_MS = 10 * 60_000;

/** How the pay call is answered. */
export type PayReply = 'paid' | 'hang' | 'needs-password' | 'declined' | 'trade-error' | 'number-used';

/**
 * When the customer is charged: ms after the pay request, or when the first reverse arrives. `anotherTillsFen`: never,
 * because another till of the merchant was paid under this number before, with this many fen more than this payment.
 */
type Charge = number | 'never' | 'with-first-reverse' | { readonly anotherTillsFen: number };

export interface PayDecision {
  readonly reply: PayReply;
  /** ms after the pay request; `null`: not by itself. */
  readonly chargeDueMs: number | null;
  /**
   * The number is another till's: how many fen more it was paid than this payment; `null` if the number is this
   * payment's.
   */
  readonly anotherTillsFen: number | null;
  /** Afterwards the main domain refuses connections. */
  readonly thenPrimaryDown: boolean;
}

/**
 * How a query is answered: truthfully, not at all, in another merchant's name, with another till's order in that state,
 * with these fields over the order's own, or with an unsigned FAIL of that text.
 */
export type QueryDecision =
  | 'properly'
  | 'hang'
  | 'foreign'
  | { readonly strangerIn: 'SUCCESS' | 'REVOKED' }
  | { readonly shows: Fields }
  | { readonly unsigned: string };

/** How a reverse is answered. Each kind is named after what it says on the wire. */
export type ReverseReply =
  | { readonly kind: 'accepted'; readonly recall: 'Y' | 'N' }
  | {
      readonly kind: 'refused';
      readonly errCode: 'SYSTEMERROR' | 'REVERSE_EXPIRE' | 'SIGNERROR';
      readonly recall: 'Y' | 'N';
    }
  | { readonly kind: 'cut' } // the connection ends without a reply
  | { readonly kind: 'error-page' } // a proxy's HTML page
  | { readonly kind: 'half-xml' }
  | { readonly kind: 'forged' } // signed with another key
  | { readonly kind: 'foreign' } // in another merchant's name
  | { readonly kind: 'unsigned'; readonly text: string }; // return_code FAIL

export interface ReverseDecision {
  /** The customer is charged at this very moment, before anything else. */
  readonly chargesFirst: boolean;
  /** Whether the order really is voided. */
  readonly acts: boolean;
  readonly reply: ReverseReply;
}

const PAY: Readonly<Record<Scenario, readonly [PayReply, Charge]>> = {
  paid: ['paid', 0],
  'paid-late': ['hang', LATE_CHARGE_MS],
  'needs-password': ['needs-password', PASSWORD_MS],
  declined: ['declined', 'never'],
  'never-answers': ['hang', 'never'],
  'charged-silently': ['hang', 0],
  'recall-twice': ['hang', 'never'],
  'system-error': ['hang', 'with-first-reverse'],
  expired: ['hang', 'never'],
  'sign-error': ['hang', 'never'],
  'reverse-lies': ['hang', 0],
  'primary-down': ['hang', 'never'],
  'cut-before': ['hang', 'never'],
  'cut-after': ['hang', 0],
  slow: ['paid', 0],
  garbage: ['hang', 'never'],
  'wrong-key': ['hang', 'never'],
  'wrong-order': ['hang', 'never'],
  revoked: ['hang', 'never'],
  'revoked-paid': ['hang', 'with-first-reverse'],
  'refunded-elsewhere': ['hang', LATE_CHARGE_MS],
  'partly-refunded': ['hang', LATE_CHARGE_MS],
  'pay-error': ['trade-error', 'with-first-reverse'],
  nopay: ['hang', 'never'],
  'unknown-state': ['hang', 'never'],
  busy: ['hang', 'never'],
  'wrong-merchant': ['hang', 'never'],
  'other-amount': ['hang', { anotherTillsFen: 1 }],
  'number-used': ['number-used', { anotherTillsFen: 0 }],
  'bill-late': ['paid', 0],
  'bill-stranger': ['paid', 0],
  'refund-stuck': ['paid', 0],
  'refund-fails': ['paid', 0],
  'refund-retry': ['paid', 0],
  'refund-no-balance': ['paid', 0],
  'refund-lost': ['paid', 0],
  'refund-slow': ['paid', 0],
};

/** The answer to the pay call, and what becomes of the money. */
export function decidePay(scenario: Scenario): PayDecision {
  const [reply, charge] = PAY[scenario];
  return {
    reply,
    chargeDueMs: typeof charge === 'number' ? charge : null,
    anotherTillsFen: typeof charge === 'object' ? charge.anotherTillsFen : null,
    thenPrimaryDown: scenario === 'primary-down',
  };
}

/**
 * The state of an order when a query or reverse of it arrives: the `nth` (1, 2, ...) of its kind, `sincePayMs` after
 * the pay request.
 */
export interface Standing {
  readonly nth: number;
  readonly sincePayMs: number;
}

/** The answer to a query of an order that has received `reverses` reverses. */
export function decideQuery(scenario: Scenario, at: Standing, reverses: number): QueryDecision {
  switch (scenario) {
    case 'charged-silently':
      return reverses === 0 ? 'hang' : 'properly';
    case 'wrong-order':
      // If the order number were not compared, one of them would look like "paid", the other like "cancelled".
      if (at.nth === 1) return { strangerIn: 'SUCCESS' };
      return at.nth === 2 ? { strangerIn: 'REVOKED' } : 'properly';
    case 'nopay':
      return reverses === 0
        ? { shows: { trade_state: 'NOPAY', trade_state_desc: '未支付，确认支付超时', clearing_stage: '0' } }
        : 'properly';
    case 'unknown-state':
      return { shows: { trade_state: 'LOCKED', trade_state_desc: '已锁定' } };
    case 'busy':
      return at.sincePayMs < BUSY_MS ? { unsigned: busyText(at.nth) } : 'properly';
    case 'wrong-merchant':
      return 'foreign';
    default:
      return 'properly';
  }
}

const busyText = (nth: number): string => (nth % 2 === 1 ? 'SYSTEMERROR 系统繁忙，请稍后再试' : '频率限制');

/**
 * The state with which a query proves that an order was voided, if it is not the usual one of its kind; otherwise
 * `null`.
 */
export const voidedAs = (scenario: Scenario): 'REVOKED' | null =>
  scenario === 'revoked' || scenario === 'revoked-paid' ? 'REVOKED' : null;

/**
 * How much of a charge of `fen` goes back in the merchant platform as soon as it is made, in fen; 0 if nothing does.
 */
export function refundedElsewhereFen(scenario: Scenario, fen: number): number {
  if (scenario === 'refunded-elsewhere') return fen;
  return scenario === 'partly-refunded' ? Math.ceil(fen / 2) : 0;
}

const ACCEPTED: ReverseReply = { kind: 'accepted', recall: 'N' };

/** The answer to a reverse of an order; `nth` does not count those sent too early. */
export function decideReverse(scenario: Scenario, at: Standing): ReverseDecision {
  const deed = deedOf(scenario, at);
  return { chargesFirst: PAY[scenario][1] === 'with-first-reverse' && at.nth === 1, ...deed };
}

function deedOf(scenario: Scenario, { nth, sincePayMs }: Standing): Pick<ReverseDecision, 'acts' | 'reply'> {
  switch (scenario) {
    case 'recall-twice':
      // SUCCESS with recall=Y: a client that reads only result_code stops here, although nothing was voided.
      if (nth <= 2) return { acts: false, reply: { kind: 'accepted', recall: 'Y' } };
      break;
    case 'system-error':
      if (nth <= 2) return { acts: false, reply: { kind: 'refused', errCode: 'SYSTEMERROR', recall: 'Y' } };
      break;
    case 'expired':
      return { acts: false, reply: { kind: 'refused', errCode: 'REVERSE_EXPIRE', recall: 'N' } };
    case 'sign-error':
      return { acts: false, reply: { kind: 'refused', errCode: 'SIGNERROR', recall: 'N' } };
    case 'reverse-lies':
      return { acts: false, reply: ACCEPTED };
    case 'cut-before':
      if (nth <= 2) return { acts: false, reply: { kind: 'cut' } };
      break;
    case 'cut-after':
      if (nth === 1) return { acts: true, reply: { kind: 'cut' } };
      break;
    case 'garbage':
      if (nth === 1) return { acts: false, reply: { kind: 'error-page' } };
      if (nth === 2) return { acts: false, reply: { kind: 'half-xml' } };
      break;
    case 'wrong-key':
      // A proxy answers in place of the gateway, so the gateway never receives it.
      return { acts: false, reply: { kind: 'forged' } };
    case 'wrong-merchant':
      return { acts: false, reply: { kind: 'foreign' } };
    case 'busy':
      if (sincePayMs < BUSY_MS) return { acts: false, reply: { kind: 'unsigned', text: busyText(nth) } };
      break;
    default:
      break;
  }
  return { acts: true, reply: ACCEPTED };
}

/** What becomes of an accepted refund, and how long after that, in ms. */
export interface RefundCourse {
  readonly afterMs: number;
  readonly status: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
}

/** How a refund is answered that the order has money left for. */
export type RefundDecision =
  | { readonly kind: 'accepted'; readonly course: RefundCourse }
  | { readonly kind: 'lost'; readonly course: RefundCourse } // accepted, and the answer never comes
  | { readonly kind: 'refused'; readonly errCode: 'BIZERR_NEED_RETRY' | 'NOTENOUGH' };

const ARRIVES: RefundCourse = { afterMs: REFUND_ARRIVES_MS, status: 'SUCCESS' };

/** The answer to the `nth` (1, 2, ...) request for a refund of an order, those for numbers it has not counted. */
export function decideRefund(scenario: Scenario, nth: number): RefundDecision {
  switch (scenario) {
    case 'refund-stuck':
      return { kind: 'accepted', course: { ...ARRIVES, status: 'CHANGE' } };
    case 'refund-fails':
      return { kind: 'accepted', course: { ...ARRIVES, status: 'REFUNDCLOSE' } };
    case 'refund-slow':
      return { kind: 'accepted', course: { ...ARRIVES, afterMs: SLOW_REFUND_MS } };
    case 'refund-retry':
      if (nth <= 2) return { kind: 'refused', errCode: 'BIZERR_NEED_RETRY' };
      break;
    case 'refund-no-balance':
      if (nth === 1) return { kind: 'refused', errCode: 'NOTENOUGH' };
      break;
    case 'refund-lost':
      if (nth === 1) return { kind: 'lost', course: ARRIVES };
      break;
    default:
      break;
  }
  return { kind: 'accepted', course: ARRIVES };
}

/** How long every answer about an order (or, before there is one, to the terminal) is delayed, in ms. */
export const answerDelayMs = (scenario: Scenario): number => (scenario === 'slow' ? SLOW_ANSWER_MS : 0);
