/** An order in the fields of a pay or query reply (electron/wechat/README.md, "Pay", "Query"). */
import type { TradeState } from '../../shared/order/order.ts';
import type { Fields } from '../wechat/sign.ts';
import type { LedgerOrder } from './ledger-order.ts';

/** All practice customers are this one. */
export const OPENID = 'oPracticeCustomer00000000001';

const STATE_WORDS: Readonly<Record<TradeState, string>> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '未支付',
  CLOSED: '已关闭',
  REVOKED: '已撤销',
  USERPAYING: '用户支付中，需要输入密码',
  PAYERROR: '支付失败',
  ACCEPT: '已接收，等待扣款',
};

/** Of a paid order: what a pay reply contains, and what a query reply contains besides the state. */
export function paymentFields(order: LedgerOrder): Fields {
  const amount = String(order.amountFen);
  return {
    ...order.echoed,
    openid: OPENID,
    is_subscribe: 'N',
    trade_type: order.family === 'facepay' ? 'FACEPAY' : 'MICROPAY',
    bank_type: 'OTHERS',
    fee_type: 'CNY',
    total_fee: amount,
    cash_fee: amount,
    cash_fee_type: 'CNY',
    transaction_id: order.transactionId,
    out_trade_no: order.outTradeNo,
    time_end: beijingTime(order.paidAtMs ?? order.payReceivedAt.wallMs),
  };
}

/** Details come only with trade_state SUCCESS. Otherwise only the order's number and attach come. */
export function queryFields(order: LedgerOrder): Fields {
  return {
    result_code: 'SUCCESS',
    trade_state: order.state,
    trade_state_desc: STATE_WORDS[order.state],
    ...(order.state === 'SUCCESS'
      ? paymentFields(order)
      : { out_trade_no: order.outTradeNo, attach: order.echoed['attach'] ?? '' }),
  };
}

/** `yyyyMMddHHmmss` as clocks in Beijing show it: UTC+8, no summer time. */
function beijingTime(wallMs: number): string {
  return new Date(wallMs + 8 * 3_600_000).toISOString().slice(0, 19).replace(/\D/g, '');
}
