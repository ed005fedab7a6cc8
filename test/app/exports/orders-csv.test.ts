/** The table of orders from a real journal: which orders, in which order, and the content of each column. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOrders } from '../../../electron/app/exports/exports-handlers.ts';
import { writeDraft } from '../../../electron/app/exports/draft-file.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import { dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import type { OrdersWanted } from '../../../shared/contract/exports.ts';
import { freshJournal, write } from '../../support/orders/made-orders.ts';

const DAY = '2026-11-23';
const START = dayStartMs(DAY);
const out = mkdtempSync(join(tmpdir(), 'facepay-csv-'));
let files = 0;
let journal: Journal;
let path: string;

async function exported(wanted: Partial<OrdersWanted> = {}, language: 'zh-CN' | 'en' = 'en'): Promise<string[][]> {
  files += 1;
  const file = join(out, `${String(files)}.csv`);
  const written = await writeOrders({ journal }, { fromDay: DAY, toDay: DAY, group: 'all', ...wanted }, language, file);
  const rows: string[][] = parse(readFileSync(file), { bom: true });
  expect(written).toEqual({ ok: true, value: rows.length - 1 });
  return rows;
}
const numbers = async (wanted: Partial<OrdersWanted>): Promise<string[]> =>
  (await exported(wanted)).slice(1).map(([number = '']) => number.slice(1));

beforeAll(() => {
  ({ journal, path } = freshJournal());
  write(journal, { orderId: 'before', createdAtMs: START - 1, phase: { name: 'paid' } });
  write(journal, {
    orderId: 'first',
    createdAtMs: START,
    phase: { name: 'paid' },
    transactionId: '4200000272201902213633768503',
    more: { lastSeen: 'SUCCESS' },
  });
  write(journal, {
    orderId: 'cancelled',
    createdAtMs: START + 1_000,
    phase: { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
    endedBy: { who: 'terminal:王芳', role: 'manager' },
    why: { code: 'wrong-amount', note: '=1+1' },
  });
  write(journal, {
    orderId: 'stuck',
    createdAtMs: START + 2_000,
    phase: { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE' },
    amountFen: null,
  });
  write(journal, {
    orderId: 'settled',
    createdAtMs: START + 3_000,
    phase: { name: 'settled', reason: '=HYPERLINK("http://x")，已退' },
  });
  write(journal, { orderId: 'failed', createdAtMs: START + 3_000, phase: { name: 'failed', cause: 'NOTENOUGH' } });
  write(journal, {
    orderId: 'double',
    createdAtMs: START + 4_000,
    phase: { name: 'settled', reason: 'same-as:first' },
  });
  write(journal, { orderId: 'last', createdAtMs: START + DAY_MS - 1, phase: { name: 'paying' } });
  write(journal, { orderId: 'after', createdAtMs: START + DAY_MS, phase: { name: 'paid' } });
});
afterAll(() => {
  journal.close();
  rmSync(out, { recursive: true, force: true });
});

describe('the table of orders', () => {
  it('has all columns, in both languages', async () => {
    const [heads, first, cancelled, stuck] = await exported();
    expect(heads).toEqual([
      'Order number',
      'WeChat Pay number',
      'Amount (yuan)',
      'Currency',
      'Created (Beijing)',
      'State',
      'Outcome',
      'Proof from WeChat',
      'Cancel attempts',
      'Taken by',
      'Last acted on by',
      'Reason',
      'Last answer from WeChat',
    ]);
    expect(first).toEqual([
      '`first',
      '`4200000272201902213633768503',
      '12.80',
      'CNY',
      '2026-11-23 00:00:00',
      'Paid',
      '',
      '',
      '0',
      'Cashier',
      'Cashier',
      '',
      'SUCCESS',
    ]);
    expect(cancelled).toEqual([
      '`cancelled',
      '',
      '12.80',
      'CNY',
      '2026-11-23 00:00:01',
      'Refunded',
      'refunded',
      'REFUND',
      '0',
      'Cashier',
      '王芳 (Manager, terminal command)',
      'Wrong amount · =1+1',
      '',
    ]);
    expect(stuck?.slice(2, 3)).toEqual(['']);
    const chinese = await exported({}, 'zh-CN');
    expect(chinese[0]?.slice(0, 3)).toEqual(['订单号', '微信支付单号', '金额(元)']);
    expect(chinese[2]?.[6]).toBe('已退款');
    expect(chinese[2]?.slice(9, 12)).toEqual(['收银员', '王芳（店长，终端命令）', '金额收错 · =1+1']);
  });

  it('has a Beijing day from its first millisecond to its last, oldest first, and no double', async () => {
    expect(await numbers({})).toEqual(['first', 'cancelled', 'stuck', 'failed', 'settled', 'last']);
    expect(await numbers({ fromDay: '2026-11-22', toDay: '2026-11-24' })).toEqual([
      'before',
      'first',
      'cancelled',
      'stuck',
      'failed',
      'settled',
      'last',
      'after',
    ]);
  });

  it('has those of one state where one is asked for', async () => {
    const groups = ['paid', 'cancelled', 'unresolved', 'failed', 'settled'] as const;
    const found = await Promise.all(groups.map((group) => numbers({ group })));
    expect(found).toEqual([['first'], ['cancelled'], ['stuck', 'last'], ['failed'], ['settled']]);
  });

  it('disarms a reason that is a formula', async () => {
    const row = (await exported({ group: 'settled' }))[1];
    expect(row?.[11]).toBe('`=HYPERLINK("http://x")，已退');
  });

  it('has an order whose record no longer parses, in every state that is asked for', async () => {
    const db = new DatabaseSync(path);
    db.exec("UPDATE orders SET state = 'nonsense' WHERE order_id = 'failed'");
    db.close();
    const rows = await exported({ group: 'paid' });
    expect(rows.slice(1).map((row) => [row[0], row[5]])).toEqual([
      ['`first', 'Paid'],
      ['`failed', 'record damaged'],
    ]);
  });
});

describe('more orders than a page', () => {
  it('are all there once, oldest first, also where many were made in the same millisecond', async () => {
    const many = freshJournal().journal;
    const made = Array.from({ length: 450 }, (_, n) => ({
      orderId: `order-${String(n).padStart(3, '0')}`,
      createdAtMs: START + Math.floor(n / 90),
    }));
    for (const order of made.toReversed()) write(many, { ...order, phase: { name: 'paid' } });
    const file = join(out, 'many.csv');
    expect(await writeOrders({ journal: many }, { fromDay: DAY, toDay: DAY, group: 'all' }, 'en', file)).toEqual({
      ok: true,
      value: 450,
    });
    const rows: string[][] = parse(readFileSync(file), { bom: true });
    expect(rows.slice(1).map(([number]) => number)).toEqual(made.map(({ orderId }) => `\`${orderId}`));
    many.close();
  });
});

describe('a draft', () => {
  // oxlint-disable-next-line typescript/require-await -- a writer takes its pieces as they come
  async function* breaking(): AsyncGenerator<string> {
    yield 'half';
    throw new Error('broke');
  }

  it('leaves what was there, and nothing beside it, when it breaks off', async () => {
    const folder = mkdtempSync(join(out, 'draft-'));
    const file = join(folder, 'kept.csv');
    writeFileSync(file, 'old');
    await expect(writeDraft(file, breaking())).rejects.toThrow('broke');
    expect([readdirSync(folder), readFileSync(file, 'utf8')]).toEqual([['kept.csv'], 'old']);
  });

  it('says what the file system has against it', async () => {
    expect(await writeDraft(join(out, 'no', 'such', 'folder.csv'), breaking())).toEqual({ ok: false, error: 'io' });
  });
});
