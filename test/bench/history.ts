/**
 * How long looking for orders takes, by how many there are: `node test/bench/history.ts [ORDERS...]`. Prints a table; asserts
 * nothing, for a slow machine is no fault.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderHistory } from '../../electron/app/order-history.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { THE_APP } from '../../electron/orders/actor.ts';
import { openJournal, type OpenJournal } from '../../electron/orders/journal-file.ts';
import { orderToPay } from '../../electron/orders/order.ts';
import { EVERYTHING, type HistoryFilter } from '../../shared/contract/history.ts';
import { TEST_KEY } from '../support/audit-keys.ts';
import { bigJournal } from '../support/big-journal.ts';

const UNTIL_MS = Date.UTC(2026, 10, 24, 2);
const ROUNDS = 7;
const clock = systemClock();

const searches: readonly (readonly [string, Partial<HistoryFilter>])[] = [
  ['everything', {}],
  ['number: last 6 digits', { text: '654321' }],
  ['number: last 4 digits', { text: '8821' }],
  ['number: a day (8 digits)', { text: '20260523' }],
  ['number: 4200 (in every one)', { text: '4200' }],
  ['number: 2 digits', { text: '77' }],
  ['number: not there', { text: '99999999999' }],
  ['one day', { fromDay: '2026-05-23', toDay: '2026-05-23' }],
  ['7 days, paid', { fromDay: '2026-05-17', toDay: '2026-05-23', states: ['paid'] }],
  ['state: needs a manager (none)', { states: ['attention'] }],
  ['state: refunded', { states: ['refunded'] }],
  ['exactly 123.45', { amountFen: { min: 12_345, max: 12_345 } }],
  ['cashier', { cashier: 'staff-3' }],
  ['all at once', { text: '88', fromDay: '2026-05-01', toDay: '2026-05-31', states: ['paid'], amountFen: { min: 1, max: 10_000 }, cashier: 'staff-3' }],
];

async function measure(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-bench-'));
  const path = join(folder, 'journal.sqlite');
  const made = timed(() => { bigJournal(path, count, UNTIL_MS); });
  const before = statSync(path).size;
  const first = timed(open);
  first.value.journal.close();
  const again = timed(open);
  line(`\n${count.toLocaleString('en')} orders`, '');
  line('made', seconds(made.ms));
  line('opened first: migrated, chain begun', seconds(first.ms));
  line('opened again', seconds(again.ms));
  line('file before and after', `${megabytes(before)} -> ${megabytes(statSync(path).size)}`);
  const indexed = timed(() => { let steps = 1; while (again.value.search.indexMore()) steps += 1; return steps; });
  line('index of numbers, in steps', `${seconds(indexed.ms)}, ${(indexed.ms / indexed.value).toFixed(1)} ms a step, ${megabytes(statSync(`${path}.parts`).size)}`);
  const history = (): ReturnType<typeof orderHistory> => orderHistory(again.value.search, clock);
  for (const [name, filter] of searches) {
    const all: HistoryFilter = { ...EVERYTHING, ...filter };
    const page = await median(() => history().page({ filter: all, upTo: null, offset: 0, limit: 100 }));
    const fresh = history();
    const { upTo } = await fresh.page({ filter: all, upTo: null, offset: 0, limit: 100 });
    const totals = await median(async () => history().totals(all, upTo));
    const { total } = await fresh.totals(all, upTo);
    const last = await median(() => fresh.page({ filter: all, upTo, offset: Math.max(0, total - 100), limit: 100 }));
    line(name, `first page ${ms(page)}, all ${ms(totals)} (longest step ${ms(await longestStep(again.value, all))}), last page ${ms(last)}, ${total.toLocaleString('en')} found`);
  }
  line('write of a new order', commits(again.value));
  again.value.journal.close();
  rmSync(folder, { recursive: true });

  function open(): OpenJournal {
    const opened = openJournal(path, 'practice', UNTIL_MS, TEST_KEY);
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
  }
}

async function longestStep({ search }: OpenJournal, filter: HistoryFilter): Promise<number> {
  let longest = 0;
  const watched = orderHistory(
    {
      ...search,
      find(...args) {
        const found = search.find(...args);
        return { ...found, look: (blocks) => { const { ms: took } = timed(() => { found.look(blocks); }); longest = Math.max(longest, took); } };
      },
    },
    clock,
  );
  const { upTo } = await watched.page({ filter, upTo: null, offset: 0, limit: 1 });
  await watched.totals(filter, upTo);
  return longest;
}

function commits({ journal }: OpenJournal): string {
  const times = Array.from({ length: 500 }, (_, n) => {
    const no = `bench${String(n)}`;
    const order = orderToPay({ orderId: no, outTradeNo: no, transactionId: null, family: 'facepay', amountFen: 100 }, 10_000, clock.read());
    return timed(() => { journal.create(order, [{ atMs: 1, actor: THE_APP, event: { type: 'registered' }, effects: [] }]); }).ms;
  }).sort((a, b) => a - b);
  return `p50 ${ms(times[250] ?? 0)}, p99 ${ms(times[495] ?? 0)}`;
}

function timed<Value>(act: () => Value): { readonly value: Value; readonly ms: number } {
  const start = performance.now();
  const value = act();
  return { value, ms: performance.now() - start };
}

async function median(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
}

function line(name: string, text: string): void {
  process.stdout.write(`${name.padEnd(38)}${text}\n`);
}
const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const seconds = (value: number): string => `${(value / 1_000).toFixed(1)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

const wished = process.argv.slice(2).map(Number);
for (const count of wished.length > 0 ? wished : [10_000, 100_000, 1_000_000]) await measure(count);
