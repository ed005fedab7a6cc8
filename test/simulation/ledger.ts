/**
 * WeChat Pay in the simulation: the orders, the money, and the truth that everything said on a screen is held against.
 * Written from the protocol notes, apart from the practice gateway and the client, so that it can disagree with both.
 */
import type { Fields } from '../../electron/wechat/sign.ts';
import type { Choices } from './choices.ts';
import type { PayFault, QueryFault, ReverseFault, Swarm } from './faults.ts';

const DAY_MS = 86_400_000;
const REVERSIBLE_MS = 7 * DAY_MS;
/** Where it does, WeChat revokes what is unpaid after this long by itself. */
const AUTO_REVOKE_MS = 45_000;

type Standing = 'unpaid' | 'typing' | 'declined' | 'paid' | 'closed' | 'refunded';

export interface LedgerOrder {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly amountFen: number;
  /** True time at which its pay request arrived. */
  readonly arrivedMs: number;
  /** True time at which the customer pays, if nothing comes before. */
  paysMs: number;
  readonly autoRevokes: boolean;
  /** The word for a voided order, paid or not: the documents allow either. */
  readonly voidedWord: 'REVOKED' | 'by-money';
  standing: Standing;
  paidFen: number;
  refundedFen: number;
  changedMs: number;
  before: Standing;
}

/** What the gateway answers: the business fields of a signed reply, or nothing at all. */
export type Reply = Fields | null;

export class SimLedger {
  readonly orders = new Map<string, LedgerOrder>();
  readonly #byTransactionId = new Map<string, LedgerOrder>();
  readonly #choices: Choices;
  readonly #swarm: Swarm;
  readonly #hit: (fault: PayFault | QueryFault | ReverseFault) => void;
  /** `false`: from now on the gateway does everything properly. */
  wild = true;

  constructor(choices: Choices, swarm: Swarm, hit: (fault: PayFault | QueryFault | ReverseFault) => void) {
    this.#choices = choices;
    this.#swarm = swarm;
    this.#hit = hit;
  }

  /** The order as it is at `nowMs`, with what has fallen due since. */
  at(order: LedgerOrder, nowMs: number): LedgerOrder {
    const open = order.standing === 'unpaid' || order.standing === 'typing';
    const revokesMs = order.autoRevokes ? order.arrivedMs + AUTO_REVOKE_MS : Infinity;
    if (open && order.paysMs <= nowMs && order.paysMs < revokesMs) {
      order.paidFen = order.amountFen;
      change(order, 'paid', order.paysMs);
    } else if (open && revokesMs <= nowMs) change(order, 'closed', revokesMs);
    return order;
  }

  find(fields: Fields, nowMs: number): LedgerOrder | undefined {
    const { transaction_id: transactionId, out_trade_no: outTradeNo } = fields;
    const order = transactionId === undefined || transactionId === '' ? this.orders.get(outTradeNo ?? '') : this.#byTransactionId.get(transactionId);
    return order && this.at(order, nowMs);
  }

  /** An order paid, or left unpaid, on another till. */
  seed(outTradeNo: string, amountFen: number, arrivedMs: number, paid: boolean): LedgerOrder {
    const order = this.#add(outTradeNo, amountFen, arrivedMs);
    order.paysMs = paid ? arrivedMs : Infinity;
    return order;
  }

  /** Somebody looks the order up in the merchant platform and refunds what was paid there. */
  refundByHand(number: string, nowMs: number): void {
    const order = this.find({ out_trade_no: number }, nowMs) ?? this.find({ transaction_id: number }, nowMs);
    if (order?.standing === 'paid') this.#void(order, nowMs);
  }

