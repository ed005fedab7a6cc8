/**
 * The practice gateway's ledger: every order by its number, and what became of the money. Kept in memory. A copy as
 * text goes to `save` on each change, so that practice survives a restart.
 */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { beijingDay } from '../../shared/beijing.ts';
import type { TradeState } from '../../shared/order/order.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../base/clock.ts';
import { parseJson } from '../base/json.ts';
import {
  charged,
  ledgerOrderSchema,
  noted,
  refundedElsewhere,
  refundOf,
  reversed,
  settled,
  type CheckedSeed,
  type LedgerOrder,
  type PracticeRefund,
} from './ledger-order.ts';
import type { PracticeMerchant } from './practice-merchant.ts';

/** Beyond this many the oldest orders are dropped: the ledger is for practice, not an archive. */
const ORDERS_MAX = 1_000;
const VIOLATIONS_MAX = 100;

/** A reverse that came sooner than 15.000 s after its pay request. Our app must never cause one. */
const violationSchema = z.object({ outTradeNo: z.string(), atMs: z.number(), elapsedMs: z.number() });
export type Violation = z.infer<typeof violationSchema>;

const ledgerTextSchema = z.object({
  version: z.literal(1),
  orders: z.array(ledgerOrderSchema),
  violations: z.array(violationSchema),
});
type LedgerText = z.infer<typeof ledgerTextSchema>;

/** What happened to an order's money. `charged` stays true after a refund; then `refunded` is true as well. */
export interface MoneyVerdict {
  readonly charged: boolean;
  readonly refunded: boolean;
  readonly state: TradeState;
}

/** What went back of an order by refunds with a number. */
export interface MoneyBack {
  /** With the customer. */
  readonly arrivedFen: number;
  /** Accepted and not with the customer: on its way, or stuck. */
  readonly owedFen: number;
  /** Numbers that were accepted, the failed ones too. More than the till meant to make is a refund paid twice. */
  readonly refunds: number;
  /** Requests that repeated an accepted number, and paid nothing. */
  readonly repeats: number;
}

export interface LedgerOptions {
  readonly clock: Clock;
  /** Receives the whole ledger as text after each change. What it throws goes to the caller of the change. */
  readonly save?: ((text: string) => void) | undefined;
}

export class Ledger {
  readonly #clock: Clock;
  readonly #save: ((text: string) => void) | undefined;
  readonly #orders = new Map<string, LedgerOrder>();
  readonly #violations: Violation[] = [];

  constructor({ clock, save }: LedgerOptions, kept: LedgerText = { version: 1, orders: [], violations: [] }) {
    this.#clock = clock;
    this.#save = save;
    for (const order of kept.orders) this.#orders.set(order.outTradeNo, order);
    this.#violations.push(...kept.violations);
  }

  /** The ledger that `save` received. The error names the field that is wrong. */
  static from(text: string, options: LedgerOptions): Result<Ledger, string> {
    const kept = ledgerTextSchema.safeParse(parseJson(text));
    return kept.success ? ok(new Ledger(options, kept.data)) : fail(z.prettifyError(kept.error));
  }

