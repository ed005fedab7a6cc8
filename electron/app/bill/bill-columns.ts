/**
 * The columns of a bill by their names: WeChat says that their order is not fixed, and names have changed over the
 * years. They also show which kind of bill it is.
 */
import type { BillProblem } from '../../../shared/contract/bill.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

const COLUMNS = {
  time: ['交易时间'],
  mchId: ['商户号'],
  transactionId: ['微信订单号'],
  outTradeNo: ['商户订单号'],
  state: ['交易状态'],
  // What the customer had to pay. Without that column, the settled amount is used.
  amount: ['订单金额', '总金额', '应结订单金额'],
  refund: ['申请退款金额', '退款金额'],
} as const;

const OPTIONAL = {
  subMchId: ['特约商户号', '子商户号'],
  device: ['设备号'],
  currency: ['货币种类'],
  refundState: ['退款状态'],
  outRefundNo: ['商户退款单号'],
} as const;

/** Columns that only a bill of refunds has. */
const REFUND_BILL = ['退款申请时间', '退款成功时间'];

export type Column = keyof typeof COLUMNS | keyof typeof OPTIONAL;

export interface BillColumns {
  readonly count: number;
  /** The field of that column, or `''` if the bill has no such column. */
  of(fields: readonly string[], column: Column): string;
}

/** Reads the first line. */
export function billColumns(header: string): Result<BillColumns, BillProblem> {
  const names = header
    .replace(/^\u{feff}/u, '')
    .split(',')
    .map((name) => name.trim().replace(/^`/, ''));
  const columnIndex = (wanted: readonly string[]): number =>
    wanted.map((name) => names.indexOf(name)).find((index) => index >= 0) ?? -1;
  const isBill = [COLUMNS.time, COLUMNS.mchId, COLUMNS.transactionId, COLUMNS.outTradeNo].every(
    (wanted) => columnIndex(wanted) >= 0,
  );
  if (!isBill) return fail('not-a-bill');
  const isWhole = Object.values(COLUMNS).every((wanted) => columnIndex(wanted) >= 0) && columnIndex(REFUND_BILL) < 0;
  if (!isWhole) return fail('not-all-bill');
  const columnIndexes = new Map<string, number>(
    Object.entries({ ...COLUMNS, ...OPTIONAL }).map(([column, wanted]) => [column, columnIndex(wanted)]),
  );
  return ok({ count: names.length, of: (fields, column) => fields[columnIndexes.get(column) ?? -1] ?? '' });
}
