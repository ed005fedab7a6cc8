/**
 * What each scenario of shared/scenarios.ts does, as data and pure decisions. What is sent over the network, and how,
 * is the server's business.
 */
import type { Scenario } from '../../shared/scenarios.ts';

/** `slow`: each answer takes this long. */
const SLOW_ANSWER_MS = 3_000;
/** `paid-late`: the customer is charged this long after the pay request. */
const LATE_CHARGE_MS = 6_000;
/** `needs-password`: the customer types for this long. */
const PASSWORD_MS = 8_000;

/** How the pay call is answered. */
export type PayReply = 'paid' | 'hang' | 'needs-password' | 'declined';

/** When the customer is charged: ms after the pay request, or when the first reverse arrives. */
type Charge = number | 'never' | 'with-first-reverse';

export interface PayDecision {
  readonly reply: PayReply;
  /** ms after the pay request; `null`: not by itself. */
  readonly chargeDueMs: number | null;
  /** Afterwards the main domain refuses connections. */
  readonly thenPrimaryDown: boolean;
}

/** How a query is answered: as things stand, not at all, or with somebody else's order in that state. */
export type QueryDecision = 'properly' | 'hang' | { readonly strangerIn: 'SUCCESS' | 'REVOKED' };

/** How a reverse is answered. Each kind says on the wire what it says here. */
export type ReverseReply =
  | { readonly kind: 'accepted'; readonly recall: 'Y' | 'N' }
  | { readonly kind: 'refused'; readonly errCode: 'SYSTEMERROR' | 'REVERSE_EXPIRE' | 'SIGNERROR'; readonly recall: 'Y' | 'N' }
  | { readonly kind: 'cut' } // the connection ends without a reply
  | { readonly kind: 'error-page' } // a proxy's HTML
  | { readonly kind: 'half-xml' }
  | { readonly kind: 'forged' }; // signed with another key

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
};

/** The answer to the pay call, and what becomes of the money. */
export function decidePay(scenario: Scenario): PayDecision {
  const [reply, charge] = PAY[scenario];
  return {
    reply,
    chargeDueMs: typeof charge === 'number' ? charge : null,
    thenPrimaryDown: scenario === 'primary-down',
  };
}

/** The answer to the `nth` (1, 2, ...) query of an order that has seen `reverses` reverses. */
export function decideQuery(scenario: Scenario, nth: number, reverses: number): QueryDecision {
  if (scenario === 'charged-silently' && reverses === 0) return 'hang';
  // One of them would pass for "paid", the other for "cancelled", if the order number were not compared.
  if (scenario === 'wrong-order' && nth === 1) return { strangerIn: 'SUCCESS' };
  if (scenario === 'wrong-order' && nth === 2) return { strangerIn: 'REVOKED' };
  return 'properly';
}

const ACCEPTED: ReverseReply = { kind: 'accepted', recall: 'N' };

/** The answer to the `nth` (1, 2, ...) reverse of an order, those sent too early not counted. */
export function decideReverse(scenario: Scenario, nth: number): ReverseDecision {
  const deed = deedOf(scenario, nth);
  return { chargesFirst: PAY[scenario][1] === 'with-first-reverse' && nth === 1, ...deed };
}

function deedOf(scenario: Scenario, nth: number): Pick<ReverseDecision, 'acts' | 'reply'> {
  switch (scenario) {
    case 'recall-twice':
      // SUCCESS with recall=Y: a client that reads result_code alone stops here with nothing voided.
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
      // Somebody in between answers in the gateway's place, so the gateway never hears of it.
      return { acts: false, reply: { kind: 'forged' } };
    default:
      break;
  }
  return { acts: true, reply: ACCEPTED };
}

/** How long every answer about an order (or, before there is one, to the terminal) is held back, in ms. */
export const answerDelayMs = (scenario: Scenario): number => (scenario === 'slow' ? SLOW_ANSWER_MS : 0);
