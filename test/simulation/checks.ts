/**
 * What must hold after every step of a life: the design's invariants, and the rule that the screen and the ledger tell
 * one story. The figures here are written down a second time, so that a changed constant is noticed.
 */
import { viewOf } from '../../electron/orders/view.ts';
import type { Entry, Stored } from '../../electron/orders/journal.ts';
import { restsAs, standingOf, type Order } from '../../electron/orders/order.ts';
import type { LedgerOrder, SimLedger } from './ledger.ts';
import type { MachineRoom } from './machine-room.ts';
import type { MemoryDisk } from './memory-journal.ts';
import type { Call } from './network.ts';

/** 15 s, and the tenth of a second for the way that the product promises on top. */
const WINDOW_MS = 15_100;
const BEYOND_RETRYING: ReadonlySet<string> = new Set(['REVERSE_EXPIRE', 'SIGNERROR', 'PARAM_ERROR', 'INVALID_TRANSACTIONID']);
const REVERSES_AT_ONCE = 4;
/** Beside sixty old cancels at nine seconds a call: the turn of one of them, and what the last look may take. */
const FRESH_WAITS_MS = 12_000;
const WEEK_MS = 7 * 86_400_000;

export interface Violation {
  /** Which rule. */
  readonly rule: string;
  readonly detail: string;
}

/** An answer as the engine got it, by the call it came on: `send-reverse 2 of ORDER`. */
export type CallName = `${'query' | 'reverse'} ${string} of ${string}`;

export class Checks {
  violation: Violation | null = null;
  /** Cancels that somebody was told are on disk, and nobody has taken back. */
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
  /** True time since which a cancel has been armed, by its order. */
  readonly #armedAt = new Map<string, number>();
  /** Numbers of which a reverse has left. */
  readonly #reversed = new Set<string>();
  /** Orders of which a reverse was about to leave. */
  readonly #begun = new Set<string>();
  /** In which uptime an order was written down first. */
  readonly #bootOf = new Map<string, number>();
  readonly #crowded: boolean;

  /** `crowded`: sixty old cancels are under way, and nothing else is wrong. */
  constructor(room: MachineRoom, disk: MemoryDisk, ledger: SimLedger, crowded: boolean) {
    this.#crowded = crowded;
    this.#room = room;
    this.#disk = disk;
    this.#ledger = ledger;
  }

  violate(rule: string, detail: string): void {
    this.violation ??= { rule, detail: `${detail} (at ${String(this.#room.nowMs)} ms)` };
  }

