/**
 * What can go wrong in a life, by place. In swarm style each life switches on its own subset of faults, each kind at
 * its own rate, so that rare combinations meet; some lives have no faults at all.
 */
import type { Choices } from './choices.ts';

/** What may happen to a call on its way, whatever its purpose. */
export const WAY_FAULTS = [
  'refused',
  'no-dns',
  'server-not-trusted',
  'reset-before-request',
  'reset-after-request', // the gateway never read it
  'reset-before-reply', // the gateway has acted
  'reset-in-reply',
  'request-lost',
  'reply-lost',
  'acts-after-deadline',
  'slow',
  'replies-at-the-deadline', // a few ms before it
  'bad-gateway', // a proxy's 502; nothing reached the gateway
  'bad-gateway-after', // a proxy's 502, after the gateway has acted
  'login-page', // somebody's HTML with status 200
  'truncated',
  'empty',
  'oversized',
  'field-twice',
  'wrong-sign',
  'no-sign',
  'md5-for-hmac',
  'other-key',
  'other-merchant',
  'unsigned-fail',
  'certificate-refused',
  'unsigned-busy',
  'unsigned-too-often',
  'sub-left-out', // a reply without sub_mch_id, which the documents do not demand
] as const;

/** What may happen to a connection before anything is sent on it, independent of what happens later. */
export const CONNECT_FAULTS = [
  'connects-slowly', // up to the whole of the connect time-out
  'connects-in-vain', // and beyond it
] as const;

/** What the gateway may do with a reverse. `acted`: and yet it voided the order. */
export const REVERSE_FAULTS = [
  'recall-y',
  'recall-y-acted',
  'recall-missing',
  'system-error',
  'system-error-acted',
  'accepted-in-vain', // SUCCESS, recall=N, and nothing voided
  'reverse-user-paying',
  'reverse-expire',
  'reverse-sign-error',
  'reverse-param-error',
  'reverse-invalid-request',
  'reverse-trade-error',
  'reverse-invalid-id',
  'reverse-unheard-of',
  'reverse-refused-recall-y',
] as const;

export const QUERY_FAULTS = [
  'query-system-error',
  'query-lags', // the state of a few seconds ago
  'query-not-exist', // a replica that has not heard of the order yet
  'query-sign-error',
  'query-of-another', // signed, and about somebody else's order
  'query-no-pay', // NOTPAY by the name of older documents
  'query-unknown-state', // for a while WeChat names a state that nobody knows
  'query-unknown-fields',
] as const;

export const PAY_FAULTS = [
  'pay-system-error',
  'pay-user-paying',
  'pay-declined', // by a code that surely charges nobody
  'pay-refused-yet-charged', // NOTENOUGH and its like: now and then the payment goes on to another source
  'pay-error', // PAYERROR, behind which some were charged
  'pay-unanswered',
  'pay-charged-late',
  'pay-number-used', // another till of this merchant has used the number, and WeChat says so
  'pay-number-used-unheard', // and nobody hears it
] as const;

/** What somebody does to a paid order in the merchant platform before this terminal cancels it. */
export const ELSEWHERE_FAULTS = ['refunded-elsewhere', 'part-refunded-elsewhere', 'refund-stuck-elsewhere'] as const;

export const REFUND_QUERY_FAULTS = ['refundquery-system-error', 'refundquery-not-exist'] as const;

/** What the gateway may do with a refund request. */
export const REFUND_FAULTS = [
  'refund-system-error',
  'refund-system-error-accepted',
  'refund-shown-late', // accepted, nobody hears it, and refundquery knows it only minutes later
  'refund-need-retry',
  'refund-not-enough',
  'refund-too-often',
  'refund-error', // ERROR: only its text says why
  'refund-customer-account',
  'refund-sign-error',
  'refund-closes', // accepted, and closed later
  'refund-sticks', // accepted, and CHANGE later
] as const;

/** Not faults: the words that the gateway used for an order, so that the report shows that each occurred. */
export const SAID = [
  'said-revoked-of-paid',
  'said-revoked-of-unpaid',
  'said-closed',
  'said-refund-of-whole',
  'said-refund-of-part',
  'said-refund-by-reverse', // pay/refundquery lists what a reverse gave back
  'said-refund-on-its-way', // of a refund that was asked for here
  'said-refund-arrived',
  'said-refund-again', // a request was repeated, and WeChat held it already
] as const;

/** At each write of the journal. */
export const DISK_FAULTS = [
  'write-io-error',
  'write-io-error-kept', // reported as failed, and found again after a crash
  'busy',
  'killed-before-write',
  'killed-after-write',
] as const;

