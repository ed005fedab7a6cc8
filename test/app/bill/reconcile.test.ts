/** Whole bills against a real journal: what is found, what belongs to another terminal, and what is no bill at all. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { differencesCsv } from '../../../electron/app/bill/differences-csv.ts';
import { reconcile } from '../../../electron/app/bill/reconcile.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import { dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import type { Comparison } from '../../../shared/contract/bill.ts';
import {
  BILL_HEADER,
  BILL_MERCHANT,
  BILL_TOTALS,
  billRow,
  billText,
  type MadeRow,
} from '../../support/gateway/made-bill.ts';
import { freshJournal, write, type MadeOrder } from '../../support/orders/made-orders.ts';

const DAY = '2026-11-23';
const START = dayStartMs(DAY);
const NOON = START + DAY_MS / 2;
const folder = mkdtempSync(join(tmpdir(), 'facepay-bill-'));
let journal: Journal;
let files = 0;

const wx = (n: number): string => `42000002722026112300000000${String(n).padStart(2, '0')}`;
const made = (n: number, phase: MadeOrder['phase'], more: Partial<MadeOrder> = {}): void =>
  write(journal, {
    orderId: `order-${String(n)}`,
    transactionId: wx(n),
    createdAtMs: NOON + n * 1_000,
    phase,
    ...more,
  });
const row = (n: number, more: Partial<MadeRow> = {}): MadeRow => ({
  transactionId: wx(n),
  outTradeNo: `order-${String(n)}`,
  ...more,
});

function fileOf(content: string | Uint8Array): string {
  files += 1;
  const path = join(folder, `${String(files)}.csv`);
  writeFileSync(path, content);
  return path;
}

const parts = (): Parameters<typeof reconcile>[0] => ({
  journal,
  merchant: { mchId: BILL_MERCHANT },
  terminal: { deviceId: 'kiosk-1' },
});

async function comparison(content: string | Uint8Array, day: string | null = null): Promise<Comparison> {
  const result = await reconcile(parts(), { path: fileOf(content), day: day });
  if (!result.ok) throw new Error(`${result.error.problem} in line ${String(result.error.line)}`);
  return result.value;
}

const refused = (problem: string, line: number | null = null): unknown => ({
  ok: false,
  error: { problem, line, days: [] },
});

const found = ({ differences }: Comparison): unknown[] =>
  differences.map(({ kind, outTradeNo, line }) => [kind, outTradeNo, line]);

/** All orders of the journal with a matching bill, so that only what a test adds differs. */
const AGREEING = [row(1), row(3), row(3, { state: 'REFUND', refundState: 'SUCCESS' })];

/** Of another program under the same merchant number. */
const STRANGER: MadeRow = { transactionId: wx(80), outTradeNo: 'stranger-1', device: '' };

