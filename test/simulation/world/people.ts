/** The cashier and the manager of a life: what they do to an order, and when. */
import { CODE_TIMEOUT_MS } from '../../../shared/timing.ts';
import { wallOfLate } from '../../../electron/app/orders/orders-service.ts';
import type { Stored } from '../../../electron/orders/journal/journal.ts';
import { checkedPayTime } from '../../../electron/orders/views/pay-time.ts';
import type { Order } from '../../../electron/orders/machine/order.ts';
import type { OrderEvent } from '../../../electron/orders/machine/event.ts';
import type { SimLedger } from './ledger.ts';
import type { CodeFault } from './faults.ts';
import { CODE_MARK, type SimProcess, type TerminalRoom } from './sim-process.ts';

const MANAGER_TRIES_MAX = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far a person, the network time or an empty battery moves the wall clock. */
const CLOCK_STEPS_MS = [
  30_000,
  -30_000,
  10_000,
  HOUR_MS,
  -HOUR_MS,
  8 * DAY_MS,
  -8 * DAY_MS,
  9_500 * DAY_MS,
  -9_500 * DAY_MS,
] as const;
const ASKS: OrderEvent = { type: 'asked-by-hand' };
const SAYS_REFUNDED: OrderEvent = { type: 'refund-made', by: 'manager', code: 'duplicate', refundNumber: null };
const SAYS_NOT_REFUNDED: OrderEvent = {
  type: 'refund-not-made',
  by: 'manager',
  code: 'other',
  note: 'the platform was down',
};
/** What a manager does about an order before them; sometimes too early, in the wrong order, or without a reason. */
const MANAGERS_ACTS: [OrderEvent, ...OrderEvent[]] = [
  { type: 'tried-by-hand', by: 'manager' },
  { type: 'tried-by-hand', by: 'manager', code: 'device-fault' },
  { type: 'cancel-tapped', by: 'manager', code: 'customer-cancelled' },
  { type: 'manager-settled', by: 'manager', code: 'other', reason: 'the customer got cash back' },
  { type: 'refund-handed-over', by: 'manager', code: 'duplicate', note: 'two receipts' },
  { type: 'refund-handed-over', by: 'manager' },
  { type: 'cancel-tapped', by: 'manager' },
  { type: 'manager-settled', by: 'manager', reason: 'no reason was chosen' },
  SAYS_REFUNDED,
  SAYS_NOT_REFUNDED,
  { type: 'refund-not-made', by: 'manager' },
];

type RefundAct = Omit<Extract<OrderEvent, { type: 'refund-retried' | 'refund-settled' }>, 'outRefundNo'>;

/** The answer of a person who is asked whether a late payment is kept. */
const CHOICES: [OrderEvent, ...OrderEvent[]] = [
  { type: 'keep-chosen' },
  { type: 'refund-chosen', by: 'cashier' },
  { type: 'refund-chosen', by: 'manager' },
  { type: 'cancel-tapped', by: 'manager', code: 'customer-cancelled' },
];

/** These need more than the draw to happen: a code that has paid before, or a payment that has ended meanwhile. */
const SELDOM_DRAWN: ReadonlySet<CodeFault> = new Set(['code-late', 'code-spent']);

/** What a manager does about a refund that stands before them. */
const REFUND_ACTS: [RefundAct, ...RefundAct[]] = [
  { type: 'refund-retried', by: 'manager', code: 'other', note: 'topped up' },
  { type: 'refund-retried', by: 'manager', code: 'other', note: 'topped up' },
  { type: 'refund-settled', by: 'manager', code: 'other', note: 'paid back in cash' },
  { type: 'refund-retried', by: 'manager' },
  { type: 'refund-settled', by: 'cashier', code: 'other' },
];

export class People {
  /** `false`: people do nothing any more. */
  active = true;
  readonly #terminal: TerminalRoom;
  readonly #ledger: SimLedger;
  /** The process with the screen, if it runs. */
  readonly #screen: () => SimProcess | null;
  readonly #doubleTaps: boolean;
  readonly #hitDoubleTap: () => void;
  readonly #reacted = new Map<string, number>();
  #numbers = 0;
  #codesMade = 0;
  readonly #codesPaid: string[] = [];
  #refundsMade = 0;

