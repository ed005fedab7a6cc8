/** One order driven by hand through the real machine: time stands still until the test advances it. */
import type { Timestamp } from '../../../electron/base/clock.ts';
import { steadyAt } from '../../../electron/base/watched-clock.ts';
import type { Effect, OrderEvent } from '../../../electron/orders/machine/event.ts';
import { nextWakeMonoMs, step } from '../../../electron/orders/machine/machine.ts';
import { orderEntered, orderToPay, type Order } from '../../../electron/orders/machine/order.ts';
import type { PayAnswer, QueryAnswer, RefundsAnswer, ReverseAnswer } from '../../../electron/wechat/answers.ts';
import type { NoAnswer, Recall, TradeState } from '../../../shared/order/order.ts';

export const NUMBER = '202611231405001234567890';
export const WECHAT_NUMBER = '4200000272201902213633768503';
const IDS = { orderId: NUMBER, outTradeNo: NUMBER, transactionId: null, family: 'facepay', amountFen: 1_234 } as const;
const START: Timestamp = { wallMs: Date.UTC(2026, 10, 23, 6, 5), monoMs: 1_000_000, run: 'run-1' };
const CALL_TIMEOUT_MS = 10_000;

const where = { host: 'api.mch.weixin.qq.com', latencyMs: 40 };

export class OneOrder {
  now: Timestamp = START;
  order: Order;
  /** Everything that the machine asked for, with its time, counted from the start. */
  readonly sent: { readonly kind: Effect['kind']; readonly n: number; readonly atMs: number }[] = [];

  constructor(make: (now: Timestamp) => Order = (now) => orderToPay(IDS, CALL_TIMEOUT_MS, now)) {
    this.order = make(this.now);
  }

  static entered(paidAgoMs: number | null = null): OneOrder {
    return new OneOrder((now) =>
      orderEntered(IDS, paidAgoMs === null ? null : now.wallMs - paidAgoMs, now, steadyAt(now.wallMs)),
    );
  }

  /** An order whose pay call left while the wall clock still showed the time after an empty battery. */
  static madeInTheYear2000(): OneOrder {
    const one = new OneOrder((now) =>
      orderToPay(IDS, CALL_TIMEOUT_MS, { ...now, wallMs: now.wallMs - 9_800 * 86_400_000 }),
    );
    one.setWall(-9_800 * 86_400_000);
    one.tell({ type: 'pay-left' });
    return one;
  }

  /** An order whose pay call left at 0 ms and has had no answer. */
  static hanging(): OneOrder {
    const one = new OneOrder();
    one.tell({ type: 'pay-left' });
    return one;
  }

  /** A cancel armed at 1 s of a hanging payment that WeChat calls NOTPAY. */
  static armed(): OneOrder {
    const one = OneOrder.hanging();
    one.pass(1_000);
    one.tell({ type: 'cancel-tapped', by: 'cashier' });
    return one;
  }

  /** The first reverse of a hanging payment is out. */
  static reversing(): OneOrder {
    const one = OneOrder.armed();
    one.runUntil(() => one.order.reverse.out !== null);
    return one;
  }

  /** The first reverse brought no answer, WeChat says the order is paid, and the second reverse is out. */
  static reversingPaid(): OneOrder {
    const one = OneOrder.reversing();
    one.reverseGetsNoResponse('timeout');
    one.querySays('SUCCESS');
    one.runUntil(() => one.order.reverse.out !== null);
    return one;
  }

  get phase(): Order['phase']['name'] {
    return this.order.phase.name;
  }

  get reverses(): readonly number[] {
    return this.sent.filter(({ kind }) => kind === 'send-reverse').map(({ atMs }) => atMs);
  }

  /** Ms since the start, on the monotonic clock. */
  get atMs(): number {
    return this.elapsedBefore + this.now.monoMs - this.startedMonoMs;
  }
  private elapsedBefore = 0;
  private startedMonoMs = START.monoMs;

