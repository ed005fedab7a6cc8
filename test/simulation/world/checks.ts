/**
 * What must hold after every step of a life: the nine invariants of an order, and the rule that the screen and the
 * ledger agree. The figures are written here a second time, so that a changed constant is noticed.
 */
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import type { Entry, Stored } from '../../../electron/orders/journal/journal.ts';
import { restsAs, standingOf, type Order } from '../../../electron/orders/machine/order.ts';
import type { OrderEvent } from '../../../electron/orders/machine/event.ts';
import type { CancelOutcome } from '../../../shared/order/order.ts';
import type { Fault, Hits, Swarm } from './faults.ts';
import type { LedgerOrder, SimLedger } from './ledger.ts';
import type { MachineRoom } from './machine-room.ts';
import type { MemoryDisk } from './memory-journal.ts';
import type { Call } from './network.ts';
import { RefundChecks } from './refund-checks.ts';

/** 15 s, and the tenth of a second for transmission that the product adds as its own promise. */
const WINDOW_MS = 15_100;
const BEYOND_RETRYING: ReadonlySet<string> = new Set([
  'REVERSE_EXPIRE',
  'SIGNERROR',
  'PARAM_ERROR',
  'INVALID_TRANSACTIONID',
]);
const REVERSES_AT_ONCE = 4;
const MINUTE_MS = 60_000;
/** A series of answers that blame us must last this long before a manager is asked. */
const BLAME_MS = 5 * MINUTE_MS;
/** An unknown state comes before a manager after 10 minutes plus one or two calls that were running. */
const UNKNOWN_STATE_MS = 10 * MINUTE_MS;
const BLAMING: ReadonlySet<string> = new Set(['unsigned-fail', 'bad-signature', 'wrong-merchant']);

const OF_ANOTHER: readonly Fault[] = ['other-merchant', 'query-of-another', 'answers-of-another'];
/** The fault that must have happened if a reply is refused in this way. */
const REFUSED_FOR: Readonly<Partial<Record<string, readonly Fault[]>>> = {
  'wrong-merchant': OF_ANOTHER,
  'unsigned-fail': ['unsigned-fail'],
};

/** The fault that must have happened if such a cause is true. */
const BROUGHT_BY: Readonly<Partial<Record<string, readonly Fault[]>>> = {
  signature: ['wrong-sign', 'no-sign', 'md5-for-hmac', 'other-key', 'reverse-sign-error', 'query-sign-error'],
  'wrong-merchant': OF_ANOTHER,
  'certificate-refused': ['certificate-refused'],
  refused: ['unsigned-fail', 'reverse-unheard-of'],
  'unknown-state': ['query-unknown-state'],
  'other-order': ['pay-number-used', 'pay-number-used-unheard'],
  'partly-refunded': [
    'refunded-elsewhere',
    'part-refunded-elsewhere',
    'refund-stuck-elsewhere',
    'refundquery-not-exist',
    'refundquery-system-error',
  ],
};

/** Whatever WeChat Pay does from now on, nothing is taken. */
const ENDED: ReadonlySet<LedgerOrder['standing']> = new Set(['declined', 'closed', 'refunded']);
/** Beside sixty old cancels at nine seconds a call: the turn of one of them, and the longest time of the last query. */
const FRESH_WAITS_MS = 12_000;
const WEEK_MS = 7 * 86_400_000;

export interface Violation {
  /** The rule that was broken. */
  readonly rule: string;
  readonly detail: string;
}

/** An answer as the engine got it, by the call that it answers: `send-reverse 2 of ORDER`. */
export type CallName = `${'query' | 'reverse'} ${string} of ${string}`;

export class Checks {
  violation: Violation | null = null;
  /** Cancels reported to a person as saved, and not taken back by anybody. */
  readonly asked = new Set<string>();
  reversesLeft = 0;
  readonly #room: MachineRoom;
  readonly #disk: MemoryDisk;
  readonly #ledger: SimLedger;
  /** True time from which the window of an order counts, by its number. */
  readonly #windowFrom = new Map<string, number>();
  readonly #out = new Map<string, number>();
  readonly #answers = new Map<CallName, unknown>();
  readonly #paid = new Set<string>();
  readonly #hits: Hits;
  /** Orders about which the terminal was told that the number is another party's, or that refunds exist. */
  readonly #untouchable = new Map<string, string>();
  readonly #blamedFrom = new Map<string, number>();
  /**
   * Since when a process has got nothing but unknown states, by the clock that stands still while the machine sleeps.
   */
  readonly #strangeFrom = new Map<string, { readonly run: string; readonly ms: number }>();

