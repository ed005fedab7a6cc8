/** Part 6: the time of searching for orders, by their number. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orderHistory } from '../../../electron/orders/search/order-history.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import { openJournal, type OpenJournal } from '../../../electron/orders/open-journal.ts';
import { orderToPay } from '../../../electron/orders/machine/order.ts';
import { EVERYTHING, type HistoryFilter } from '../../../shared/contract/history.ts';
import { calendarTimes } from '../bill-calendar.ts';
import { megabytes, ms, spreadOf, table } from '../figures.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { bigJournal } from '../../support/orders/big-journal.ts';

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
  [
    'all at once',
    {
      text: '88',
      fromDay: '2026-05-01',
      toDay: '2026-05-31',
      states: ['paid'],
      amountFen: { min: 1, max: 10_000 },
      cashier: 'staff-3',
    },
  ],
];

const COUNTS = [10_000, 100_000, 1_000_000] as const;

interface Answers {
  readonly facts: readonly (readonly [string, string])[];
  /** First page, all, last page: in the order of `searches`. */
  readonly found: readonly {
    readonly page: number;
    readonly all: number;
    readonly longest: number;
    readonly last: number;
    readonly total: number;
  }[];
}

/** A table of the sizes that grow with the number of orders, and a table of searches. */
export async function ordersPart(counts: readonly number[] = COUNTS): Promise<string> {
  const all: Answers[] = [];
  for (const count of counts) all.push(await measure(count));
  const heads = counts.map((count) => count.toLocaleString('en'));
  const facts = (all[0]?.facts ?? []).map(([name], row) => [name, ...all.map((one) => one.facts[row]?.[1] ?? '')]);
  const found = searches.map(([name], row) => [name, ...all.map((one) => foundWords(one.found[row]))]);
  return [
    table(['orders', ...heads], facts),
    `First page / last page / all of them counted (the longest time that anything else had to wait), found:`,
    table(['search', ...heads], found),
  ].join('\n\n');
}

const foundWords = (one: Answers['found'][number] | undefined): string =>
  one === undefined
    ? ''
    : `**${ms(one.page)}** / ${ms(one.last)} / ${ms(one.all)} (${ms(one.longest)}), ${one.total.toLocaleString('en')}`;

async function measure(count: number): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-bench-'));
  const path = join(folder, 'journal.sqlite');
  bigJournal(path, count, UNTIL_MS);
  const first = timed(() => open());
  first.value.journal.close();
  const again = timed(() => open());
  again.value.journal.close();
  const unread = timed(() => open(true));
  const { journal, search } = unread.value;
  const indexed = timed(() => {
    let steps = 1;
    while (search.indexMore()) steps += 1;
    return steps;
  });
  const history = (): ReturnType<typeof orderHistory> => orderHistory(search, clock);
  const found: Answers['found'][number][] = [];
  for (const [, part] of searches) {
    const filter: HistoryFilter = { ...EVERYTHING, ...part };
    const page = await median(() => history().page({ filter, upTo: null, offset: 0, limit: 100 }));
    const fresh = history();
    const { upTo } = await fresh.page({ filter, upTo: null, offset: 0, limit: 100 });
    const all = await median(() => history().totals(filter, upTo));
    const { total } = await fresh.totals(filter, upTo);
    const last = await median(() => fresh.page({ filter, upTo, offset: Math.max(0, total - 100), limit: 100 }));
    found.push({ page, all, longest: await longestStep(unread.value, filter), last, total });
  }
  const facts = [
    ['journal file', megabytes(statSync(path).size)],
    ['index of numbers beside it', megabytes(statSync(`${path}.parts`).size + statSync(`${path}.parts-wal`).size)],
    ['opened the first time: brought up to date (in a thread)', ms(first.ms)],
    ['opened again: all of it read (in a thread)', ms(again.ms)],
    ['opened after that, by main', ms(unread.ms)],
    ['index of numbers made, a step', ms(indexed.ms / indexed.value)],
    ['calendar of a month of bills, 400 days compared', ms(spreadOf(calendarTimes(journal, UNTIL_MS, ROUNDS)).p50)],
    ['a new order written, with fsync', commits(unread.value)],
  ] as const;
  journal.close();
  rmSync(folder, { recursive: true });
  return { facts, found };

  function open(checked = false): OpenJournal {
    const opened = openJournal(path, 'practice', UNTIL_MS, TEST_KEY, { checked });
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
        return {
          ...found,
          look: (blocks) => {
            const { ms: took } = timed(() => {
              found.look(blocks);
            });
            longest = Math.max(longest, took);
          },
        };
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
    const order = orderToPay(
      { orderId: no, outTradeNo: no, transactionId: null, family: 'facepay', amountFen: 100 },
      10_000,
      clock.read(),
    );
    return timed(() => {
      journal.create(order, [{ atMs: 1, actor: THE_APP, event: { type: 'registered' }, effects: [] }]);
    }).ms;
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