  constructor(
    terminal: TerminalRoom,
    ledger: SimLedger,
    screen: () => SimProcess | null,
    doubleTaps: boolean,
    hitDoubleTap: () => void,
  ) {
    this.#terminal = terminal;
    this.#ledger = ledger;
    this.#screen = screen;
    this.#doubleTaps = doubleTaps;
    this.#hitDoubleTap = hitDoubleTap;
  }

  /** A customer comes: the cashier takes a payment, or is shown an order from another till. */
  customer(): void {
    const { choices } = this.#terminal;
    const isFromAnotherTill = choices.chance(0.15);
    if (isFromAnotherTill) this.#fromAnotherTill();
    else if (choices.chance(0.15)) this.#throughTillSoftware();
    else this.#takePayment();
  }

  /** Reacts to the screen's present state. */
  sees({ order }: Stored): void {
    const { choices } = this.#terminal;
    const { name } = order.phase;
    this.#refunds(order);
    if (name !== 'choosing' && name !== 'attention' && name !== 'paid') return;
    const key = `${name} ${order.orderId}`;
    const reactions = this.#reacted.get(key) ?? 0;
    this.#reacted.set(key, reactions + 1);
    if (name === 'choosing' && choices.chance(0.85)) {
      this.#later(choices.between(500, 60_000), order.orderId, choices.pick(CHOICES));
    }
    // A manager's refund, or only the key that cancels.
    if (name === 'paid' && reactions === 0 && choices.chance(0.2))
      this.#later(choices.between(1_000, 30_000), order.orderId, {
        type: 'cancel-tapped',
        by: 'manager',
        ...choices.pick([{}, { code: 'duplicate' }] as const),
      });
    // Somebody looks at the order again, and finds that a part of the money went back.
    if (name === 'paid' && reactions === 0 && choices.chance(0.05)) {
      const { room } = this.#terminal;
      const number = order.outTradeNo ?? order.transactionId ?? '';
      room.inAwake(choices.between(100, 1_000), () => this.#ledger.refundPartByHand(number, room.nowMs));
      this.#later(choices.between(1_000, 10_000), order.orderId, ASKS);
    }
    if (name === 'paid' && order.refunds !== null)
      this.#later(choices.between(500, 8_000), order.orderId, {
        type: 'cancel-tapped',
        by: 'manager',
        code: 'wrong-amount',
      });
    if (name === 'attention' && reactions < MANAGER_TRIES_MAX) {
      const act = choices.pick(MANAGERS_ACTS);
      const ms = choices.between(1_000, 60_000);
      if (choices.chance(0.7)) this.#later(ms, order.orderId, act);
      if (act.type === 'refund-handed-over') this.#refundsByHand(order, ms);
    }
  }

  /** A manager refunds some of what is paid or can no longer be cancelled, and looks after the refunds that need it. */
  #refunds(order: Order): void {
    const { choices, swarm } = this.#terminal;
    const { orderId, ourRefunds, amountFen } = order;
    for (const { outRefundNo, phase } of ourRefunds) {
      const key = `${phase.name} ${outRefundNo}`;
      const reactions = this.#reacted.get(key) ?? 0;
      if ((phase.name !== 'attention' && phase.name !== 'failed' && phase.name !== 'stuck') || reactions >= 3) continue;
      this.#reacted.set(key, reactions + 1);
      if (choices.chance(0.6))
        this.#later(choices.between(1_000, 90_000), orderId, { ...choices.pick(REFUND_ACTS), outRefundNo });
    }
    const last = ourRefunds.at(-1)?.phase.name ?? order.phase.name;
    const key = `refunds ${orderId} ${last}`;
    if (!swarm.refunding || amountFen === null || this.#reacted.has(key)) return;
    if (!['paid', 'attention', 'accepted', 'failed'].includes(last)) return;
    this.#reacted.set(key, 1);
    if (!choices.chance(last === 'attention' ? 0.4 : 0.9)) return;
    this.#refundsMade += 1;
    const event: OrderEvent = {
      ...{
        type: 'refund-asked',
        by: 'manager',
        outRefundNo: `${orderId}_1R${String(this.#refundsMade)}`,
        account: null,
      },
      fen: choices.chance(0.25) ? amountFen : choices.between(1, amountFen),
      ...(choices.chance(0.9) ? { code: 'wrong-amount' } : {}),
    };
    const inMs = choices.between(500, 20_000);
    this.#later(inMs, orderId, event);
    // The button is pressed again: the same intent, or a second one.
    if (choices.chance(0.2)) this.#later(inMs + choices.between(1, 5_000), orderId, event);
    if (choices.chance(0.2)) {
      this.#refundsMade += 1;
      const second = { ...event, outRefundNo: `${orderId}_1R${String(this.#refundsMade)}` };
      this.#later(inMs + choices.between(1, 90_000), orderId, second);
    }
  }

  /**
   * After the refund steps were opened: the refund is made in the merchant platform, and then the app is told, or
   * asked, or neither.
   */
  #refundsByHand({ orderId, outTradeNo, transactionId }: Order, handedOverMs: number): void {
    const { choices, room } = this.#terminal;
    const refundMs = handedOverMs + choices.between(1_000, 60_000);
    if (choices.chance(0.7))
      room.inAwake(refundMs, () => this.#ledger.refundByHand(outTradeNo ?? transactionId ?? '', room.nowMs));
    if (choices.chance(0.6))
      this.#later(
        refundMs + choices.between(1, 30_000),
        orderId,
        choices.pick([
          ASKS,
          SAYS_REFUNDED,
          SAYS_NOT_REFUNDED,
          { type: 'tried-by-hand', by: 'manager', code: 'device-fault' },
          { ...SAYS_REFUNDED, by: 'cashier' },
        ]),
      );
  }

  #takePayment(): void {
    const screen = this.#screen();
    if (screen === null) return;
    screen.till.clear();
    const { swarm, choices } = this.#terminal;
    const waits = screen.till.stage().name === 'code';
    if (swarm.paySource === 'code' && !waits && this.#draws('code-unasked'))
      this.#show(screen, this.#newCode(), null, 'code-unasked');
    const amountFen = choices.between(1, 99_999);
    if (!screen.till.take(amountFen).ok) return;
    this.#terminal.room.unsettled = true;
    if (swarm.paySource === 'code') this.#showCode(screen, amountFen);
    // The number is made when the face is recognised, a few calls from now.
    this.#script(() => {
      const stage = screen.till.stage();
      return stage.name === 'order' ? stage.orderId : null;
    });
  }

  #newCode(): string {
    this.#codesMade += 1;
    return `${CODE_MARK}${String(this.#codesMade).padStart(8, '0')}`;
  }

  #draws(fault: CodeFault): boolean {
    const { choices, swarm, wild } = this.#terminal;
    return wild && swarm.code.kinds.includes(fault) && choices.chance(SELDOM_DRAWN.has(fault) ? 0.6 : 0.25);
  }

  #show(screen: SimProcess, code: string, wantedFen: number | null, fault?: CodeFault): void {
    const { checks, room, hit } = this.#terminal;
    if (fault !== undefined) hit(fault);
    checks.codeShown(code, wantedFen, screen.till.showCode(code).ok);
    room.unsettled = true;
  }

  /** The customer of the payment that now waits for a code. */
  #showCode(screen: SimProcess, amountFen: number): void {
    const { choices, room } = this.#terminal;
    const spent = this.#draws('code-spent') ? this.#codesPaid.at(-1) : undefined;
    const shown = { code: spent ?? this.#newCode(), spent: spent !== undefined };
    const inMs = choices.between(200, 6_000);
    if (!this.#draws('code-late')) {
      room.inAwake(inMs, () => this.#showNow(screen, amountFen, shown));
      return;
    }
    // The cashier has stopped the payment, or nobody has and its time is over.
    const stops = choices.chance(0.8);
    if (stops) room.inAwake(inMs, () => this.active && screen.running && screen.till.stop());
    const lateMs = choices.between(1, 30_000) + (stops ? inMs : CODE_TIMEOUT_MS);
    room.inAwake(lateMs, () => {
      if (this.active && screen.running && screen.till.stage().name !== 'code')
        this.#show(screen, shown.code, null, 'code-late');
    });
  }

  #showNow(screen: SimProcess, amountFen: number, { code, spent }: { code: string; spent: boolean }): void {
    if (!this.active || !screen.running) return;
    const stage = screen.till.stage();
    if (stage.name !== 'code' || stage.amountFen !== amountFen) return;
    if (this.#draws('code-as-it-is-stopped')) {
      const stopsFirst = this.#terminal.choices.chance(0.5);
      if (stopsFirst) screen.till.stop();
      this.#show(screen, code, stopsFirst ? null : amountFen, 'code-as-it-is-stopped');
      if (!stopsFirst && screen.till.stop().ok) this.#terminal.checks.codeStopped(code);
      return;
    }
    this.#show(screen, code, amountFen, spent ? 'code-spent' : undefined);
    this.#codesPaid.push(code);
    if (this.#draws('code-twice')) this.#show(screen, code, null, 'code-twice');
    if (this.#draws('code-of-the-next')) this.#show(screen, this.#newCode(), null, 'code-of-the-next');
  }

  #fromAnotherTill(): void {
    const { choices, room, checks, disk } = this.#terminal;
    const screen = this.#screen();
    if (screen === null) return;
    const outTradeNo = `till2-${String((this.#numbers += 1))}`;
    const agoMs = choices.pick([60_000, 5_000, 20_000, 3_600_000, 6 * 86_400_000, 8 * 86_400_000]);
    const order = this.#ledger.seed(outTradeNo, choices.between(1, 99_999), room.nowMs - agoMs, choices.chance(0.5));
    const claims = room.wallSkewMs === 0 && choices.chance(0.5);
    const byTransactionId = choices.chance(0.3);
    const number = byTransactionId ? order.transactionId : outTradeNo;
    checks.entered(outTradeNo, claims ? order.arrivedMs : room.nowMs);
    checks.entered(order.transactionId, claims ? order.arrivedMs : room.nowMs);
    if (disk.find(number) === null)
      screen.enter(
        byTransactionId ? { transactionId: number } : { outTradeNo: number },
        claims ? room.wallMs - agoMs : null,
      );
    this.#script(() => (byTransactionId ? `wx-${number}` : number));
    // The customer's phone shows the other number, and somebody scans that as well.
    if (choices.chance(0.2))
      this.#enterOther(number === outTradeNo ? order.transactionId : outTradeNo, byTransactionId);
  }

  /** The till software takes a payment elsewhere, writes down when, and registers the order here a little later. */
  #throughTillSoftware(): void {
    const { choices, room, checks, disk, swarm, wild, hit } = this.#terminal;
    const outTradeNo = `pos-${String((this.#numbers += 1))}`;
    const order = this.#ledger.seed(outTradeNo, choices.between(1, 99_999), room.nowMs, choices.chance(0.5));
    checks.entered(outTradeNo, room.nowMs);
    checks.entered(order.transactionId, room.nowMs);
    const stampMs = room.wallMs;
    room.claimsUnderWay += 1;
    const onItsWayMs = choices.between(0, 20_000);
    const steps = wild && swarm.claim.draw(choices) !== null;
    if (steps) {
      room.in(choices.between(0, onItsWayMs), () => {
        hit('clock-steps-before-registration');
        room.setWall(choices.pick(CLOCK_STEPS_MS));
      });
    }
    room.inAwake(onItsWayMs, () => {
      room.claimsUnderWay -= 1;
      const process = this.#processAtHand();
      if (process === null || !this.active || disk.find(outTradeNo) !== null) return;
      // If the API refuses the stated time, the till software registers the order without it.
      const claim = checkedPayTime({ fromMs: stampMs, toMs: stampMs }, wallOfLate(process.clock));
      process.enter({ outTradeNo }, claim.ok ? stampMs : null);
      this.#script(() => outTradeNo);
    });
  }

  /**
   * The process with the screen. Sometimes, or if that process stands still, the newest process that runs: a command,
   * if there is one.
   */
  #processAtHand(): SimProcess | null {
    const { choices, processes } = this.#terminal;
    const screen = this.#screen();
    const other =
      choices.chance(0.2) || screen === null ? [...processes].findLast(({ running }) => running) : undefined;
    return other ?? screen;
  }

  #enterOther(number: string, isOutTradeNo: boolean): void {
    const { choices, room, disk } = this.#terminal;
    room.inAwake(choices.between(100, 20_000), () => {
      const screen = this.#screen();
      if (screen === null || !this.active || disk.find(number) !== null) return;
      const orderId = isOutTradeNo ? number : `wx-${number}`;
      screen.enter(isOutTradeNo ? { outTradeNo: number } : { transactionId: number }, null);
      this.#script(() => orderId);
    });
  }

  /** What the cashier does about this order from now on. */
  #script(orderId: () => string | null): void {
    const { choices, swarm } = this.#terminal;
    if (!choices.chance(swarm.refunding ? 0.6 : 0.9)) return;
    const tapMs = choices.between(150, 25_000);
    const by = choices.chance(0.85) ? 'cashier' : choices.chance(0.7) ? 'manager' : 'technician';
    const code =
      by === 'manager'
        ? choices.pick(['customer-cancelled', 'wrong-amount', 'duplicate', 'device-fault', undefined] as const)
        : undefined;
    const tap: OrderEvent = { type: 'cancel-tapped', by, ...(code === undefined ? {} : { code }) };
    this.#later(tapMs, orderId, tap);
    if (this.#doubleTaps) {
      this.#hitDoubleTap();
      for (const afterMs of [0, 60, 120]) this.#later(tapMs + afterMs, orderId, tap);
    }
    if (choices.chance(0.2)) {
      const backMs = tapMs + choices.between(50, 14_000);
      this.#later(backMs, orderId, { type: 'cancel-withdrawn' });
      if (choices.chance(0.5)) this.#later(backMs + choices.between(50, 5_000), orderId, tap);
    }
    if (choices.chance(0.2))
      this.#later(tapMs + choices.between(1_000, 60_000), orderId, { type: 'tried-by-hand', by: 'cashier' });
    if (choices.chance(0.2)) this.#later(choices.between(100, 40_000), orderId, { type: 'asked-by-hand' });
    if (choices.chance(0.1))
      this.#later(choices.between(1_000, 60_000), orderId, {
        type: 'manager-settled',
        by: 'cashier',
        reason: 'the cashier says so',
      });
    if (choices.chance(0.1))
      this.#later(
        choices.between(1_000, 60_000),
        orderId,
        choices.pick([
          { ...SAYS_REFUNDED, by: 'cashier' },
          { type: 'refund-handed-over', by: 'cashier' },
        ]),
      );
    if (choices.chance(0.1))
      this.#later(choices.between(1_000, 60_000), orderId, {
        type: 'refund-handed-over',
        by: 'manager',
        code: 'wrong-amount',
      });
  }

  #later(ms: number, orderId: string | (() => string | null), event: OrderEvent): void {
    const { room, checks } = this.#terminal;
    room.inAwake(ms, () => {
      if (!this.active) return;
      const id = typeof orderId === 'string' ? orderId : orderId();
      const process = this.#processAtHand();
      if (id === null || process === null) return;
      const told = process.tell(id, event);
      if (!told.ok && told.error === 'too-late') checks.refusedAsTooLate(id);
      // An act that was refused because of the disk may be found done after a crash all the same.
      if (!told.ok && told.error === 'not-saved' && (event.type === 'cancel-withdrawn' || event.type === 'keep-chosen'))
        checks.asked.delete(id);
      if (!told.ok) return;
      if (event.type === 'cancel-tapped' || event.type === 'refund-chosen') checks.asked.add(id);
      if (event.type === 'cancel-withdrawn' && told.value.order.phase.name === 'armed')
        checks.violate('what was taken back stays back', id);
    });
  }
}
