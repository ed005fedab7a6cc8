/**
 * WeChat Pay in the simulation: the orders, the money, and the truth with which every statement on a screen is
 * compared. Written from electron/wechat/README.md, separately from the practice gateway and the client, so that it can
 * disagree with both.
 */
import type { Fields } from '../../../electron/wechat/sign.ts';
import type { Choices } from './choices.ts';
import type {
  ElsewhereFault,
  PayFault,
  QueryFault,
  RefundFault,
  RefundQueryFault,
  ReverseFault,
  Said,
  Swarm,
} from './faults.ts';

const DAY_MS = 86_400_000;
const REVERSIBLE_MS = 7 * DAY_MS;
/** In lives with this habit, WeChat itself revokes an unpaid order after this time. */
const AUTO_REVOKE_MS = 45_000;

type Drawn = PayFault | QueryFault | ReverseFault | ElsewhereFault | RefundQueryFault | RefundFault;

/**
 * `declined`: refused by a code after which it is never charged. `payerror`: WeChat's name for it, and it may still be
 * charged.
 */
type Standing = 'unpaid' | 'typing' | 'declined' | 'payerror' | 'paid' | 'closed' | 'refunded';

export interface LedgerOrder {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  /** The true time at which its pay request arrived. */
  readonly arrivedMs: number;
  /** The true time at which the customer pays, if nothing happens before. */
  paysMs: number;
  readonly autoRevokes: boolean;
  /** The state name of a voided order, paid or not: the documents allow either. */
  readonly voidedWord: 'REVOKED' | 'by-money';
  /** Another till's order, under a number that this terminal drew as well. */
  readonly foreign: boolean;
  /** WeChat continues to answer PAYERROR although the money was taken. */
  saysPayError: boolean;
  /** What somebody does to it in the merchant platform after it is paid, and how long after. */
  readonly elsewhere: { readonly fault: ElsewhereFault; readonly afterMs: number; readonly parts: number } | null;
  /** Refunds by number: those made elsewhere, and the reverse's own if `listsReverse`. */
  readonly refunds: Refund[];
  /** Whether pay/refundquery lists what a reverse gave back. No document says. */
  readonly listsReverse: boolean;
  /** Whether any reverse has arrived. */
  reversed: boolean;
  /** Until then WeChat answers with an unknown state. */
  strangeUntilMs: number;
  standing: Standing;
  paidFen: number;
  refundedFen: number;
  changedMs: number;
  before: Standing;
  /** The true time of the last change of a refund, and of the last request for one. */
  refundsChangedMs: number;
  refundAskedMs: number;
}

export interface Refund {
  readonly id: string;
  readonly outRefundNo: string;
  readonly fen: number;
  status: 'SUCCESS' | 'PROCESSING' | 'CHANGE' | 'REFUNDCLOSE';
  readonly byReverse: boolean;
  /** What becomes of it, and the true time of that; only of those that this terminal asked for. */
  readonly ends: { readonly status: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE'; readonly ms: number } | null;
  /** Until then refundquery does not know it. */
  readonly shownMs: number;
}

/** One refund request a minute for one order. */
const REFUND_GAP_MS = 60_000;

/** The number of refunds in one answer. */
const PAGE = 10;
const STRANGE_STATE = 'DEFERRED_2027';
const SURELY_UNPAID = ['AUTHCODEEXPIRE', 'NOTSUPORTCARD', 'AUTH_CODE_INVALID', 'PARAM_ERROR'] as const;
const DOUBTFUL = ['NOTENOUGH', 'TRADE_ERROR', 'ORDERCLOSED', 'BUYER_MISMATCH', 'NOAUTH'] as const;

/** The gateway's answer: the business fields of a signed reply, or nothing at all. */
export type Reply = Fields | null;

export class SimLedger {
  readonly orders = new Map<string, LedgerOrder>();
  readonly #byTransactionId = new Map<string, LedgerOrder>();
  /** The numbers of orders for which a reverse was accepted and did nothing. */
  readonly #acceptedInVain = new Set<string>();
  readonly #spentCodes = new Set<string>();
  /** Numbers of payments that were refused before there was an order. */
  readonly neverMade = new Set<string>();
  readonly #choices: Choices;
  readonly #swarm: Swarm;
  readonly #hit: (fault: Drawn | Said) => void;
  /** `false`: from now on the gateway works correctly. */
  wild = true;