beforeAll(() => {
  ({ journal } = freshJournal());
  made(1, { name: 'paid' });
  made(2, { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' });
  made(3, { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' });
  made(4, { name: 'attention', cause: 'expired', errCode: null });
  made(5, { name: 'failed', cause: 'NOTENOUGH' });
  made(6, { name: 'settled', reason: '已在商户平台退款' });
  made(7, { name: 'paying' }, { origin: 'entered' });
  made(8, { name: 'paid' }, { createdAtMs: START - 1_000 });
  made(9, { name: 'paid' }, { createdAtMs: START - 30 * DAY_MS });
});
afterAll(() => {
  journal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a bill of the day', () => {
  it('that agrees in everything says so, with the sums', async () => {
    expect(await comparison(billText(AGREEING))).toEqual({
      day: DAY,
      rows: 3,
      otherDays: 0,
      odd: { count: 0, shown: [] },
      matched: 2,
      paidFen: 2_560,
      refundedFen: 1_280,
      sums: {
        paid: { count: 2, fen: 2_560 },
        cancelled: { count: 0, fen: 0 },
        refunded: { count: 1, fen: 1_280 },
        inDoubt: { count: 0, fen: 0 },
      },
      others: { rows: 0, paidFen: 0 },
      counts: [],
      differences: [],
    });
  });

  it('may be compressed, may bear a byte order mark, and may have a product’s name with commas and quotes in it', async () => {
    const text = `\u{feff}${billText([row(1, { product: '面, "酱", 1,5 元' }), ...AGREEING.slice(1)])}`;
    expect(found(await comparison(text))).toEqual([]);
    expect(found(await comparison(gzipSync(text)))).toEqual([]);
  });

  it('shows the worst first, each with its line', async () => {
    const rows = [
      row(1, { state: 'REFUND' }),
      row(4),
      row(5),
      row(2),
      row(3, { yuan: '12.81' }),
      row(3, { state: 'REFUND', yuan: '12.81' }),
      row(6),
    ];
    expect(found(await comparison(billText(rows)))).toEqual([
      ['cancelled-here-paid-in-bill', 'order-2', 5],
      ['failed-here-paid-in-bill', 'order-5', 4],
      ['amount-differs', 'order-3', 6],
      ['unresolved-here-settled-in-bill', 'order-4', 3],
      ['refunded-in-bill-not-here', 'order-1', 2],
      ['settled-here-paid-in-bill', 'order-6', 8],
    ]);
  });

  it('that lacks what was paid here is told so, and no order that was only typed in, or of another day', async () => {
    expect(found(await comparison(billText(AGREEING.slice(1))))).toEqual([['paid-here-not-in-bill', 'order-1', null]]);
  });

  it('takes a refund that failed for none', async () => {
    const rows = [row(1), row(3), row(3, { state: 'REFUND', refundState: 'CHANGE' })];
    expect(found(await comparison(billText(rows)))).toEqual([['cancelled-here-paid-in-bill', 'order-3', 3]]);
  });

  it('counts a reversed payment as money that went back', async () => {
    expect(
      found(await comparison(billText([row(1), row(3), row(3, { state: 'REVOKED' }), row(2, { state: 'REVOKED' })]))),
    ).toEqual([]);
  });

  it('may have a refund of an order of long ago', async () => {
    expect(found(await comparison(billText([...AGREEING, row(9, { state: 'REFUND' })])))).toEqual([
      ['refunded-in-bill-not-here', 'order-9', 5],
    ]);
  });

  it('tells a second payment under one number', async () => {
    expect(found(await comparison(billText([...AGREEING, row(1)])))).toEqual([['duplicate-in-bill', 'order-1', 2]]);
    expect(found(await comparison(billText([...AGREEING, { ...row(1), transactionId: wx(99) }])))).toEqual([
      ['duplicate-in-bill', 'order-1', 2],
    ]);
  });

  it('leaves other terminals’ orders aside, and not those that bear this one’s name', async () => {
    const theirs: MadeRow[] = [
      { transactionId: wx(50), outTradeNo: 'till-2-a', device: 'kiosk-2' },
      { transactionId: wx(51), outTradeNo: 'till-2-b', device: '', yuan: '1.00' },
      { transactionId: wx(52), outTradeNo: 'ours' },
      { transactionId: wx(53), outTradeNo: 'ours-and-back' },
      { transactionId: wx(53), outTradeNo: 'ours-and-back', state: 'REFUND' },
    ];
    const result = await comparison(billText([...AGREEING, ...theirs]));
    expect(found(result)).toEqual([['paid-in-bill-not-here', 'ours', 7]]);
    expect(result.others).toEqual({ rows: 3, paidFen: 1_280 + 100 + 1_280 });
  });

  it('of several days asks which, and compares the one that is said', async () => {
    const path = fileOf(
      billText([...AGREEING, row(2, { time: '2026-11-24 00:00:00' }), row(2, { time: '2026-11-22 23:59:59' })]),
    );
    expect(await reconcile(parts(), { path, day: null })).toEqual({
      ok: false,
      error: {
        problem: 'several-days',
        line: null,
        days: [
          { day: '2026-11-22', rows: 1 },
          { day: DAY, rows: 3 },
          { day: '2026-11-24', rows: 1 },
        ],
      },
    });
    const said = await reconcile(parts(), { path, day: DAY });
    expect(said.ok && [found(said.value), said.value.rows, said.value.otherDays]).toEqual([[], 3, 2]);
    const other = await reconcile(parts(), { path, day: '2026-11-24' });
    expect(other.ok && found(other.value)).toEqual([['cancelled-here-paid-in-bill', 'order-2', 5]]);
  });

  it('may be several bills joined into one file, each with its own totals', async () => {
    const second = billText([row(2, { time: '2026-11-24 00:00:00' })]);
    const result = await reconcile(parts(), { path: fileOf(billText(AGREEING) + '\u{feff}' + second), day: DAY });
    expect(result.ok && [found(result.value), result.value.otherDays]).toEqual([[], 1]);
    expect(
      await reconcile(parts(), { path: fileOf(billText(AGREEING) + second.replace('`1,`0.00', '`2,`0.00')), day: DAY }),
    ).toMatchObject({ error: { problem: 'totals-differ' } });
  });

  it('may be UTF-16, have full-width colons, line breaks in a name, and a count written as 45.0', async () => {
    expect(found(await comparison(Buffer.from(`\u{feff}${billText(AGREEING)}`, 'utf16le')))).toEqual([]);
    const [first, ...rest] = AGREEING;
    const text = billText([
      { ...first, ...row(1), time: '2026-11-23 12：00：00', product: '面\r\n大碗\n\n加蛋' },
      ...rest,
    ]);
    expect(found(await comparison(text))).toEqual([]);
    expect(found(await comparison(text.replace('`3,`0.00', '`3.0,`0.00')))).toEqual([]);
  });

  it('keeps 500 differences and counts all', async () => {
    const many = Array.from({ length: 700 }, (_, n): MadeRow => ({
      transactionId: `4200000272202611239999${String(n).padStart(6, '0')}`,
      outTradeNo: `x-${String(n)}`,
    }));
    const result = await comparison(billText([...AGREEING, row(2), ...many]));
    expect(result.counts).toEqual([
      { kind: 'cancelled-here-paid-in-bill', count: 1 },
      { kind: 'paid-in-bill-not-here', count: 700 },
    ]);
    expect([result.differences.length, result.differences[0]?.kind]).toEqual([500, 'cancelled-here-paid-in-bill']);
  });

  it('without one order needs to be told the day', async () => {
    expect(await reconcile(parts(), { path: fileOf(billText([])), day: null })).toEqual(refused('no-orders'));
    expect(found(await comparison(billText([]), DAY))).toEqual([['paid-here-not-in-bill', 'order-1', null]]);
  });

  it('changes nothing in the journal', async () => {
    const before = journal.changedSince(0).seq;
    await comparison(billText([row(2), row(4), row(5)]));
    expect(journal.changedSince(0).seq).toBe(before);
  });

  it('becomes a table in which every number keeps its digits', async () => {
    const { differences } = await comparison(billText([...AGREEING, row(2)]));
    const [, line] = [...differencesCsv(differences, 'en')];
    expect(line).toBe(
      `"cancelled here, paid in the bill and not given back","\`order-2","\`${wx(2)}","cancelled (not charged)",12.80,12.80,,5,"2026-11-23 12:00:02"\r\n`,
    );
  });
});

describe('midnight', () => {
  it('is no difference as long as the other half may stand in the next bill', async () => {
    const { journal: own } = freshJournal();
    const late = { createdAtMs: START + DAY_MS - 5_000, transactionId: wx(70) };
    write(own, { orderId: 'late', ...late, phase: { name: 'paid' } });
    write(own, {
      orderId: 'back',
      ...late,
      transactionId: wx(71),
      endedAtMs: START + DAY_MS + 20_000,
      phase: { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
    });
    write(own, {
      orderId: 'closed',
      ...late,
      transactionId: wx(72),
      endedAtMs: START + DAY_MS + 20_000,
      phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
    });
    const at = { time: '2026-11-23 23:59:57' };
    const rows = [
      { transactionId: wx(71), outTradeNo: 'back', ...at },
      { transactionId: wx(72), outTradeNo: 'closed', ...at },
    ];
    const result = await reconcile({ ...parts(), journal: own }, { path: fileOf(billText(rows)), day: null });
    expect(result.ok && found(result.value)).toEqual([
      ['cancelled-here-paid-in-bill', 'closed', 3],
      ['perhaps-in-next-bill', 'back', 2],
      ['perhaps-in-next-bill', 'late', null],
    ]);
    own.close();
  });
});

const good = billText(AGREEING);
const lines = good.split('\r\n');
const without = (index: number): string => lines.filter((_, at) => at !== index).join('\r\n');
const withLine = (index: number, text: string): string =>
  lines.map((line, at) => (at === index ? text : line)).join('\r\n');

/** A zip as programs make it, with one file of that name. */
const spreadsheet = (name: string): Uint8Array => zipSync({ [name]: Buffer.from(good) });

const NO_BILLS: readonly (readonly [
  what: string,
  content: string | Uint8Array,
  problem: string,
  line: number | null,
])[] = [
  ['nothing', '', 'not-a-bill', 1],
  ['a table of something else', '姓名,金额\r\n张三,1', 'not-a-bill', 1],
  ['a bill of payments only', good.replace(',退款金额', '').replace(',申请退款金额', ''), 'not-all-bill', 1],
  ['a bill of refunds only', good.replace('微信退款单号', '退款申请时间,退款成功时间,微信退款单号'), 'not-all-bill', 1],
  ['another encoding', Buffer.from([...Buffer.from('交易时间', 'utf16le'), 0xff, 0xfe]), 'not-utf8', null],
  [
    'a bill in the middle of a character',
    Buffer.concat([Buffer.from(good), Buffer.from([0xe4, 0xba])]),
    'not-utf8',
    null,
  ],
  [
    'a bill that a spreadsheet has saved without backticks',
    lines.map((line) => line.replaceAll('`', '')).join('\r\n'),
    'broken-line',
    6,
  ],
  [
    'a bill whose numbers a spreadsheet has spoilt',
    billText(AGREEING.map((made) => ({ ...made, transactionId: '4.20E+27' }))),
    'broken-line',
    2,
  ],
  ['a workbook', spreadsheet('xl/workbook.xml'), 'excel-file', null],
  ['a workbook of the old kind', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), 'excel-file', null],
  ['a bill in a zip file', spreadsheet('1900000109All2026-11-23.csv'), 'zip-file', null],
  ['a bill that was cut off', lines.slice(0, 3).join('\r\n'), 'no-totals', null],
  ['a bill cut off between its last two lines', lines.slice(0, 5).join('\r\n'), 'no-totals', null],
  ['a row taken out', without(1), 'totals-differ', 5],
  ['totals without a number', withLine(5, '`,`0'), 'broken-line', 6],
  ['something behind the totals', `${good}\`more`, 'broken-line', 7],
  ['a line without an end', `${BILL_HEADER}\r\n${'x'.repeat(70_000)}`, 'line-too-long', 2],
  ['half a gzip', gzipSync(good).subarray(0, 200), 'damaged-gzip', null],
  ['another merchant’s bill', billText([row(1), row(2, { mchId: '1900000999' })]), 'other-merchant', 3],
];

const ODD_ROWS: readonly (readonly [what: string, text: string, field: string])[] = [
  ['a field too few', billRow(STRANGER).replace(',`CNY', ''), 'row'],
  ['no backticks', billRow(STRANGER).replaceAll('`', ''), 'row'],
  ['an order number of other characters', billRow({ ...STRANGER, outTradeNo: '订单#7/12' }), 'outTradeNo'],
  [
    'a WeChat number that a spreadsheet has spoilt',
    billRow({ ...STRANGER, transactionId: '4.20E+27' }),
    'transactionId',
  ],
  ['a sum that is none', billRow({ ...STRANGER, yuan: '12.8.0' }), 'amount'],
  ['a fraction of a fen', billRow({ ...STRANGER, yuan: '12.805' }), 'amount'],
  ['a negative refund', billRow({ ...STRANGER, state: 'REFUND', refundYuan: '-1.00' }), 'amount'],
  ['a time that is none', billRow({ ...STRANGER, time: '2026-02-30 12:00:00' }), 'time'],
  ['a state that there is not', billRow(STRANGER).replace('`SUCCESS', '`PAID'), 'state'],
];

describe('a stranger’s odd row', () => {
  test.each(ODD_ROWS)('with %s is named with its line, and the rest is compared: %#', async (_what, text, field) => {
    const [header = '', first = '', ...rest] = billText([STRANGER, ...AGREEING, row(2)]).split('\r\n');
    expect(first).toBe(billRow(STRANGER));
    const result = await comparison([header, text, ...rest].join('\r\n'));
    expect(found(result)).toEqual([['cancelled-here-paid-in-bill', 'order-2', 6]]);
    expect(result.odd).toMatchObject({ count: 1, shown: [{ line: 2, field }] });
    expect(result.odd.shown[0]?.text.length).toBeLessThanOrEqual(64);
  });

  it('may be most of a bill, where another program chose the order numbers', async () => {
    const theirs = Array.from({ length: 70 }, (_, n): MadeRow => ({ ...STRANGER, outTradeNo: `订单#${String(n)}` }));
    const result = await comparison(billText([...theirs, ...AGREEING]));
    expect([found(result), result.odd.count, result.odd.shown.length]).toEqual([[], 70, 50]);
  });

  it('counts for the totals, so that a row taken out is still found', async () => {
    const odd = billRow({ ...STRANGER, outTradeNo: '订单#7' });
    const text = billText([STRANGER, ...AGREEING]).replace(billRow(STRANGER), odd);
    const cut = text.split('\r\n').filter((line) => line !== billRow(row(1)));
    expect(await reconcile(parts(), { path: fileOf(cut.join('\r\n')), day: null })).toEqual(
      refused('totals-differ', 6),
    );
  });
});

it('an odd row about an order of this terminal is a difference, and not “missing in the bill”', async () => {
  const rows = [row(1, { yuan: '12.805' }), ...AGREEING.slice(1)];
  const result = await comparison(billText(rows));
  expect(found(result)).toEqual([['row-not-read', 'order-1', 2]]);
});

describe('what is no bill', () => {
  test.each(NO_BILLS)('%s is refused: %#', async (_what, content, problem, line) => {
    expect(await reconcile(parts(), { path: fileOf(content), day: null })).toEqual(refused(problem, line));
  });

  it('or none of the day that was asked for, or none that can be read', async () => {
    expect(await reconcile(parts(), { path: fileOf(good), day: '2026-11-22' })).toEqual(refused('other-day', 2));
    expect(await reconcile(parts(), { path: join(folder, 'nowhere.csv'), day: null })).toEqual(refused('unreadable'));
    expect(BILL_TOTALS).toContain('总交易单数');
  });
});

describe('money that went back', () => {
  it('by a reversal is cancelled, by a refund refunded, and each has its own sum', async () => {
    const { sums, counts } = await comparison(
      billText([row(1), row(2), row(2, { state: 'REVOKED' }), row(3), row(3, { state: 'REFUND' })]),
    );
    expect(sums.paid).toEqual({ count: 3, fen: 3_840 });
    expect(sums.cancelled).toEqual({ count: 1, fen: 1_280 });
    expect(sums.refunded).toEqual({ count: 1, fen: 1_280 });
    expect(counts.map(({ kind }) => kind)).not.toContain('cancelled-here-paid-in-bill');
  });

  it('by a reversal whose row has no sum counts as the whole payment', async () => {
    const { sums } = await comparison(
      billText([row(2), row(2, { state: 'REVOKED', yuan: '12.80', refundYuan: '0.00' })]),
    );
    expect(sums.cancelled).toEqual({ count: 1, fen: 1_280 });
  });

  it('by a refund of our own, found by its number, does not differ; by another’s hand it does', async () => {
    const path = fileOf(billText([row(1), row(1, { state: 'REFUND' })]));
    const kindsWhere = async (isOurRefund: (outRefundNo: string) => boolean): Promise<string[]> => {
      const result = await reconcile({ ...parts(), isOurRefund }, { path, day: null });
      if (!result.ok) throw new Error(result.error.problem);
      return result.value.differences.flatMap(({ kind, outTradeNo }) => (outTradeNo === 'order-1' ? [kind] : []));
    };
    expect(await kindsWhere((outRefundNo) => outRefundNo === 'Rorder-1')).toEqual([]);
    expect(await kindsWhere(() => false)).toEqual(['refunded-in-bill-not-here']);
  });
});

describe('older bills', () => {
  it('with other names of the columns, in another order, are read by the names', async () => {
    const header = '商户订单号,微信订单号,交易时间,公众账号ID,商户号,子商户号,设备号,交易状态,总金额,退款金额';
    const text = [
      header,
      `\`order-1,\`${wx(1)},\`2026-11-23 12:00:01,\`wx,\`${BILL_MERCHANT},\`0,\`kiosk-1,\`SUCCESS,\`12.8,\`0`,
      `\`order-2,\`${wx(2)},\`2026-11-23 12:00:01,\`wx,\`${BILL_MERCHANT},\`0,\`kiosk-1,\`SUCCESS,\`12.80000,\`0`,
      '总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额',
      '`2,`25.6,`0.0,`0.0,`0',
    ].join('\n');
    const result = await comparison(text);
    expect(found(result)).toEqual([['cancelled-here-paid-in-bill', 'order-2', 3]]);
    expect(result.paidFen).toBe(2_560);
  });
});

describe('a service provider’s bill', () => {
  it('holds many shops; those of others are not this terminal’s', async () => {
    const provider = { ...parts(), merchant: { mchId: BILL_MERCHANT, subMchId: '1900000100' } };
    const rows = [
      ...AGREEING,
      { transactionId: wx(60), outTradeNo: 'other-shop', subMchId: '1900000101' },
      { transactionId: wx(61), outTradeNo: 'ours', subMchId: '1900000100' },
    ];
    const result = await reconcile(provider, { path: fileOf(billText(rows)), day: null });
    expect(result.ok && [found(result.value), result.value.others]).toEqual([
      [['paid-in-bill-not-here', 'ours', 6]],
      { rows: 1, paidFen: 1_280 },
    ]);
    const own = await reconcile(provider, { path: fileOf(billText([row(1, { mchId: '1900000100' })])), day: null });
    expect(own.ok, 'a shop downloads its own bill under its own number').toBe(true);
  });
});
