/**
 * The rows of WeChat's bill of all trades (下载对账单, bill_type ALL).
 *
 * It looks like CSV but is not: nothing is quoted, and a product's name may contain commas and quotes. Each field has a
 * backtick before it, and the separator is a comma followed by that backtick. So a CSV library would read it wrongly.
 */
import { fromBeijing } from '../../../shared/beijing.ts';
import type { OddField, OddRow } from '../../../shared/contract/bill.ts';
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
  /** Whoever made the refund chose it; `0` or nothing in other rows. */
  readonly outRefundNo: string;
  /** Whether the refund failed (退款状态 FAIL or CHANGE): the money did not go back. */
  readonly refundFailed: boolean;
  readonly currency: string;
}

/**
 * A row that cannot be compared. Merchants that share a bill write whatever they like into it, and one row of a stranger
 * must not cost the day.
 */
export interface OddBillRow extends OddRow {
  /** The numbers in it, where its number of fields is right. */
  readonly numbers: readonly string[];
}

export type BillEntry = { readonly row: BillRow } | { readonly odd: OddBillRow };

const TOTALS = /^`?总交易单数,/;
/** A name has no more lines than this. */
const LINES_OF_A_ROW_MAX = 20;

/** Every row, then the check that none is missing; one bill after another, as people join them. Throws `NotABill`. */
export async function* billRows(lines: AsyncIterable<BillLine>): AsyncGenerator<BillEntry> {
  let columns: BillColumns | null = null;
  const counts = { rows: 0, odd: 0 };
  let totals: 'to-come' | 'named' | 'read' = 'to-come';
  for await (const { line, text } of wholeRows(lines, () => (totals === 'to-come' ? columns : null))) {
    if (columns === null) columns = columnsOf(text, line);
    else if (text.trim() === '') continue;
    else if (totals === 'read') {
      columns = nextBill(text, line);
      totals = 'to-come';
      Object.assign(counts, { rows: 0, odd: 0 });
    } else if (totals === 'named') {
      checkTotal(text, line, counts);
      totals = 'read';
    } else if (TOTALS.test(text)) totals = 'named';
    else {
      const entry = entryOf(columns, text, line);
      counts['row' in entry ? 'rows' : 'odd'] += 1;
      yield entry;
    }
  }
  if (columns === null) throw new NotABill('not-a-bill', 1);
  if (totals !== 'read') throw new NotABill('no-totals', null);
}

/** Joins the lines of a row whose product name has line breaks: the row lacks fields, and the next line begins none. */
async function* wholeRows(
  lines: AsyncIterable<BillLine>,
  columnsNow: () => BillColumns | null,
): AsyncGenerator<BillLine> {
  let open: OpenRow | null = null;
  for await (const next of lines) {
    if (open !== null) {
      const begins = next.text.startsWith('`') || TOTALS.test(next.text);
      if (!begins && open.more.length < LINES_OF_A_ROW_MAX && isShort(open, columnsNow())) {
        open = { first: open.first, more: [...open.more, next.text] };
        continue;
      }
      yield joined(open);
      open = null;
    }
    if (next.text.startsWith('`') && columnsNow() !== null) open = { first: next, more: [] };
    else yield next;
  }
  if (open !== null) yield joined(open);
}

interface OpenRow {
  readonly first: BillLine;
  readonly more: readonly string[];
}

const joined = ({ first, more }: OpenRow): BillLine => ({
  line: first.line,
  text: [first.text, ...more].join(' '),
});

const isShort = (open: OpenRow, columns: BillColumns | null): boolean =>
  columns !== null && fieldsOf(joined(open).text).length < columns.count;

function columnsOf(header: string, line: number): BillColumns {
  const columns = billColumns(header);
  if (columns.ok) return columns.value;
  throw new NotABill(columns.error, line);
}

/** After the totals there is nothing, or the first line of another bill. */
function nextBill(text: string, line: number): BillColumns {
  const columns = billColumns(text);
  if (columns.ok) return columns.value;
  throw new NotABill(columns.error === 'not-a-bill' ? 'broken-line' : columns.error, line);
}

const fieldsOf = (text: string): string[] =>
  text
    .replace(/^`/, '')
    .split(',`')
    .map((field) => field.trim());

/** Some bills write the count as `45.0`. A broken row may have been counted as one or not at all. */
function checkTotal(text: string, line: number, { rows, odd }: { readonly rows: number; readonly odd: number }): void {
  const [count = ''] = fieldsOf(text);
  if (!/^\d+(\.0+)?$/.test(count)) throw new NotABill('broken-line', line);
  if (Number(count) < rows || Number(count) > rows + odd) throw new NotABill('totals-differ', line);
}

function entryOf(columns: BillColumns, text: string, line: number): BillEntry {
  const fields = text.startsWith('`') ? fieldsOf(text) : [];
  const isWhole = fields.length === columns.count;
  const of = (column: Parameters<BillColumns['of']>[1]): string => columns.of(fields, column);
  const transactionId = of('transactionId');
  const outTradeNo = of('outTradeNo');
  const odd = (field: OddField, shown: string): BillEntry => ({
    odd: {
      line,
      field,
      text: shown.slice(0, TEXT_MAX),
      numbers: isWhole ? [transactionId, outTradeNo].filter(isNumber) : [],
    },
  });
  if (!isWhole) return odd('row', text);
  const atMs = fromBeijing(of('time').normalize('NFKC'));
  if (atMs === null) return odd('time', of('time'));
  if (!isNumber(transactionId)) return odd('transactionId', transactionId);
  if (!isNumber(outTradeNo)) return odd('outTradeNo', outTradeNo);
  const state = STATES.find((known) => known === of('state'));
  if (state === undefined) return odd('state', of('state'));
  const amountFen = fenOf(of('amount'));
  if (amountFen === null) return odd('amount', of('amount'));
  const refundFen = fenOf(of('refund'));
  if (refundFen === null) return odd('amount', of('refund'));
  return {
    row: {
      line,
      atMs,
      mchId: of('mchId'),
      subMchId: of('subMchId'),
      device: of('device'),
      transactionId,
      outTradeNo,
      state,
      amountFen,
      refundFen,
      outRefundNo: of('outRefundNo'),
      refundFailed: /^(FAIL|CHANGE)/.test(of('refundState')),
      currency: of('currency'),
    },
  };
}

/** Of a field, as much is shown as an order number is long. */
const TEXT_MAX = 64;

const isNumber = (text: string): boolean => text.length <= TEXT_MAX && ORDER_NUMBER.test(text);

/** `12.34`, `12`, `0.00000` in fen. No payment has a fraction of a fen, so such a sum is refused. */
function fenOf(yuan: string): number | null {
  const [, whole = '', fraction = ''] = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/.exec(yuan) ?? [];
  return whole === '' ? null : Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}
