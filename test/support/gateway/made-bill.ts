/**
 * Bills in WeChat's format (下载对账单, ALL), with made-up content: the present columns, a backtick before each field, two
 * lines of totals.
 */
const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

export const BILL_MERCHANT = '1900000109';

export interface MadeRow {
  readonly time?: string;
  readonly mchId?: string;
  readonly subMchId?: string;
  readonly device?: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly state?: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly yuan?: string;
  readonly refundYuan?: string;
  readonly refundState?: string;
  readonly product?: string;
  readonly currency?: string;
}

export function billRow(row: MadeRow): string {
  const { state = 'SUCCESS', yuan = '12.80', refundYuan = state === 'SUCCESS' ? '0.00' : yuan } = row;
  const paid = state === 'SUCCESS' ? yuan : '0.00';
  const fields = [
    row.time ?? '2026-11-23 12:00:00',
    'wx8888888888888888',
    row.mchId ?? BILL_MERCHANT,
    row.subMchId ?? '0',
    row.device ?? 'kiosk-1',
    row.transactionId,
    row.outTradeNo,
    'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    'FACEPAY',
    state,
    'OTHERS',
    row.currency ?? 'CNY',
    paid,
    '0.00',
    state === 'SUCCESS' ? '0' : '50000000382019052709732678859',
    state === 'SUCCESS' ? '0' : `R${row.outTradeNo}`,
    refundYuan,
    '0.00',
    state === 'SUCCESS' ? '' : 'ORIGINAL',
    row.refundState ?? (state === 'SUCCESS' ? '' : 'SUCCESS'),
    row.product ?? '门店消费',
    '',
    '0.00000',
    '0.60%',
    paid,
    refundYuan,
    '',
  ];
  return fields.map((field) => `\`${field}`).join(',');
}

/** The whole file. `count` is for totals that shall be wrong. */
export const billText = (rows: readonly MadeRow[], count = rows.length): string =>
  [HEADER, ...rows.map(billRow), TOTALS, `\`${String(count)},\`0.00,\`0.00,\`0.00,\`0.00000,\`0.00,\`0.00`, ''].join(
    '\r\n',
  );

export const BILL_HEADER = HEADER;
export const BILL_TOTALS = TOTALS;