  constructor(choices: Choices, swarm: Swarm, hit: (fault: Drawn | Said) => void) {
    this.#choices = choices;
    this.#swarm = swarm;
    this.#hit = hit;
  }

  /** The order as it is at `nowMs`, including everything due since. */
  at(order: LedgerOrder, nowMs: number): LedgerOrder {
    const open = order.standing === 'unpaid' || order.standing === 'typing' || order.standing === 'payerror';
    const revokesMs = order.autoRevokes ? order.arrivedMs + AUTO_REVOKE_MS : Infinity;
    if (open && order.paysMs <= nowMs && order.paysMs < revokesMs) {
      order.paidFen = order.amountFen;
      change(order, 'paid', order.paysMs);
    } else if (open && revokesMs <= nowMs) change(order, 'closed', revokesMs);
    for (const refund of order.refunds)
      if (refund.ends !== null && refund.status === 'PROCESSING' && refund.ends.ms <= nowMs) this.#ended(order, refund);
    const { elsewhere, standing, changedMs, refunds, reversed } = order;
    // A person who refunds in the platform sees an order that is paid and not being cancelled.
    if (
      elsewhere !== null &&
      standing === 'paid' &&
      refunds.length === 0 &&
      !reversed &&
      changedMs + elsewhere.afterMs <= nowMs
    )
      this.#refundElsewhere(order, elsewhere);
    return order;
  }

  #ended(order: LedgerOrder, refund: Refund): void {
    const { status, ms } = refund.ends ?? { status: 'SUCCESS', ms: 0 };
    refund.status = status;
    order.refundsChangedMs = ms;
    if (status === 'SUCCESS') return;
    order.refundedFen -= refund.fen;
    if (order.standing === 'refunded') change(order, 'paid', ms);
  }

  /** The refund that this terminal asked for under that number, as it is at `nowMs`. */
  refundOf(outRefundNo: string, nowMs: number): { readonly order: LedgerOrder; readonly refund: Refund } | undefined {
    for (const order of this.orders.values())
      for (const refund of order.refunds)
        if (refund.outRefundNo === outRefundNo) return { order: this.at(order, nowMs), refund };
    return undefined;
  }

