/**
 * The rows of WeChat's bill of all trades (下载对账单, bill_type ALL).
 *
 * It looks like CSV but is not: nothing is quoted, and a product's name may contain commas and quotes. Each field has a
 * backtick before it, and the separator is a comma followed by that backtick. So a CSV library would read it wrongly.
 */
import { fromBeijing } from '../../../shared/beijing.ts';
import { ORDER_NUMBER } from '../../../shared/order/order.ts';
import { billColumns, type BillColumns } from './bill-columns.ts';
import { NotABill, type BillLine } from './bill-lines.ts';

/** 交易状态: a payment, a refund of one, or a payment that was reversed. */
const STATES = ['SUCCESS', 'REFUND', 'REVOKED'] as const;
export type RowState = (typeof STATES)[number];

export interface BillRow {
  readonly line: number;
  /** UTC ms. */
  readonly atMs: number;
  readonly mchId: string;
  readonly subMchId: string;
  readonly device: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly state: RowState;
  readonly amountFen: number;
  readonly refundFen: number;
  /** Whether the refund failed (退款状态 FAIL or CHANGE): the money did not go back. */
  readonly refundFailed: boolean;
  readonly currency: string;
}

const TOTALS = /^`?总交易单数,/;

/** Every row, then the check that none is missing. Throws `NotABill`. */
export async function* billRows(lines: AsyncIterable<BillLine>): AsyncGenerator<BillRow> {
  let columns: BillColumns | null = null;
  let rows = 0;
  let totals: 'to-come' | 'named' | 'read' = 'to-come';
  for await (const { line, text } of lines) {
    if (columns === null) columns = columnsOf(text);
    else if (text === '' || (totals === 'read' && text.trim() === '')) continue;
    else if (totals === 'read') throw new NotABill('broken-line', line);
    else if (totals === 'named') {
      checkTotal(text, line, rows);
      totals = 'read';
    } else if (TOTALS.test(text)) totals = 'named';
    else {
      rows += 1;
      yield rowOf(columns, text, line);
    }
  }
  if (columns === null) throw new NotABill('not-a-bill', 1);
  if (totals !== 'read') throw new NotABill('no-totals', null);
}

function columnsOf(header: string): BillColumns {
  const columns = billColumns(header);
  if (columns.ok) return columns.value;
  throw new NotABill(columns.error, 1);
}

const fieldsOf = (text: string): string[] =>
  text
    .replace(/^`/, '')
    .split(',`')
    .map((field) => field.trim());

function checkTotal(text: string, line: number, rows: number): void {
  const [count = ''] = fieldsOf(text);
  if (!/^\d+$/.test(count)) throw new NotABill('broken-line', line);
  if (Number(count) !== rows) throw new NotABill('totals-differ', line);
}

function rowOf(columns: BillColumns, text: string, line: number): BillRow {
  const fields = text.startsWith('`') ? fieldsOf(text) : [];
  const atMs = fromBeijing(columns.of(fields, 'time'));
  const state = STATES.find((known) => known === columns.of(fields, 'state'));
  const amountFen = fenOf(columns.of(fields, 'amount'));
  const refundFen = fenOf(columns.of(fields, 'refund'));
  const transactionId = columns.of(fields, 'transactionId');
  const outTradeNo = columns.of(fields, 'outTradeNo');
  const named = isNumber(transactionId) && isNumber(outTradeNo);
  if (
    fields.length !== columns.count ||
    !named ||
    atMs === null ||
    state === undefined ||
    amountFen === null ||
    refundFen === null
  ) {
    throw new NotABill('broken-line', line);
  }
  return {
    line,
    atMs,
    mchId: columns.of(fields, 'mchId'),
    subMchId: columns.of(fields, 'subMchId'),
    device: columns.of(fields, 'device'),
    transactionId,
    outTradeNo,
    state,
    amountFen,
    refundFen,
    refundFailed: /^(FAIL|CHANGE)/.test(columns.of(fields, 'refundState')),
    currency: columns.of(fields, 'currency'),
  };
}

const isNumber = (text: string): boolean => text.length <= 64 && ORDER_NUMBER.test(text);

/** `12.34`, `12`, `0.00000` in fen. No payment has a fraction of a fen, so such a sum is refused. */
function fenOf(yuan: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/.exec(yuan) ?? [];
  return whole === '' ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}
