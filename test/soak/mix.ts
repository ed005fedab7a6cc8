/**
 * Which troubles the cancels of a soak meet, how often, and how each must end: at the terminal and in the gateway's
 * book.
 */
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { fraction } from '../../electron/orders/machine/backoff.ts';
import type { PaidElsewhere } from './practice-peer.ts';

/** `refunded` or `closed`, by the order's state; or before a manager, with that cause and the money unchanged. */
type Ending = 'cancelled' | 'contradiction' | 'expired' | 'signature';

interface Share {
  readonly scenario: Scenario;
  readonly ending: Ending;
  /** How many reverses it takes if every answer arrives. */
  readonly reverses: number;
  /** Per thousand. */
  readonly share: number;
}

/**
 * `slow`, `paid-late`, `needs-password` and similar scenarios are left out. They take real seconds of the gateway, or
 * happen at the pay call, which these orders already have behind them.
 */
export const MIX: readonly Share[] = [
  { scenario: 'paid', ending: 'cancelled', reverses: 1, share: 560 },
  { scenario: 'recall-twice', ending: 'cancelled', reverses: 3, share: 120 },
  { scenario: 'system-error', ending: 'cancelled', reverses: 3, share: 100 },
  // A query would prove it before the second reverse, but the wait is shorter here than the time for a new connection.
  { scenario: 'cut-after', ending: 'cancelled', reverses: 2, share: 60 },
  { scenario: 'cut-before', ending: 'cancelled', reverses: 3, share: 40 },
  { scenario: 'garbage', ending: 'cancelled', reverses: 3, share: 60 },
  { scenario: 'wrong-order', ending: 'cancelled', reverses: 1, share: 20 },
  { scenario: 'charged-silently', ending: 'cancelled', reverses: 1, share: 5 },
  { scenario: 'expired', ending: 'expired', reverses: 1, share: 15 },
  { scenario: 'sign-error', ending: 'signature', reverses: 1, share: 10 },
  // As many as fit into five minutes of blame, by the waits between attempts (REFUSALS_SPAN_MS); the jitter decides, 8
  // to 14.
  { scenario: 'wrong-key', ending: 'signature', reverses: 14, share: 5 },
  { scenario: 'reverse-lies', ending: 'contradiction', reverses: 2, share: 5 },
];

export interface Planned extends PaidElsewhere {
  readonly ending: Ending;
  readonly reverses: number;
  /** Entered only by WeChat's own number. */
  readonly byTransactionId: boolean;
}

/** The `nth` cancel of the soak with this seed: always the same. */
export function planned(nth: number, seed: number): Planned {
  const draw = (what: string): number => fraction(`${String(seed)}/${String(nth)}/${what}`);
  const { scenario, ending, reverses } = pick(draw('scenario') * 1_000);
  return {
    outTradeNo: `soak-${String(seed)}-${String(nth)}`,
    transactionId: `4${String(seed).padStart(13, '0')}${String(nth).padStart(14, '0')}`,
    state: draw('state') < 0.5 ? 'SUCCESS' : 'NOTPAY',
    scenario,
    ending,
    reverses,
    // A reply about an unpaid order names only out_trade_no, so a caller that asked by the other number cannot know
    // whose it is.
    byTransactionId: scenario !== 'wrong-order' && draw('number') < 0.1,
  };
}

function pick(at: number): Share {
  let left = at;
  for (const share of MIX) {
    left -= share.share;
    if (left < 0) return share;
  }
  throw new Error('the shares do not make a thousand');
}