/** At each call, at the moment it leaves the process. */
export const LEAVING_FAULTS = [
  'killed-before-sending',
  'killed-as-it-leaves', // the last byte is out, and nobody has written that down
  'killed-after-sending',
  'stopped-before-sending', // SIGSTOP between the write and the call, up to hours
] as const;

/** Between a payment and its registration by till software, while the statement of its time is on its way. */
export const CLAIM_FAULTS = ['clock-steps-before-registration'] as const;

/** More reverses are due than in any other life. */
export const CROWD_FAULTS = ['sixty-old-cancels'] as const;

/** A payment code that is shown otherwise than once, in time, to the payment that waits for it. */
export const CODE_FAULTS = [
  'code-twice', // the scanner reads it again at once
  'code-of-the-next', // the next customer's phone is read right after it
  'code-spent', // it has paid before: a photograph, or a page that was not refreshed
  'code-late', // nobody waits for it any more
  'code-as-it-is-stopped', // in the same moment as the cashier stops the payment
  'code-unasked', // at the keypad
] as const;

/** Now and then. */
export const TIMED_FAULTS = [
  'killed',
  'restarted',
  'second-process',
  'rebooted',
  'rebooted-without-date', // an empty battery: the wall clock begins years ago
  'slept',
  'wall-hour-forward',
  'wall-hour-back',
  'wall-days-forward',
  'wall-days-back',
  'wall-nudged',
  'disk-full',
  'disk-read-only',
  'network-down',
  'primary-down',
  'gateway-busy', // unsigned FAIL to everything, for minutes
  'gateway-limits', // the same, since we ask too often
  'answers-of-another', // for minutes all replies are another merchant's
  'double-tap',
  'command-drives', // a command drives before the app does, and releases the leader lock at any moment
  'stands-still', // SIGSTOP, up to hours; the leader lock stays held
  'journal-locked', // somebody else holds the write lock, 1 s to 10 min
] as const;

export type WayFault = (typeof WAY_FAULTS)[number];
export type ConnectFault = (typeof CONNECT_FAULTS)[number];
export type ClaimFault = (typeof CLAIM_FAULTS)[number];
export type CodeFault = (typeof CODE_FAULTS)[number];
export type CrowdFault = (typeof CROWD_FAULTS)[number];
export type ReverseFault = (typeof REVERSE_FAULTS)[number];
export type QueryFault = (typeof QUERY_FAULTS)[number];
export type PayFault = (typeof PAY_FAULTS)[number];
export type DiskFault = (typeof DISK_FAULTS)[number];
export type LeavingFault = (typeof LEAVING_FAULTS)[number];
export type TimedFault = (typeof TIMED_FAULTS)[number];
export type ElsewhereFault = (typeof ELSEWHERE_FAULTS)[number];
export type RefundQueryFault = (typeof REFUND_QUERY_FAULTS)[number];
export type RefundFault = (typeof REFUND_FAULTS)[number];
export type Said = (typeof SAID)[number];

export const ALL_FAULTS = [
  ...WAY_FAULTS,
  ...CONNECT_FAULTS,
  ...CLAIM_FAULTS,
  ...CROWD_FAULTS,
  ...CODE_FAULTS,
  ...REVERSE_FAULTS,
  ...QUERY_FAULTS,
  ...PAY_FAULTS,
  ...DISK_FAULTS,
  ...LEAVING_FAULTS,
  ...TIMED_FAULTS,
  ...ELSEWHERE_FAULTS,
  ...REFUND_QUERY_FAULTS,
  ...REFUND_FAULTS,
  ...SAID,
] as const;
export type Fault = (typeof ALL_FAULTS)[number];

/** How often each kind has happened. */
export type Hits = Map<Fault, number>;

interface Odds<Kind extends Fault> {
  readonly kind: Kind;
  /** The sum of the rates up to and including this one. */
  readonly upTo: number;
}

/** One place where things go wrong: at most one of its kinds at a time. */
export class Place<Kind extends Fault> {
  readonly #odds: readonly Odds<Kind>[];
  readonly #total: number;

  /** `share`: the largest part of the events here that may go wrong. */
  constructor(
    choices: Choices,
    kinds: readonly Kind[],
    likely: number,
    rates: readonly [number, ...number[]],
    share: number,
  ) {
    let total = 0;
    const odds: Odds<Kind>[] = [];
    for (const kind of kinds) {
      if (!choices.chance(likely)) continue;
      total += choices.pick(rates);
      odds.push({ kind, upTo: total });
    }
    const scale = total > share ? share / total : 1;
    this.#odds = scale === 1 ? odds : odds.map(({ kind, upTo }) => ({ kind, upTo: upTo * scale }));
    this.#total = total * scale;
  }

  get kinds(): readonly Kind[] {
    return this.#odds.map(({ kind }) => kind);
  }