  /** The true time since which a cancel has been armed, by its order. */
  readonly #armedAt = new Map<string, number>();
  /** Numbers of which a reverse has left. */
  readonly #reversed = new Set<string>();
  /** Orders of which a reverse was about to leave. */
  readonly #begun = new Set<string>();
  /** The uptime in which an order was first written down. */
  readonly #bootOf = new Map<string, number>();
  readonly #crowded: boolean;
  readonly #paySource: Swarm['paySource'];
  /** Codes that payments have taken and not sent yet, each with the payment's fen; a spent code may wait twice. */
  readonly #codes: { readonly code: string; readonly fen: number }[] = [];
  readonly #refunds: RefundChecks;

  constructor(room: MachineRoom, disk: MemoryDisk, ledger: SimLedger, hits: Hits, swarm: Swarm) {
    this.#hits = hits;
    // Then nothing else is wrong.
    this.#crowded = swarm.oldCancels;
    this.#paySource = swarm.paySource;
    this.#room = room;
    this.#disk = disk;
    this.#ledger = ledger;
    this.#refunds = new RefundChecks(room, disk, ledger, (rule, detail) => {
      this.violate(rule, detail);
    });
  }

  violate(rule: string, detail: string): void {
    this.violation ??= { rule, detail: `${detail} (at ${String(this.#room.nowMs)} ms)` };
  }

  /** An order paid elsewhere: the window counts from `fromMs`. */
  entered(number: string, fromMs: number): void {
    if (!this.#windowFrom.has(number)) this.#windowFrom.set(number, fromMs);
  }

  began(call: Call): void {
    const { operation, number } = call;
    if (operation === 'refund') this.#refunds.began(call);
    if (operation !== 'reverse') return;
    const out = (this.#out.get(number) ?? 0) + 1;
    this.#out.set(number, out);
    if (out > 1) this.violate('one reverse at a time', number);
    const total = [...this.#out.values()].reduce((sum, each) => sum + each, 0);
    if (total > REVERSES_AT_ONCE) this.violate('four reverses at once at most', String(total));
    const order = this.#disk.find(number)?.order;
    if (order !== undefined) this.#freshWaits(order);
    if (order !== undefined) this.#refunds.reverseBegan(order);
    if (order?.phase.name !== 'reversing')
      this.violate('only a wanted reverse leaves', `${number} is ${order?.phase.name ?? 'unknown'}`);
    else if (order.reverse.out === null) this.violate('an attempt is on disk before it leaves', number);
    const why = order === undefined ? undefined : this.#untouchable.get(order.orderId);
    if (why !== undefined) this.violate('no reverse touches what is not this order’s money', `${number}: ${why}`);
  }

  /** What the till said to a code that was shown; `wantedFen`: what the payment that waited for one was about. */
  codeShown(code: string, wantedFen: number | null, taken: boolean): void {
    if (taken !== (wantedFen !== null))
      this.violate('a payment takes one code, and no other moment takes any', `${code}: ${String(wantedFen)}`);
    if (wantedFen !== null) this.#codes.push({ code, fen: wantedFen });
  }

  /** The cashier was told that the payment that this code was for is stopped. */
  codeStopped(code: string): void {
    this.#sent(code);
  }

  /** The last payment that took the code, or the one for `fen`, has it no more. Returns whether there was one. */
  #sent(code: string, fen?: string): boolean {
    const at = this.#codes.findLastIndex(
      (each) => each.code === code && (fen ?? String(each.fen)) === String(each.fen),
    );
    if (at >= 0) this.#codes.splice(at, 1);
    return at >= 0;
  }

  /** A code leaves once, for the payment it was shown to; a till of codes sends nothing else. */
  #codeLeft({ number, fields }: Call): void {
    const code = fields['auth_code'];
    if ((code === undefined) !== (this.#paySource === 'face')) this.violate('codes pay by micropay', number);
    if (code === undefined) return;
    if (!this.#sent(code, fields['total_fee']))
      this.violate('a code pays once, and only what it was shown for', `${number}: ${fields['total_fee'] ?? ''} fen`);
  }

  left(call: Call): void {
    const { operation, number } = call;
    const { nowMs } = this.#room;
    if (operation === 'pay') {
      this.#codeLeft(call);
      if (this.#paid.has(number)) this.violate('the pay call leaves once', number);
      if (this.#reversed.has(number)) this.violate('no pay call leaves once a reverse has', number);
      this.#paid.add(number);
      if (this.#disk.find(number) === null) this.violate('an order is on disk before its pay call leaves', number);
      this.#windowFrom.set(number, nowMs);
    }
    if (operation === 'refund') this.#refunds.left(call);
    if (operation !== 'reverse') return;
    this.reversesLeft += 1;
    this.#reversed.add(number);
    // A pay call that never left has no window.
    const sinceMs = nowMs - (this.#windowFrom.get(number) ?? -Infinity);
    if (sinceMs < WINDOW_MS) this.violate('no reverse within the window', `${number} after ${String(sinceMs)} ms`);
  }

  ended({ operation, number }: Call): void {
    if (operation === 'reverse') this.#out.set(number, (this.#out.get(number) ?? 1) - 1);
  }

  answered(call: CallName, answer: unknown): void {
    this.#answers.set(call, answer);
  }

  /** A cancel that a customer waits for does not wait for the cancels of an hour ago. */
  #freshWaits({ orderId, payCall }: Order): void {
    if (this.#begun.has(orderId)) return;
    this.#begun.add(orderId);
    // If nobody has stated the time of payment, or the clock was set meanwhile, the window is known to begin only
    // later.
    const knownFromMs = this.#room.nowMs - (this.#room.monoMs - payCall.at.monoMs);
    const sinceMs = Math.max(
      this.#armedAt.get(orderId) ?? Infinity,
      Math.max(this.#windowFrom.get(orderId) ?? 0, knownFromMs) + WINDOW_MS,
    );
    const waitedMs = this.#room.nowMs - sinceMs;
    if (this.#crowded && waitedMs > FRESH_WAITS_MS)
      this.violate('first attempts go first', `${orderId} waited ${String(waitedMs)} ms`);
  }

  /**
   * A person was told that it is too late to take a cancel back. `count` is on disk before a call leaves, so after a
   * crash it may be one too high.
   */
  refusedAsTooLate(orderId: string): void {
    const order = this.#disk.load(orderId)?.order;
    if (this.#crowded && order !== undefined && !this.#begun.has(orderId) && order.phase.name === 'reversing')
      this.violate('it is too late only once a reverse has left', orderId);
  }

  /** A write that is on disk. */
  written(before: Order | null, next: Order, entries: readonly Entry[]): void {
    if (before === null) this.#bootOf.set(next.orderId, this.#room.boots);
    this.#refunds.written(before, next, entries);
    // After the window a cancel goes from its tap, or from a person's choice, straight to the reverse.
    const isAskedNow = isUnderWay(next) && (before === null || !isUnderWay(before));
    if (isAskedNow) this.#armedAt.set(next.orderId, this.#room.nowMs);
    this.#aWeekIsAWeek(before, next);
    for (const { event } of entries) {
      if (event.type === 'query-ended' || event.type === 'reverse-ended') {
        const call: CallName = `${event.type === 'query-ended' ? 'query' : 'reverse'} ${String(event.n)} of ${next.orderId}`;
        if (event.answer.kind !== 'no-answer' && this.#answers.get(call) !== event.answer) {
          this.violate('an answer counts for its own call only', call);
        }
      }
      this.#heard(before, next, event);
      if (
        event.type === 'cancel-tapped' &&
        event.by !== 'manager' &&
        before?.knownPaid === true &&
        next.phase.name === 'armed' &&
        before.phase.name !== 'armed'
      ) {
        this.violate('a cashier does not refund what is known to be paid', next.orderId);
      }
    }
    if (before === null) return;
    this.#causeIsTrue(before, next, entries);
    if (before.refunds !== next.refunds) this.#partIsTrue(before, next);
    this.#obeyed(before, next, entries);
    this.#decided(before, next, entries);
    if (before.phase.name === next.phase.name) return;
    const events = entries.map(({ event }) => event);
    if (events.some(({ type }) => type === 'cancel-withdrawn' || type === 'keep-chosen'))
      this.asked.delete(next.orderId);
    const other = restsAs(next);
    if (other !== null && this.asked.delete(next.orderId)) this.asked.add(other);
    switch (next.phase.name) {
      case 'cancelled':
        if (!events.some((event) => event.type === 'query-ended' && event.answer.kind === 'seen'))
          this.violate('cancelled is proved by a query', next.orderId);
        break;
      case 'settled':
        if (
          !events.some(
            (event) =>
              event.type === 'same-as' ||
              ((event.type === 'manager-settled' || event.type === 'refund-made') && event.by === 'manager'),
          )
        ) {
          this.violate('only a manager settles', next.orderId);
        }
        if (events.some(({ type }) => type === 'refund-made') && !isHandedOver(before))
          this.violate('a refund is said only of what was handed over', next.orderId);
        break;
      default:
        break;
    }
    const managed = events.some((event) => 'by' in event && event.by === 'manager');
    if (
      before.phase.name === 'attention' &&
      next.phase.name !== 'cancelled' &&
      next.phase.name !== 'settled' &&
      !managed
    ) {
      this.violate('it stays before the manager', `${next.orderId} became ${next.phase.name}`);
    }
    if ((before.phase.name === 'cancelled' || before.phase.name === 'settled') && next.phase.name !== 'settled') {
      this.violate('an end is an end', `${next.orderId} became ${next.phase.name}`);
    }
  }

  /** Who may move or write off money, and the reason that must be given with it. */
  #decided(before: Order, next: Order, entries: readonly Entry[]): void {
    const people = entries.flatMap(({ event }) =>
      event.type !== 'noted' && 'by' in event && event.by !== undefined ? [event] : [],
    );
    const refunds =
      next.phase.name === 'armed' &&
      next.phase.evenIfPaid &&
      !(before.phase.name === 'armed' && before.phase.evenIfPaid);
    const byChoice =
      before.phase.name === 'choosing' && people.some(({ type, by }) => type === 'refund-chosen' && by !== 'manager');
    if (refunds && !byChoice && !people.some(saysWhy)) this.violate('whoever refunds says why', next.orderId);
    const leaves =
      before.phase.name === 'attention' && (next.phase.name === 'reversing' || next.phase.name === 'settled');
    if (leaves && people.length > 0 && !people.some(saysWhy))
      this.violate('whoever takes up or closes what is stuck says why', next.orderId);
    if (before.refundHandedOverAtMs !== null && next.refundHandedOverAtMs === null)
      this.violate('a hand-over to refund stays noted', next.orderId);
    if (
      isHandedOver(before) &&
      before.phase.name === 'attention' &&
      next.phase.name === 'reversing' &&
      !people.some(({ type }) => type === 'refund-not-made')
    ) {
      this.violate('what is handed over to refund is retried only on a word of its own', next.orderId);
    }
  }

  /** What an answer says about other people's money, about blame, and about unknown states. */
  #heard(before: Order | null, next: Order, event: Entry['event']): void {
    // A manager's act starts the count again.
    if (event.type === 'tried-by-hand' || event.type === 'cancel-tapped' || event.type === 'refund-not-made')
      this.#strangeFrom.delete(next.orderId);
    if (event.type !== 'query-ended' && event.type !== 'pay-ended' && event.type !== 'reverse-ended') return;
    const { answer } = event;
    const { orderId } = next;
    if (answer.kind === 'refused' && !this.#blamedFrom.has(orderId)) this.#blamedFrom.set(orderId, this.#room.nowMs);
    if (answer.kind === 'no-answer') {
      const needs = REFUSED_FOR[answer.why];
      if (needs !== undefined && !needs.some((fault) => this.#hits.has(fault)))
        this.violate('a reply is refused for what is wrong with it', `${orderId}: ${answer.why}`);
      if ((BLAMING.has(answer.why) || answer.why === 'certificate-refused') && !this.#blamedFrom.has(orderId))
        this.#blamedFrom.set(orderId, this.#room.nowMs);
      return;
    }
    if (answer.kind === 'other-amount' || (answer.kind === 'declined' && answer.errCode === 'OUT_TRADE_NO_USED'))
      this.#untouchable.set(orderId, 'somebody else’s number');
    if (event.type !== 'query-ended') return;
    const known = before?.amountFen ?? null;
    if ('amountFen' in answer && answer.amountFen !== null && known !== null && answer.amountFen !== known)
      this.#untouchable.set(orderId, 'somebody else’s amount');
    if (answer.kind === 'seen' && answer.refunds?.kind === 'summed')
      this.#untouchable.set(orderId, 'refunds elsewhere');
    this.#strange(before, next, answer.kind === 'unknown-state');
  }

  #strange(before: Order | null, next: Order, isStrange: boolean): void {
    const since = this.#strangeFrom.get(next.orderId);
    if (!isStrange) this.#strangeFrom.delete(next.orderId);
    else if (since?.run !== next.run) this.#strangeFrom.set(next.orderId, { run: next.run, ms: this.#room.monoMs });
    else {
      const atWork = [before, next].every(
        (each) =>
          each?.phase.name === 'reversing' ||
          each?.phase.name === 'confirming' ||
          (each?.phase.name === 'paying' && each.origin === 'taken'),
      );
      if (atWork && this.#room.monoMs - since.ms > UNKNOWN_STATE_MS)
        this.violate('a state that nobody knows is a manager’s in the end', next.orderId);
    }
  }

  /** Each cause has its own words, so it must be the true one; and blame takes minutes. */
  #causeIsTrue(before: Order, next: Order, entries: readonly Entry[]): void {
    const { orderId, phase } = next;
    if (phase.name !== 'attention' || before.phase.name === 'attention') return;
    const needs = BROUGHT_BY[phase.cause];
    // An order that was reversed through another entry is REFUND too, without a refund number; and ours make it REFUND.
    const reversed =
      phase.cause === 'partly-refunded' && (next.ourRefunds.length > 0 || this.#known(next)?.standing === 'refunded');
    if (needs !== undefined && !reversed && !needs.some((fault) => this.#hits.has(fault)))
      this.violate('a manager is told the true cause', `${orderId}: ${phase.cause}`);
    const last = entries.at(-1)?.event;
    const blames =
      last !== undefined && 'answer' in last && last.answer.kind === 'no-answer' && BLAMING.has(last.answer.why);
    const blamedMs = this.#room.nowMs - (this.#blamedFrom.get(orderId) ?? this.#room.nowMs);
    if (blames && phase.cause !== 'expired' && phase.cause !== 'undecided' && blamedMs < BLAME_MS)
      this.violate('blame takes minutes', `${orderId}: ${phase.cause} after ${String(blamedMs)} ms`);
  }

  /** The sum that a manager sees is the sum that went back, unless it changed during the query. */
  #partIsTrue(before: Order, order: Order): void {
    const known = this.#known(order);
    // A process that stands still holds an answer for as long.
    const queriedMs = before.query.out === null ? 0 : this.#room.monoMs - before.query.out.sinceMonoMs;
    if (
      order.refunds === null ||
      known === undefined ||
      (known.standing !== 'paid' && this.#room.nowMs - known.changedMs < Math.max(30_000, queriedMs)) ||
      this.#room.nowMs - known.refundsChangedMs < Math.max(30_000, queriedMs)
    )
      return;
    if (order.refunds.refundedFen !== known.refundedFen)
      this.violate(
        'the part that went back is true, to the fen',
        `${String(order.refunds.refundedFen)}: ${describe(order, known)}`,
      );
  }

  /** Whatever the wall clock shows, the machine knows its own uptime. */
  #aWeekIsAWeek(before: Order | null, next: Order): void {
    const { phase, orderId } = next;
    if (
      phase.name !== 'attention' ||
      phase.cause !== 'expired' ||
      phase.errCode !== null ||
      before?.phase.name === 'attention'
    )
      return;
    const ageMs = this.#room.nowMs - (this.#windowFrom.get(orderId) ?? -Infinity);
    if (ageMs < WEEK_MS && this.#bootOf.get(orderId) === this.#room.boots)
      this.violate('the 7 days are 7 days', `${orderId} after ${String(ageMs)} ms`);
  }

  /**
   * What a verified reply to a reverse requires (electron/wechat/README.md, "Reverse: recall", "Reverse: err_codes").
   */
  #obeyed(before: Order, next: Order, entries: readonly Entry[]): void {
    if (
      before.phase.name === 'armed' &&
      next.phase.name === 'reversing' &&
      before.knownPaid &&
      !before.phase.evenIfPaid
    ) {
      this.violate('who turned out to have paid is asked about first', next.orderId);
    }
    if (before.phase.name !== 'reversing') return;
    for (const { event } of entries) {
      if (event.type !== 'reverse-ended' || before.reverse.out?.n !== event.n) continue;
      const { answer } = event;
      if (answer.kind === 'accepted' && answer.recall !== 'N' && next.phase.name !== 'reversing') {
        this.violate('recall=Y, or none, brings another call', `${next.orderId} became ${next.phase.name}`);
      }
      if (
        answer.kind === 'refused' &&
        answer.recall !== 'Y' &&
        BEYOND_RETRYING.has(answer.errCode) &&
        next.phase.name !== 'attention'
      ) {
        this.violate(
          'what retrying cannot mend stands before a manager',
          `${answer.errCode}: ${next.orderId} became ${next.phase.name}`,
        );
      }
    }
  }

  /** What the screen shows. */
  shown({ order, version }: Stored): void {
    if ((this.#disk.load(order.orderId)?.version ?? 0) < version)
      this.violate('on disk before on the screen', order.orderId);
    const { wallMs, monoMs } = this.#room;
    const { verdict, phase } = viewOf(order, version, 'cashier', { wallMs, monoMs, run: order.run });
    const known = this.#known(order);
    if (verdict === 'charge-again' && !this.#isSafe(order, known))
      this.violate('"charge again" is true', describe(order, known));
    if (verdict === 'paid' && (known?.paidFen === 0 || known?.foreign === true))
      this.violate('"paid" is true', describe(order, known));
    if (phase.name === 'cancelled') this.#cancelledIsTrue(order, known, phase.outcome);
    this.#refunds.shown({ order, version });
  }

  /** `revoked` does not say whether anything was deducted, only that it does not stay deducted. */
  #cancelledIsTrue(order: Order, known: LedgerOrder | undefined, outcome: CancelOutcome): void {
    const paid = known?.paidFen ?? 0;
    const refunded = known?.refundedFen ?? 0;
    const right =
      known !== undefined &&
      paid === refunded &&
      (outcome === 'closed' ? paid === 0 : outcome === 'revoked' || paid > 0);
    if (!right) this.violate('"cancelled" is true, to the fen', describe(order, known));
  }

  /** Nothing was taken, or all of it went back, and nothing can be taken any more. */
  #isSafe({ outTradeNo }: Order, known: LedgerOrder | undefined): boolean {
    if (known === undefined)
      return outTradeNo !== null && (!this.#paid.has(outTradeNo) || this.#ledger.neverMade.has(outTradeNo));
    // Under another party's number our customer was not charged.
    return known.foreign || (known.paidFen === known.refundedFen && ENDED.has(known.standing));
  }

  #known({ outTradeNo, transactionId }: Order): LedgerOrder | undefined {
    return this.#ledger.find(
      { out_trade_no: outTradeNo ?? '', transaction_id: outTradeNo === null ? (transactionId ?? '') : '' },
      this.#room.nowMs,
    );
  }

  /** Whether a process still has to drive a cancel or a refund that was asked for. */
  isPending({ order }: Stored): boolean {
    const refunds = order.ourRefunds.some(({ phase: { name } }) => name === 'asked' || name === 'sending');
    return refunds || (standingOf(order) === 'open' && order.phase.name !== 'paying');
  }

  /** The same, and what WeChat says that is on its way: what becomes of that is seen as well. */
  isAwaited(stored: Stored): boolean {
    return this.isPending(stored) || stored.order.ourRefunds.some(({ phase }) => phase.name === 'accepted');
  }

  /** After all faults have stopped and the time limit is over. */
  atTheEnd(): void {
    this.#refunds.atTheEnd();
    for (const stored of this.#disk.orders) {
      const { order } = stored;
      if (this.isPending(stored))
        this.violate('every cancel ends, or stands before a manager', describe(order, this.#known(order)));
      this.shown(stored);
      const known = this.#known(order);
      if (known !== undefined && known.refundedFen > known.paidFen)
        this.violate('no more goes back than was paid', describe(order, known));
    }
    for (const orderId of this.asked)
      if (!this.#hasEnded(orderId)) this.violate('a cancel that was asked for is never forgotten', orderId);
  }

  #hasEnded(orderId: string): boolean {
    const order = this.#disk.load(orderId)?.order;
    if (order === undefined) return false;
    const { phase } = order;
    return phase.name === 'failed'
      ? phase.cause === 'never-sent'
      : ['cancelled', 'attention', 'settled'].includes(phase.name);
  }
}

/** A cancel that leaves, or goes on, without anybody. */
const isUnderWay = ({ phase: { name } }: Order): boolean =>
  name === 'armed' || name === 'reversing' || name === 'confirming';

const isHandedOver = ({ refundHandedOverAtMs, refundNotMadeAtMs }: Order): boolean =>
  refundHandedOverAtMs !== null && refundNotMadeAtMs === null;

/** A cancel that was promised for another entry was decided through that entry. */
const saysWhy = (event: OrderEvent): boolean =>
  event.type === 'cancel-handed-over' || ('code' in event && event.code !== undefined);

const describe = ({ orderId, phase }: Order, known: LedgerOrder | undefined): string =>
  `${orderId}: ${JSON.stringify(phase)}, ledger ${known === undefined ? 'knows nothing' : `${known.standing} ${String(known.paidFen)} - ${String(known.refundedFen)} fen`}`;