  /** Every order, oldest first, with the charges that have become due by now. */
  orders(): readonly LedgerOrder[] {
    return [...this.#orders.keys()].flatMap((outTradeNo) => this.get(outTradeNo) ?? []);
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  get(outTradeNo: string): LedgerOrder | undefined {
    const order = this.#orders.get(outTradeNo);
    if (order === undefined) return undefined;
    const current = settled(order, this.#clock.read());
    if (current !== order) this.put(current);
    return current;
  }

  byTransactionId(transactionId: string): LedgerOrder | undefined {
    for (const order of this.#orders.values()) {
      if (order.transactionId === transactionId) return this.get(order.outTradeNo);
    }
    return undefined;
  }

  /** Whether a face_code or auth_code with this digest has already paid for an order. */
  codeIsSpent(digest: string): boolean {
    return [...this.#orders.values()].some((order) => order.codeDigest === digest);
  }

  /** Adds the order, or replaces the one with that number. */
  put(order: LedgerOrder): void {
    this.#orders.set(order.outTradeNo, order);
    for (const oldest of this.#orders.keys()) {
      if (this.#orders.size <= ORDERS_MAX) break;
      this.#orders.delete(oldest);
    }
    this.#changed();
  }

  /** A reverse came `elapsedMs` after the pay request, too early. */
  violated(order: LedgerOrder, elapsedMs: number): void {
    const atMs = this.#clock.read().wallMs;
    this.#violations.push({ outTradeNo: order.outTradeNo, atMs, elapsedMs });
    if (this.#violations.length > VIOLATIONS_MAX) this.#violations.shift();
    this.put(noted(order, atMs, 'reverse-too-early', `${String(elapsedMs)} ms after the pay request`));
  }

  verdict(outTradeNo: string): MoneyVerdict | null {
    const order = this.get(outTradeNo);
    if (order === undefined) return null;
    return { charged: order.paidFen > 0, refunded: order.refundedFen > 0, state: order.state };
  }

  /** Which order has the refund with this number of the merchant's or of WeChat's own. */
  byRefund(is: (refund: PracticeRefund) => boolean): LedgerOrder | undefined {
    for (const order of this.#orders.values()) {
      if (order.refunds.some(is)) return this.get(order.outTradeNo);
    }
    return undefined;
  }

  moneyBack(outTradeNo: string): MoneyBack | null {
    const refunds = this.get(outTradeNo)?.refunds;
    if (refunds === undefined) return null;
    const sumOf = (...statuses: readonly PracticeRefund['status'][]): number =>
      refunds.reduce((sum, { fen, status }) => sum + (statuses.includes(status) ? fen : 0), 0);
    return {
      arrivedFen: sumOf('SUCCESS'),
      owedFen: sumOf('PROCESSING', 'CHANGE'),
      refunds: refunds.length,
      repeats: refunds.reduce((sum, { repeats = 0 }) => sum + repeats, 0),
    };
  }

  /** Enters an order "paid elsewhere", and replaces one with the same number. */
  seed({ paidAt, state, transactionId, ...given }: CheckedSeed, merchant: PracticeMerchant): LedgerOrder {
    const now = this.#clock.read();
    const agoMs = paidAt === undefined ? 0 : now.wallMs - Date.parse(paidAt);
    const order: LedgerOrder = {
      ...given,
      transactionId: transactionId ?? newTransactionId(now.wallMs),
      appid: merchant.appid,
      mchId: merchant.mchId,
      subMchId: merchant.subMchId ?? null,
      state: 'NOTPAY',
      paidFen: 0,
      refundedFen: 0,
      refunds: [],
      refundAskedAt: null,
      refundAsks: 0,
      payReceivedAt: { ...now, wallMs: now.wallMs - agoMs, monoMs: now.monoMs - agoMs },
      chargeDueMs: null,
      paidAtMs: null,
      reversed: false,
      reverses: 0,
      queries: 0,
      codeDigest: null,
      echoed: {},
      history: [{ atMs: now.wallMs, what: 'seeded', note: '' }],
    };
    const seeded = inState(order, state);
    this.put(seeded);
    return seeded;
  }

  toJSON(): LedgerText {
    return { version: 1, orders: [...this.#orders.values()], violations: [...this.#violations] };
  }

  #changed(): void {
    // Without `save` nobody needs the text, and writing out a whole ledger is much work.
    this.#save?.(JSON.stringify(this));
  }
}

/** `order`, unpaid, brought to `state` the way an order gets there. */
function inState(order: LedgerOrder, state: TradeState): LedgerOrder {
  const { wallMs } = order.payReceivedAt;
  if (state === 'SUCCESS') return charged(order, wallMs);
  if (state === 'REFUND') {
    return refundedElsewhere(charged(order, wallMs), [refundOf(order, order.amountFen)], wallMs);
  }
  if (state === 'CLOSED' || state === 'REVOKED') return { ...reversed(order, wallMs), state };
  return { ...order, state };
}

/** WeChat's own number of an order in today's form: `42000`, the Beijing date, digits; 28 in all. */
export const newTransactionId = (wallMs: number): string => newNumber('42000', wallMs);

/** WeChat's own number of a refund, likewise: it begins with 50. */
export const newRefundId = (wallMs: number): string => newNumber('50300', wallMs);

function newNumber(begin: string, wallMs: number): string {
  const random = Array.from({ length: 15 }, () => randomInt(10)).join('');
  return `${begin}${beijingDay(wallMs).replaceAll('-', '')}${random}`;
}