  /** An order paid elsewhere: the window counts from `fromMs`. */
  entered(number: string, fromMs: number): void {
    if (!this.#windowFrom.has(number)) this.#windowFrom.set(number, fromMs);
  }

  began({ operation, number }: Call): void {
    if (operation !== 'reverse') return;
    const out = (this.#out.get(number) ?? 0) + 1;
    this.#out.set(number, out);
    if (out > 1) this.violate('one reverse at a time', number);
    const total = [...this.#out.values()].reduce((sum, each) => sum + each, 0);
    if (total > REVERSES_AT_ONCE) this.violate('four reverses at once at most', String(total));
    const order = this.#disk.find(number)?.order;
    if (order !== undefined) this.#freshWaits(order);
    if (order?.phase.name !== 'reversing') this.violate('only a wanted reverse leaves', `${number} is ${order?.phase.name ?? 'unknown'}`);
    else if (order.reverse.out === null) this.violate('an attempt is on disk before it leaves', number);
  }

  left({ operation, number }: Call): void {
    const { nowMs } = this.#room;
    if (operation === 'pay') {
      if (this.#paid.has(number)) this.violate('the pay call leaves once', number);
      if (this.#reversed.has(number)) this.violate('no pay call leaves once a reverse has', number);
      this.#paid.add(number);
      if (this.#disk.find(number) === null) this.violate('an order is on disk before its pay call leaves', number);
      this.#windowFrom.set(number, nowMs);
    }
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

  /** A cancel that a customer waits for is not kept waiting by those of an hour ago. */
  #freshWaits({ orderId, payCall }: Order): void {
    if (this.#begun.has(orderId)) return;
    this.#begun.add(orderId);
    // Where nobody said when it was paid, or the clock was set meanwhile, its window is known to begin only later.
    const knownFromMs = this.#room.nowMs - (this.#room.monoMs - payCall.at.monoMs);
    const sinceMs = Math.max(this.#armedAt.get(orderId) ?? Infinity, Math.max(this.#windowFrom.get(orderId) ?? 0, knownFromMs) + WINDOW_MS);
    const waitedMs = this.#room.nowMs - sinceMs;
    if (this.#crowded && waitedMs > FRESH_WAITS_MS) this.violate('first attempts go first', `${orderId} waited ${String(waitedMs)} ms`);
  }

  /** Somebody was told that it is too late to take a cancel back. `count` is on disk before a call leaves, so a crash may make it one too many. */
  refusedAsTooLate(orderId: string): void {
    const order = this.#disk.load(orderId)?.order;
    if (this.#crowded && order !== undefined && !this.#begun.has(orderId) && order.phase.name === 'reversing') this.violate('it is too late only once a reverse has left', orderId);
  }

  /** A write that is on disk. */
  written(before: Order | null, next: Order, entries: readonly Entry[]): void {
    if (before === null) this.#bootOf.set(next.orderId, this.#room.boots);
    if (next.phase.name === 'armed' && before?.phase.name !== 'armed') this.#armedAt.set(next.orderId, this.#room.nowMs);
    this.#aWeekIsAWeek(before, next);
    for (const { event } of entries) {
      if (event.type === 'query-ended' || event.type === 'reverse-ended') {
        const call: CallName = `${event.type === 'query-ended' ? 'query' : 'reverse'} ${String(event.n)} of ${next.orderId}`;
        if (event.answer.kind !== 'no-answer' && this.#answers.get(call) !== event.answer) {
          this.violate('an answer counts for its own call only', call);
        }
      }
      if (event.type === 'cancel-tapped' && event.by !== 'manager' && before?.knownPaid === true && next.phase.name === 'armed' && before.phase.name !== 'armed') {
        this.violate('a cashier does not refund what is known to be paid', next.orderId);
      }
    }
    if (before === null) return;
    this.#obeyed(before, next, entries);
    if (before.phase.name === next.phase.name) return;
    const events = entries.map(({ event }) => event);
    if (events.some(({ type }) => type === 'cancel-withdrawn' || type === 'keep-chosen')) this.asked.delete(next.orderId);
    const other = restsAs(next);
    if (other !== null && this.asked.delete(next.orderId)) this.asked.add(other);
    switch (next.phase.name) {
      case 'cancelled':
        if (!events.some((event) => event.type === 'query-ended' && event.answer.kind === 'seen')) this.violate('cancelled is proved by a query', next.orderId);
        break;
      case 'settled':
        if (!events.some((event) => event.type === 'same-as' || ((event.type === 'manager-settled' || event.type === 'refund-made') && event.by === 'manager'))) {
          this.violate('only a manager settles', next.orderId);
        }
        if (events.some(({ type }) => type === 'refund-made') && before.refundHandedOverAtMs === null) this.violate('a refund is said only of what was handed over', next.orderId);
        break;
      default:
        break;
    }
    const managed = events.some((event) => 'by' in event && event.by === 'manager');
    if (before.phase.name === 'attention' && next.phase.name !== 'cancelled' && next.phase.name !== 'settled' && !managed) {
      this.violate('it stays before the manager', `${next.orderId} became ${next.phase.name}`);
    }
    if ((before.phase.name === 'cancelled' || before.phase.name === 'settled') && next.phase.name !== 'settled') {
      this.violate('an end is an end', `${next.orderId} became ${next.phase.name}`);
    }
  }

  /** Whatever the wall clock says, the machine knows how long it has been up. */
  #aWeekIsAWeek(before: Order | null, next: Order): void {
    const { phase, orderId } = next;
    if (phase.name !== 'attention' || phase.cause !== 'expired' || phase.errCode !== null || before?.phase.name === 'attention') return;
    const ageMs = this.#room.nowMs - (this.#windowFrom.get(orderId) ?? -Infinity);
    if (ageMs < WEEK_MS && this.#bootOf.get(orderId) === this.#room.boots) this.violate('the 7 days are 7 days', `${orderId} after ${String(ageMs)} ms`);
  }

  /** What a verified reply to a reverse calls for (protocol notes, 1.2 and 1.3). */
  #obeyed(before: Order, next: Order, entries: readonly Entry[]): void {
    if (before.phase.name === 'armed' && next.phase.name === 'reversing' && before.knownPaid && !before.phase.evenIfPaid) {
      this.violate('who turned out to have paid is asked about first', next.orderId);
    }
    if (before.phase.name !== 'reversing') return;
    for (const { event } of entries) {
      if (event.type !== 'reverse-ended' || before.reverse.out?.n !== event.n) continue;
      const { answer } = event;
      if (answer.kind === 'accepted' && answer.recall !== 'N' && next.phase.name !== 'reversing') {
        this.violate('recall=Y, or none, brings another call', `${next.orderId} became ${next.phase.name}`);
      }
      if (answer.kind === 'refused' && answer.recall !== 'Y' && BEYOND_RETRYING.has(answer.errCode) && next.phase.name !== 'attention') {
        this.violate('what retrying cannot mend stands before a manager', `${answer.errCode}: ${next.orderId} became ${next.phase.name}`);
      }
    }
  }

  /** What the screen is told. */
  shown({ order, version }: Stored): void {
    if ((this.#disk.load(order.orderId)?.version ?? 0) < version) this.violate('on disk before on the screen', order.orderId);
    const { wallMs, monoMs } = this.#room;
    const { verdict, phase } = viewOf(order, version, 'cashier', { wallMs, monoMs, run: order.run });
    const known = this.#known(order);
    if (verdict === 'charge-again' && !this.#isSafe(order, known)) this.violate('"charge again" is true', describe(order, known));
    if (verdict === 'paid' && known?.paidFen === 0) this.violate('"paid" is true', describe(order, known));
    if (phase.name === 'cancelled') this.#cancelledIsTrue(order, known, phase.outcome, phase.proof);
  }

  #cancelledIsTrue(order: Order, known: LedgerOrder | undefined, outcome: 'closed' | 'refunded', proof: string): void {
    const paid = known?.paidFen ?? 0;
    const refunded = known?.refundedFen ?? 0;
    const right = known !== undefined && paid === refunded && (outcome === 'closed' ? proof === 'REVOKED' || paid === 0 : paid > 0);
    if (!right) this.violate('"cancelled" is true, to the fen', describe(order, known));
  }

  /** Nothing was taken, or all of it went back, and nothing can be taken any more. */
  #isSafe({ outTradeNo }: Order, known: LedgerOrder | undefined): boolean {
    if (known === undefined) return outTradeNo !== null && !this.#paid.has(outTradeNo);
    return known.paidFen === known.refundedFen && known.standing !== 'unpaid' && known.standing !== 'typing' && known.standing !== 'paid';
  }

  #known({ outTradeNo, transactionId }: Order): LedgerOrder | undefined {
    return this.#ledger.find({ out_trade_no: outTradeNo ?? '', transaction_id: outTradeNo === null ? (transactionId ?? '') : '' }, this.#room.nowMs);
  }

  /** Whether a cancel that was asked for still needs somebody to drive it. */
  isPending({ order }: Stored): boolean {
    return standingOf(order) === 'open' && order.phase.name !== 'paying';
  }

  /** Once all faults have stopped and the bound is over. */
  atTheEnd(): void {
    for (const stored of this.#disk.orders) {
      const { order } = stored;
      if (this.isPending(stored)) this.violate('every cancel ends, or stands before a manager', describe(order, this.#known(order)));
      this.shown(stored);
      const known = this.#known(order);
      if (known !== undefined && known.refundedFen > known.paidFen) this.violate('no more goes back than was paid', describe(order, known));
    }
    for (const orderId of this.asked) if (!this.#hasEnded(orderId)) this.violate('a cancel that was asked for is never forgotten', orderId);
  }

  #hasEnded(orderId: string): boolean {
    const order = this.#disk.load(orderId)?.order;
    if (order === undefined) return false;
    const { phase } = order;
    return phase.name === 'failed' ? phase.cause === 'never-sent' : ['cancelled', 'attention', 'settled'].includes(phase.name);
  }
}

const describe = ({ orderId, phase }: Order, known: LedgerOrder | undefined): string =>
  `${orderId}: ${JSON.stringify(phase)}, ledger ${known === undefined ? 'knows nothing' : `${known.standing} ${String(known.paidFen)} - ${String(known.refundedFen)} fen`}`;