  /** The fault of this event, if any. The simplest draw is none. */
  draw(choices: Choices): Kind | null {
    if (this.#total === 0) return null;
    const draw = choices.unit() - (1 - this.#total);
    if (draw < 0) return null;
    for (const { kind, upTo } of this.#odds) if (draw < upTo) return kind;
    return null;
  }
}

export interface Swarm {
  /** Many customers, one after the other. */
  readonly crowd: boolean;
  /** How customers pay at this till. */
  readonly paySource: 'face' | 'code';
  /** Sixty cancels from before, with calls of nine seconds each, while a customer stands at the till. */
  readonly oldCancels: boolean;
  readonly way: Place<WayFault>;
  readonly connect: Place<ConnectFault>;
  readonly claim: Place<ClaimFault>;
  readonly code: Place<CodeFault>;
  readonly reverse: Place<ReverseFault>;
  readonly query: Place<QueryFault>;
  readonly pay: Place<PayFault>;
  readonly disk: Place<DiskFault>;
  readonly leaving: Place<LeavingFault>;
  readonly timed: readonly TimedFault[];
  readonly elsewhere: Place<ElsewhereFault>;
  readonly refundQuery: Place<RefundQueryFault>;
  readonly refund: Place<RefundFault>;
  /** Managers refund some of what was paid. */
  readonly refunding: boolean;
}

/** The faults of one life. */
export function drawSwarm(choices: Choices): Swarm {
  const crowd = choices.chance(0.03);
  const oldCancels = !crowd && choices.chance(0.013);
  const wild = choices.chance(0.9);
  // What is refunded was paid first: where all else goes wrong, little is.
  const refunding = choices.chance(0.45);
  const calm = refunding && choices.chance(0.7);
  const at = (likely: number): number => (wild ? (calm ? likely / 4 : likely) : 0);
  const usual = {
    crowd,
    oldCancels,
    way: new Place(choices, WAY_FAULTS, at(0.2), [0.03, 0.1, 0.3], 0.8),
    reverse: new Place(choices, REVERSE_FAULTS, at(0.2), [0.1, 0.3, 0.6], 0.85),
    query: new Place(choices, QUERY_FAULTS, at(0.3), [0.05, 0.2, 0.4], 0.6),
    pay: new Place(choices, PAY_FAULTS, at(0.6), [0.2, 0.5, 0.8], 0.95),
    disk: new Place(choices, DISK_FAULTS, at(0.15), [0.01, 0.03, 0.1], 0.25),
    leaving: new Place(choices, LEAVING_FAULTS, at(0.15), [0.02, 0.08], 0.2),
    timed: TIMED_FAULTS.filter(() => choices.chance(at(0.15))),
    elsewhere: new Place(choices, ELSEWHERE_FAULTS, at(0.25), [0.2, 0.5], 0.8),
    refundQuery: new Place(choices, REFUND_QUERY_FAULTS, at(0.5), [0.3, 0.6], 0.8),
    connect: new Place(choices, CONNECT_FAULTS, at(0.25), [0.1, 0.3, 0.6], 0.8),
    claim: new Place(choices, CLAIM_FAULTS, at(0.3), [0.3, 0.6], 0.8),
    code: new Place(choices, CODE_FAULTS, at(0.5), [0.1, 0.3], 0.8),
    // Who comes each half second does not wait for the one before to find a phone.
    paySource: !crowd && choices.chance(0.4) ? ('code' as const) : ('face' as const),
    refund: new Place(choices, REFUND_FAULTS, choices.chance(0.9) ? 0.5 : 0, [0.2, 0.5], 0.7),
    refunding,
  };
  if (oldCancels) return { ...usual, ...slowGateway(choices) };
  return crowd ? { ...usual, ...hangingCrowd(choices) } : usual;
}

/** Nothing is wrong except that each call takes its nine seconds: a cancel that waits then waits only for its turn. */
const slowGateway = (
  choices: Choices,
): Pick<Swarm, 'way' | 'connect' | 'reverse' | 'query' | 'disk' | 'leaving' | 'timed'> => {
  const none = new Place(choices, [], 0, [0], 0);
  const reverse = new Place<ReverseFault>(choices, ['recall-y', 'system-error'], 0.7, [0.3, 0.8], 0.9);
  return { way: none, connect: none, reverse, query: none, disk: none, leaving: none, timed: [] };
};

/** Many payments hang at once, and so do the calls that cancel them: more is due than may leave. */
const hangingCrowd = (choices: Choices): Pick<Swarm, 'way' | 'pay'> => ({
  way: new Place(choices, ['reply-lost', 'request-lost', 'slow'], 0.7, [0.2, 0.5], 0.9),
  pay: new Place(choices, ['pay-unanswered', 'pay-charged-late'], 0.9, [0.5, 0.9], 0.95),
});