  pass(ms: number): void {
    this.now = { ...this.now, wallMs: this.now.wallMs + ms, monoMs: this.now.monoMs + ms };
  }

  setWall(byMs: number): void {
    this.now = { ...this.now, wallMs: this.now.wallMs + byMs };
  }

  /** The process dies and another takes over `downMs` later; after a reboot the machine has been up `upMs` by then. */
  restart(downMs: number, reboot?: { readonly upMs: number }): void {
    this.elapsedBefore = this.atMs + downMs;
    const monoMs = reboot?.upMs ?? this.now.monoMs + downMs;
    this.startedMonoMs = monoMs;
    this.now = { wallMs: this.now.wallMs + downMs, monoMs, run: `${this.now.run}+` };
    this.tell({ type: 'started-again' });
  }

  /** Returns the code of a refusal, or `null`. */
  tell(event: OrderEvent): string | null {
    const stepped = step(this.order, event, this.now);
    if (!stepped.ok) return stepped.error;
    this.order = stepped.value.order;
    for (const { kind, n } of stepped.value.effects) this.sent.push({ kind, n, atMs: this.atMs });
    return null;
  }

  /**
   * Jumps from one timer to the next until `isOver`, answering queries with `state`, or queries and reverses with a
   * time-out (`timed-out`).
   */
  runUntil(isOver: () => boolean, state: TradeState | 'no-response' | 'timed-out' = 'NOTPAY'): void {
    for (let wakes = 0; wakes < 1_000 && !isOver(); wakes += 1) {
      if (state === 'timed-out' && (this.order.query.out !== null || this.order.reverse.out !== null)) {
        if (this.order.query.out !== null) this.queryAnswers(noResponse('timeout'));
        else this.reverseGetsNoResponse('timeout');
        continue;
      }
      if (this.order.query.out !== null && state !== 'no-response' && state !== 'timed-out') {
        this.querySays(state);
        continue;
      }
      const wake = nextWakeMonoMs(this.order, this.now);
      if (wake === null) throw new Error(`nothing will ever wake this order again (${this.phase})`);
      this.pass(Math.max(0, wake - this.now.monoMs));
      this.tell({ type: 'timer' });
    }
    if (!isOver()) throw new Error(`still ${this.phase} after 1,000 wakes`);
  }

  payAnswers(answer: PayAnswer): void {
    this.tell({ type: 'pay-ended', answer, ...where });
  }

  queryAnswers(answer: QueryAnswer): void {
    this.tell({ type: 'query-ended', n: this.order.query.count, answer, ...where });
  }

  querySays(tradeState: TradeState): void {
    const transactionId = tradeState === 'SUCCESS' ? WECHAT_NUMBER : null;
    const seen = { kind: 'seen', tradeState, outTradeNo: NUMBER, transactionId, amountFen: null } as const;
    // A reverse is no refund by number, so pay/refundquery knows none.
    this.queryAnswers(tradeState === 'REFUND' ? { ...seen, refunds: { kind: 'not-found' } } : seen);
  }

  /** REFUND, and the answer of pay/refundquery about it. */
  refundedElsewhere(refunds: RefundsAnswer): void {
    this.queryAnswers({
      kind: 'seen',
      tradeState: 'REFUND',
      outTradeNo: NUMBER,
      transactionId: null,
      amountFen: null,
      refunds,
    });
  }

  reverseAnswers(answer: ReverseAnswer): void {
    this.tell({ type: 'reverse-ended', n: this.order.reverse.count, answer, ...where });
  }

  accepts(recall: Recall): void {
    this.reverseAnswers({ kind: 'accepted', recall });
  }

  refuses(errCode: string, recall: Recall = 'N'): void {
    this.reverseAnswers({ kind: 'refused', errCode, recall });
  }

  reverseGetsNoResponse(why: NoAnswer): void {
    this.reverseAnswers(noResponse(why));
  }
}

export const noResponse = (why: NoAnswer): { kind: 'no-answer'; why: NoAnswer; text: null } => ({
  kind: 'no-answer',
  why,
  text: null,
});