  pay(fields: Fields, nowMs: number): Reply {
    const outTradeNo = fields['out_trade_no'] ?? '';
    if (this.orders.has(outTradeNo)) return failing('OUT_TRADE_NO_USED');
    const order = this.#add(outTradeNo, Number(fields['total_fee']), nowMs);
    const fault = this.#draw(this.#swarm.pay);
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
        return failing('NOTENOUGH');
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

  query(fields: Fields, nowMs: number): Reply {
    const fault = this.#draw(this.#swarm.query);
    if (fault === 'query-system-error') return failing('SYSTEMERROR');
    if (fault === 'query-sign-error') return failing('SIGNERROR');
    if (fault === 'query-not-exist') return failing('ORDERNOTEXIST');
    const order = this.find(fields, nowMs);
    if (order === undefined) return failing('ORDERNOTEXIST');
    const lags = fault === 'query-lags' && nowMs - order.changedMs < 4_000;
    const standing = lags ? order.before : order.standing;
    // Asked by transaction_id alone, a reply that names none is bound by its connection and by nothing else.
    if (fault === 'query-of-another' && (fields['out_trade_no'] ?? '') !== '') {
      return { result_code: 'SUCCESS', trade_state: 'REVOKED', out_trade_no: `another-${order.outTradeNo}` };
    }
    return {
      result_code: 'SUCCESS',
      trade_state: tradeState(order, standing),
      out_trade_no: order.outTradeNo,
      ...(standing === 'paid' || standing === 'refunded'
        ? { transaction_id: order.transactionId, total_fee: String(order.amountFen) }
        : {}),
    };
  }

  reverse(fields: Fields, nowMs: number): Reply {
    const order = this.find(fields, nowMs);
    const fault = this.#draw(this.#swarm.reverse);
    if (order === undefined) return fault === 'accepted-in-vain' ? accepted('N') : failing('ORDERNOTEXIST', 'N');
    if (nowMs - order.arrivedMs > REVERSIBLE_MS) return failing('REVERSE_EXPIRE', 'N');
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

  #draw<Kind extends PayFault | QueryFault | ReverseFault>(place: { draw(choices: Choices): Kind | null }): Kind | null {
    const fault = this.wild ? place.draw(this.#choices) : null;
    if (fault !== null) this.#hit(fault);
    return fault;
  }

  #add(outTradeNo: string, amountFen: number, arrivedMs: number): LedgerOrder {
    const order: LedgerOrder = {
      outTradeNo,
      transactionId: `42000${String(this.orders.size).padStart(23, '0')}`,
      amountFen,
      arrivedMs,
      paysMs: Infinity,
      autoRevokes: this.#choices.chance(0.3),
      voidedWord: this.#choices.pick(['by-money', 'REVOKED']),
      standing: 'unpaid',
      paidFen: 0,
      refundedFen: 0,
      changedMs: arrivedMs,
      before: 'unpaid',
    };
    this.orders.set(outTradeNo, order);
    this.#byTransactionId.set(order.transactionId, order);
    return order;
  }

  #void(order: LedgerOrder, nowMs: number): void {
    if (order.standing === 'closed' || order.standing === 'refunded') return;
    if (order.standing === 'paid') {
      order.refundedFen += order.paidFen;
      change(order, 'refunded', nowMs);
    } else change(order, 'closed', nowMs);
  }
}

function change(order: LedgerOrder, standing: Standing, nowMs: number): void {
  order.before = order.standing;
  order.standing = standing;
  order.changedMs = nowMs;
}

const failing = (errCode: string, recall?: string): Fields => ({
  result_code: 'FAIL',
  err_code: errCode,
  err_code_des: '系统错误',
  ...(recall === undefined ? {} : { recall }),
});

const accepted = (recall: string): Fields => ({ result_code: 'SUCCESS', recall });

function tradeState({ voidedWord }: LedgerOrder, standing: Standing): string {
  switch (standing) {
    case 'unpaid':
      return 'NOTPAY';
    case 'typing':
      return 'USERPAYING';
    case 'declined':
      return 'PAYERROR';
    case 'paid':
      return 'SUCCESS';
    case 'closed':
      return voidedWord === 'REVOKED' ? 'REVOKED' : 'CLOSED';
    case 'refunded':
      return voidedWord === 'REVOKED' ? 'REVOKED' : 'REFUND';
  }
}