  /** secapi/pay/refund: one number is one refund, however often it is sent. */
  refund(fields: Fields, nowMs: number): Reply {
    const outRefundNo = fields['out_refund_no'] ?? '';
    const [fen, totalFen] = [Number(fields['refund_fee']), Number(fields['total_fee'])];
    const known = this.refundOf(outRefundNo, nowMs);
    if (known !== undefined) {
      this.#hit('said-refund-again');
      // Its text would say that this much was refunded already: by this very number.
      if (this.wild && this.#choices.chance(0.3)) return failing('ERROR');
      return known.refund.fen === fen && known.order.amountFen === totalFen
        ? acceptedRefund(known.order, known.refund)
        : failing('REFUND_FEE_MISMATCH');
    }
    const fault = this.#draw(this.#swarm.refund);
    const order = this.find(fields, nowMs);
    if (order === undefined || order.paidFen === 0) return failing('ORDERNOTEXIST');
    const tooSoon = nowMs - order.refundAskedMs < REFUND_GAP_MS;
    order.refundAskedMs = nowMs;
    if (tooSoon || fault === 'refund-too-often') return failing('FREQUENCY_LIMITED');
    if (totalFen !== order.amountFen) return failing('REFUND_FEE_MISMATCH');
    if (order.standing === 'refunded') return failing('ERROR');
    const taken = order.refunds.reduce((sum, each) => sum + (each.status === 'REFUNDCLOSE' ? 0 : each.fen), 0);
    if (fen > order.paidFen - taken) return failing('INVALID_REQUEST');
    return this.#refundAs(fault, order, { outRefundNo, fen }, nowMs);
  }

  #refundAs(
    fault: RefundFault | null,
    order: LedgerOrder,
    asked: Pick<Refund, 'outRefundNo' | 'fen'>,
    nowMs: number,
  ): Reply {
    const take = (status: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE', shownMs = nowMs): Reply => {
      const ms = nowMs + this.#choices.between(1_000, this.#choices.pick([20_000, 40 * 60_000]));
      const refund = addRefund(order, asked.fen, 'PROCESSING', { ...asked, ends: { status, ms }, shownMs });
      order.refundsChangedMs = nowMs;
      if (order.refundedFen === order.paidFen) change(order, 'refunded', nowMs);
      return acceptedRefund(order, refund);
    };
    switch (fault) {
      case 'refund-system-error':
        return failing('SYSTEMERROR');
      case 'refund-system-error-accepted':
        take('SUCCESS');
        return failing('SYSTEMERROR');
      case 'refund-shown-late':
        take('SUCCESS', nowMs + this.#choices.between(61_000, 150_000));
        return null;
      case 'refund-need-retry':
        return failing('BIZERR_NEED_RETRY');
      case 'refund-not-enough':
        return failing('NOTENOUGH');
      case 'refund-error':
        return failing('ERROR');
      case 'refund-customer-account':
        return failing('USER_ACCOUNT_ABNORMAL');
      case 'refund-sign-error':
        return failing('SIGNERROR');
      case 'refund-closes':
        return take('REFUNDCLOSE');
      case 'refund-sticks':
        return take('CHANGE');
      case 'refund-too-often':
      case null:
        return take('SUCCESS');
    }
  }

  /** pay/refundquery by out_refund_no. */
  #refundByNumber(outRefundNo: string, lags: boolean, nowMs: number): Reply {
    const known = this.refundOf(outRefundNo, nowMs);
    if (known === undefined || lags || nowMs < known.refund.shownMs) return failing('REFUNDNOTEXIST');
    const { order, refund } = known;
    if (refund.status === 'PROCESSING') this.#hit('said-refund-on-its-way');
    if (refund.status === 'SUCCESS') this.#hit('said-refund-arrived');
    return listed(order, [refund], 1);
  }

  find(fields: Fields, nowMs: number): LedgerOrder | undefined {
    const { transaction_id: transactionId, out_trade_no: outTradeNo } = fields;
    const order =
      transactionId === undefined || transactionId === ''
        ? this.orders.get(outTradeNo ?? '')
        : this.#byTransactionId.get(transactionId);
    return order && this.at(order, nowMs);
  }

