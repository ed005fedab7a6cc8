/**
 * What must hold of refunds after every step of a life: one number is one refund, no more goes back than was asked for, a
 * refund and a reverse never meet, and what is said of the money is so. Figures are written here a second time.
 */
import type { Entry, Stored } from '../../../electron/orders/journal/journal.ts';
import type { Order } from '../../../electron/orders/machine/order.ts';
import type { Refund } from '../../../electron/orders/machine/refund.ts';
import type { SimLedger } from './ledger.ts';
import type { MachineRoom } from './machine-room.ts';
import type { MemoryDisk } from './memory-journal.ts';
import type { Call } from './network.ts';

/** WeChat takes one request a minute for one order. */
const GAP_MS = 60_000;

const UNCLEAR: ReadonlySet<string> = new Set(['asked', 'sending', 'stuck', 'attention']);

export class RefundChecks {
  readonly #room: MachineRoom;
  readonly #disk: MemoryDisk;
  readonly #ledger: SimLedger;
  readonly #violate: (rule: string, detail: string) => void;
  /** What the first request of each number said. */
  readonly #requests = new Map<string, string>();
  /** The true time at which the last request of an order left. */
  readonly #leftMs = new Map<string, number>();

  constructor(room: MachineRoom, disk: MemoryDisk, ledger: SimLedger, violate: (rule: string, detail: string) => void) {
    this.#room = room;
    this.#disk = disk;
    this.#ledger = ledger;
    this.#violate = violate;
  }

  /** A refund request is about to leave. */
  began({ fields }: Call): void {
    const number = fields['out_refund_no'] ?? '';
    const order = this.#orderOf(number);
    const refund = order?.ourRefunds.find(({ outRefundNo }) => outRefundNo === number);
    if (order === undefined || refund === undefined) {
      this.#violate('a refund is on disk before it leaves', number);
      return;
    }
    if (refund.request.out === null) this.#violate('a refund request is on disk before it leaves', number);
    if (fields['refund_fee'] !== String(refund.fen)) this.#violate('a refund is for what was asked', number);
    if (order.reverse.out !== null || order.phase.name === 'reversing' || order.phase.name === 'confirming')
      this.#violate('a reverse and a refund never meet', `${number} while ${order.phase.name}`);
    const said = JSON.stringify(
      ['out_trade_no', 'transaction_id', 'refund_fee', 'total_fee', 'refund_account'].map((name) => fields[name] ?? ''),
    );
    if ((this.#requests.get(number) ?? said) !== said) this.#violate('one number, one request', `${number}: ${said}`);
    this.#requests.set(number, said);
  }

  left({ fields }: Call): void {
    const number = fields['out_refund_no'] ?? '';
    const order = this.#orderOf(number);
    if (order === undefined) return;
    const { nowMs } = this.#room;
    const sinceMs = nowMs - (this.#leftMs.get(order.orderId) ?? -Infinity);
    if (sinceMs < GAP_MS) this.#violate('one refund request a minute', `${number} after ${String(sinceMs)} ms`);
    this.#leftMs.set(order.orderId, nowMs);
  }

  /** A write that is on disk: while it is not known what becomes of one refund, the order gets no other. */
  written(before: Order | null, next: Order, entries: readonly Entry[]): void {
    if (before === null) return;
    this.#clearedByQuery(before, next, entries);
    if (next.ourRefunds.length === before.ourRefunds.length) return;
    const unclear = before.ourRefunds.find(({ phase: { name } }) => UNCLEAR.has(name));
    if (unclear !== undefined) this.#violate('one refund at a time', `${unclear.outRefundNo} is ${unclear.phase.name}`);
  }

  /** What may be sent is decided by what WeChat says of the order then. */
  #clearedByQuery(before: Order, next: Order, entries: readonly Entry[]): void {
    for (const { outRefundNo, phase, fen, totalFen } of next.ourRefunds) {
      const was = before.ourRefunds.find((refund) => refund.outRefundNo === outRefundNo)?.phase.name;
      if (was !== 'asked' || phase.name !== 'sending') continue;
      const left = entries.flatMap(({ event }) => {
        if (event.type !== 'query-ended' || event.answer.kind !== 'seen') return [];
        const { tradeState, refunds } = event.answer;
        if (tradeState === 'SUCCESS') return [totalFen];
        return refunds?.kind === 'summed' ? [totalFen - (refunds.takenFen ?? totalFen)] : [];
      });
      if (!left.some((rest) => rest >= fen)) this.#violate('a refund leaves only of what is left', outRefundNo);
    }
  }

  /** A reverse is about to leave. */
  reverseBegan(order: Order): void {
    const live = order.ourRefunds.find((refund) => this.#isLive(refund));
    if (live !== undefined) this.#violate('a reverse and a refund never meet', live.outRefundNo);
  }

  #isLive(refund: Refund): boolean {
    const held = this.#ledger.refundOf(refund.outRefundNo, this.#room.nowMs)?.refund;
    return held === undefined
      ? refund.request.count > 0 && refund.phase.name === 'sending'
      : held.status !== 'REFUNDCLOSE';
  }

  /** What the screen shows of the order's refunds. */
  shown({ order }: Stored): void {
    for (const refund of order.ourRefunds) this.#isTrue(refund);
  }

  #isTrue({ outRefundNo, phase, fen }: Refund): void {
    const held = this.#ledger.refundOf(outRefundNo, this.#room.nowMs)?.refund;
    const said = (is: boolean): void => {
      if (!is)
        this.#violate('what is said of a refund is so', `${outRefundNo} ${phase.name}: ${held?.status ?? 'none'}`);
    };
    if (held !== undefined && held.fen !== fen) said(false);
    if (phase.name === 'asked') said(held === undefined);
    if (phase.name === 'paid') said(held?.status === 'SUCCESS');
    if (phase.name === 'accepted' || phase.name === 'stuck') said(held !== undefined);
    if (phase.name === 'failed') said(held === undefined || held.status === 'REFUNDCLOSE');
  }

  atTheEnd(): void {
    for (const { order } of this.#disk.orders) {
      const open = order.ourRefunds.find(({ phase: { name } }) => name === 'asked' || name === 'sending');
      if (open !== undefined)
        this.#violate(
          'every refund ends paid, failed, with WeChat or before a manager',
          `${open.outRefundNo} ${JSON.stringify(open.phase)}`,
        );
    }
    for (const { refunds } of this.#ledger.orders.values())
      for (const { ends, outRefundNo } of refunds)
        if (ends !== null && this.#disk.findRefund(outRefundNo) === null)
          this.#violate('WeChat holds no refund that is not on disk', outRefundNo);
  }

  #orderOf(outRefundNo: string): Order | undefined {
    return this.#disk.findRefund(outRefundNo)?.order;
  }
}