  #byEitherNumber(number: string, nowMs: number): LedgerOrder | undefined {
    return this.find({ out_trade_no: number }, nowMs) ?? this.find({ transaction_id: number }, nowMs);
  }

  /** An order paid, or left unpaid, on another till. */
  seed(outTradeNo: string, amountFen: number, arrivedMs: number, paid: boolean): LedgerOrder {
    const order = this.#add(outTradeNo, amountFen, arrivedMs);
    order.paysMs = paid ? arrivedMs : Infinity;
    return order;
  }

  /** Somebody looks the order up in the merchant platform and refunds what was paid there. */
  refundByHand(number: string, nowMs: number): void {
    const order = this.#byEitherNumber(number, nowMs);
    if (order?.standing !== 'paid') return;
    const left = order.paidFen - order.refundedFen;
    if (left > 0) addRefund(order, left, 'SUCCESS');
    change(order, 'refunded', nowMs);
  }

  /** Somebody refunds a part there of an order that nobody cancels. */
  refundPartByHand(number: string, nowMs: number): void {
    const order = this.#byEitherNumber(number, nowMs);
    if (order?.standing !== 'paid' || order.reversed || order.refunds.length > 0) return;
    this.#refundElsewhere(order, { fault: 'part-refunded-elsewhere', afterMs: 0, parts: 1 });
  }

  #refundElsewhere(order: LedgerOrder, { fault, parts, afterMs }: NonNullable<LedgerOrder['elsewhere']>): void {
    this.#hit(fault);
    const whole = order.paidFen;
    // In as many parts as there are fen at most, so that the answer has several pages.
    const sum = fault === 'part-refunded-elsewhere' ? Math.max(1, Math.floor(whole / 2)) : whole;
    const count = Math.min(parts, sum);
    const stuck = fault === 'refund-stuck-elsewhere' ? this.#choices.pick(['CHANGE', 'REFUNDCLOSE'] as const) : null;
    for (let n = 1; n <= count; n += 1) {
      const fen = n === count ? sum - Math.floor(sum / count) * (count - 1) : Math.floor(sum / count);
      addRefund(order, fen, n === count && stuck !== null ? stuck : n % 2 === 0 ? 'PROCESSING' : 'SUCCESS');
    }
    if (order.refundedFen === whole) change(order, 'refunded', order.changedMs + afterMs);
  }

  /** pay/refundquery: ten refunds at a time. */
  refundQuery(fields: Fields, nowMs: number): Reply {
    const fault = this.#draw(this.#swarm.refundQuery);
    if (fault === 'refundquery-system-error') return failing('SYSTEMERROR');
    const byNumber = fields['out_refund_no'] ?? '';
    if (byNumber !== '') return this.#refundByNumber(byNumber, fault === 'refundquery-not-exist', nowMs);
    const order = this.find(fields, nowMs);
    if (order?.refunds.some(({ byReverse }) => byReverse) === true) this.#hit('said-refund-by-reverse');
    // With an accepted reverse that did nothing, the refund query's lag is not told from a refund by that reverse.
    const lags = fault === 'refundquery-not-exist' && !this.#acceptedInVain.has(order?.outTradeNo ?? '');
    if (order === undefined || order.refunds.length === 0 || lags) return failing('REFUNDNOTEXIST');
    const offset = Number(fields['offset'] ?? '0');
    const page = order.refunds.slice(offset, offset + PAGE);
    if (page.length === 0) return failing('PARAM_ERROR');
    return listed(order, page, order.refunds.length);
  }

  pay(fields: Fields, nowMs: number): Reply {
    const outTradeNo = fields['out_trade_no'] ?? '';
    const code = fields['auth_code'];
    if (code !== undefined) {
      // Before anything else, a used number included: so it was seen when a pay call was repeated.
      if (this.#spentCodes.has(code)) {
        if (this.orders.has(outTradeNo)) return failing('AUTH_CODE_ERROR');
        if (this.#choices.chance(0.5))
          change(this.#add(outTradeNo, Number(fields['total_fee']), nowMs), 'declined', nowMs);
        else this.neverMade.add(outTradeNo);
        return failing('AUTH_CODE_ERROR');
      }
      this.#spentCodes.add(code);
    }
    if (this.orders.has(outTradeNo)) return failing('OUT_TRADE_NO_USED');
    const fault = this.#draw(this.#swarm.pay);
    if (fault === 'pay-number-used' || fault === 'pay-number-used-unheard')
      return this.#numberUsed(fault, fields, nowMs);
    const order = this.#add(outTradeNo, Number(fields['total_fee']), nowMs);
    const late = (): number => nowMs + this.#choices.between(500, 40_000);
    switch (fault) {
      case null:
        order.paysMs = nowMs;
        this.at(order, nowMs);
        return {
          result_code: 'SUCCESS',
          trade_type: 'FACEPAY',
          out_trade_no: outTradeNo,
          total_fee: String(order.amountFen),
          transaction_id: order.transactionId,
        };
      case 'pay-declined':
        change(order, 'declined', nowMs);
        return failing(this.#choices.pick(SURELY_UNPAID));
      case 'pay-refused-yet-charged':
        if (this.#choices.chance(0.5)) change(order, 'payerror', nowMs);
        if (this.#choices.chance(0.3)) order.paysMs = late();
        return failing(this.#choices.pick(DOUBTFUL));
      case 'pay-error':
        change(order, 'payerror', nowMs);
        if (this.#choices.chance(0.5)) order.paysMs = late();
        order.saysPayError = this.#choices.chance(0.5);
        return this.#choices.chance(0.5) ? failing('USERPAYING') : null;
      case 'pay-user-paying':
        order.standing = 'typing';
        order.paysMs = this.#choices.chance(0.5) ? late() : Infinity;
        return failing('USERPAYING');
      case 'pay-system-error':
        order.paysMs = this.#choices.chance(0.5) ? late() : Infinity;
        return failing('SYSTEMERROR');
      case 'pay-charged-late':
        order.paysMs = late();
        return null;
      case 'pay-unanswered':
        return null;
    }
  }

  /** Another till drew this number first. Its customer may have paid; this call does not charge ours. */
  #numberUsed(fault: 'pay-number-used' | 'pay-number-used-unheard', fields: Fields, nowMs: number): Reply {
    const amountFen = Number(fields['total_fee']);
    const heard = fault === 'pay-number-used';
    // With the very same amount nobody could distinguish them if the answer were lost; for this case each terminal has
    // a part of its own in its numbers.
    const order = this.#add(fields['out_trade_no'] ?? '', amountFen + this.#choices.between(1, 5_000), nowMs, true);
    if (!heard || this.#choices.chance(0.7)) order.paysMs = nowMs;
    else if (this.#choices.chance(0.5)) order.paysMs = nowMs + this.#choices.between(500, 40_000);
    this.at(order, nowMs);
    if (!heard) return null;
    // The same numbers again may return the order as it stands, even if it belongs to another till.
    const tellsIt = order.standing === 'paid' && this.#choices.chance(0.3);
    return tellsIt
      ? {
          result_code: 'SUCCESS',
          trade_type: 'FACEPAY',
          out_trade_no: order.outTradeNo,
          total_fee: String(order.amountFen),
          transaction_id: order.transactionId,
        }
      : this.#choices.chance(0.5)
        ? failing('OUT_TRADE_NO_USED')
        : { ...failing('INVALID_REQUEST'), err_code_des: '201 商户订单号重复' };
  }

  query(fields: Fields, nowMs: number): Reply {
    const fault = this.#draw(this.#swarm.query);
    if (fault === 'query-system-error') return failing('SYSTEMERROR');
    if (fault === 'query-sign-error') return failing('SIGNERROR');
    if (fault === 'query-not-exist') return failing('ORDERNOTEXIST');
    const order = this.find(fields, nowMs);
    if (order === undefined) return failing('ORDERNOTEXIST');
    const lags = fault === 'query-lags' && nowMs - order.changedMs < 4_000;
    const standing = lags ? order.before : order.standing;
    // A reply to a query by transaction_id alone that names none is bound only by its connection.
    if (fault === 'query-of-another' && (fields['out_trade_no'] ?? '') !== '') {
      return { result_code: 'SUCCESS', trade_state: 'REVOKED', out_trade_no: `another-${order.outTradeNo}` };
    }
    if (fault === 'query-unknown-state')
      order.strangeUntilMs = Math.max(order.strangeUntilMs, nowMs + this.#choices.between(1, 20 * 60_000));
    const state = nowMs < order.strangeUntilMs ? STRANGE_STATE : tradeState(order, standing);
    this.#saying(order, state);
    return {
      result_code: 'SUCCESS',
      trade_state: state === 'NOTPAY' && fault === 'query-no-pay' ? 'NOPAY' : state,
      out_trade_no: order.outTradeNo,
      ...(fault === 'query-unknown-fields' ? { trade_state_detail: 'whatever', new_field_2027: '<&>' } : {}),
      ...(standing === 'paid' || standing === 'refunded'
        ? { transaction_id: order.transactionId, total_fee: String(order.amountFen) }
        : {}),
    };
  }

  #saying({ paidFen, refundedFen }: LedgerOrder, state: string): void {
    if (state === 'REVOKED') this.#hit(paidFen > 0 ? 'said-revoked-of-paid' : 'said-revoked-of-unpaid');
    else if (state === 'CLOSED') this.#hit('said-closed');
    else if (state === 'REFUND') this.#hit(refundedFen === paidFen ? 'said-refund-of-whole' : 'said-refund-of-part');
  }

  reverse(fields: Fields, nowMs: number): Reply {
    const order = this.find(fields, nowMs);
    const fault = this.#draw(this.#swarm.reverse);
    if (order === undefined) {
      if (fault !== 'accepted-in-vain') return failing('ORDERNOTEXIST', 'N');
      this.#acceptedInVain.add(fields['out_trade_no'] ?? '');
      return accepted('N');
    }
    if (nowMs - order.arrivedMs > REVERSIBLE_MS) return failing('REVERSE_EXPIRE', 'N');
    order.reversed = true;
    // No document says what WeChat answers here; aggregators forbid it (electron/wechat/README.md, "Reverse beside
    // refund").
    if (order.refunds.some(isMadeElsewhere)) return failing('INVALID_REQUEST', 'N');
    switch (fault) {
      case null:
        this.#void(order, nowMs);
        return accepted('N');
      case 'recall-y-acted':
        this.#void(order, nowMs);
        return accepted('Y');
      case 'recall-y':
        return accepted('Y');
      case 'recall-missing':
        if (this.#choices.chance(0.5)) this.#void(order, nowMs);
        return { result_code: 'SUCCESS' };
      case 'system-error-acted':
        this.#void(order, nowMs);
        return failing('SYSTEMERROR', 'Y');
      case 'system-error':
        return failing('SYSTEMERROR', this.#choices.pick(['Y', 'N', undefined]));
      case 'accepted-in-vain':
        this.#acceptedInVain.add(order.outTradeNo);
        // Somebody refunds in the merchant platform at the same moment.
        if (order.standing === 'paid' && order.elsewhere !== null && this.#choices.chance(0.5))
          this.#refundElsewhere(order, order.elsewhere);
        return accepted('N');
      case 'reverse-refused-recall-y':
        return failing('PARAM_ERROR', 'Y');
      case 'reverse-user-paying':
        return failing('USERPAYING', 'Y');
      case 'reverse-expire':
        return failing('REVERSE_EXPIRE', 'N');
      case 'reverse-sign-error':
        return failing('SIGNERROR', 'N');
      case 'reverse-param-error':
        return failing('PARAM_ERROR', 'N');
      case 'reverse-invalid-request':
        return failing('INVALID_REQUEST', 'N');
      case 'reverse-trade-error':
        return failing('TRADE_ERROR', 'N');
      case 'reverse-invalid-id':
        return failing('INVALID_TRANSACTIONID', 'N');
      case 'reverse-unheard-of':
        return failing('SOMETHING_NEW', this.#choices.pick(['N', 'Y']));
    }
  }

  #draw<Kind extends Drawn>(place: { draw(choices: Choices): Kind | null }): Kind | null {
    const fault = this.wild ? place.draw(this.#choices) : null;
    if (fault !== null) this.#hit(fault);
    return fault;
  }

  #add(outTradeNo: string, amountFen: number, arrivedMs: number, foreign = false): LedgerOrder {
    const fault = this.wild ? this.#swarm.elsewhere.draw(this.#choices) : null;
    const order: LedgerOrder = {
      outTradeNo,
      transactionId: `42000${String(this.orders.size).padStart(23, '0')}`,
      amountFen,
      arrivedMs,
      paysMs: Infinity,
      autoRevokes: this.#choices.chance(0.3),
      voidedWord: this.#choices.pick(['by-money', 'REVOKED']),
      foreign,
      saysPayError: false,
      elsewhere:
        fault === null
          ? null
          : { fault, afterMs: this.#choices.between(1, 30_000), parts: this.#choices.pick([1, 2, 12, 21]) },
      refunds: [],
      listsReverse: this.#choices.chance(0.3),
      reversed: false,
      strangeUntilMs: 0,
      standing: 'unpaid',
      paidFen: 0,
      refundedFen: 0,
      changedMs: arrivedMs,
      before: 'unpaid',
      refundsChangedMs: -Infinity,
      refundAskedMs: -Infinity,
    };
    this.orders.set(outTradeNo, order);
    this.#byTransactionId.set(order.transactionId, order);
    return order;
  }

  #void(order: LedgerOrder, nowMs: number): void {
    if (order.standing === 'closed' || order.standing === 'refunded') return;
    if (order.standing === 'paid') {
      if (order.listsReverse)
        addRefund(order, order.paidFen, this.#choices.pick(['SUCCESS', 'PROCESSING']), { byReverse: true });
      order.refundedFen = order.paidFen;
      change(order, 'refunded', nowMs);
    } else change(order, 'closed', nowMs);
  }
}

const isMadeElsewhere = ({ byReverse }: Refund): boolean => !byReverse;

function change(order: LedgerOrder, standing: Standing, nowMs: number): void {
  order.before = order.standing;
  order.standing = standing;
  order.changedMs = nowMs;
}

function addRefund(order: LedgerOrder, fen: number, status: Refund['status'], more: Partial<Refund> = {}): Refund {
  const id = `5000000${order.transactionId.slice(-15)}${String(order.refunds.length).padStart(6, '0')}`;
  const refund = { id, outRefundNo: `R${id}`, fen, status, byReverse: false, ends: null, shownMs: 0, ...more };
  order.refunds.push(refund);
  if (status === 'SUCCESS' || status === 'PROCESSING') order.refundedFen += fen;
  return refund;
}

const namesOf = ({ outTradeNo, transactionId, amountFen }: LedgerOrder): Fields => ({
  result_code: 'SUCCESS',
  out_trade_no: outTradeNo,
  transaction_id: transactionId,
  total_fee: String(amountFen),
});

const acceptedRefund = (order: LedgerOrder, { id, outRefundNo, fen }: Refund): Fields => ({
  ...namesOf(order),
  out_refund_no: outRefundNo,
  refund_id: id,
  refund_fee: String(fen),
});

/** A page of refunds, and how many there are in all. */
function listed(order: LedgerOrder, page: readonly Refund[], total: number): Fields {
  const told: Record<string, string> = {};
  for (const [n, { id, outRefundNo, fen, status }] of page.entries()) {
    told[`refund_id_${String(n)}`] = id;
    told[`out_refund_no_${String(n)}`] = outRefundNo;
    told[`refund_fee_${String(n)}`] = String(fen);
    told[`refund_status_${String(n)}`] = status;
  }
  return {
    ...namesOf(order),
    refund_count: String(page.length),
    total_refund_count: String(total),
    ...told,
  };
}

const failing = (errCode: string, recall?: string): Fields => ({
  result_code: 'FAIL',
  err_code: errCode,
  err_code_des: '系统错误',
  ...(recall === undefined ? {} : { recall }),
});

const accepted = (recall: string): Fields => ({ result_code: 'SUCCESS', recall });

function tradeState({ voidedWord, saysPayError, refunds }: LedgerOrder, standing: Standing): string {
  switch (standing) {
    case 'unpaid':
      return 'NOTPAY';
    case 'typing':
      return 'USERPAYING';
    case 'declined':
      return 'NOTPAY';
    case 'payerror':
      return 'PAYERROR';
    case 'paid':
      // A refund of a part is enough for it.
      if (refunds.length > 0) return 'REFUND';
      return saysPayError ? 'PAYERROR' : 'SUCCESS';
    case 'closed':
      return voidedWord === 'REVOKED' ? 'REVOKED' : 'CLOSED';
    case 'refunded':
      if (refunds.some(isMadeElsewhere)) return 'REFUND';
      return voidedWord === 'REVOKED' ? 'REVOKED' : 'REFUND';
  }
}
