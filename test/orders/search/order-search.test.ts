/**
 * The order search, compared with a model that looks at every order: at rest, while orders arrive and change, and after
 * damage to the index.
 */
import { DatabaseSync } from 'node:sqlite';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderHistory } from '../../../electron/orders/search/order-history.ts';
import { foundOrders, type FoundOrders } from '../../../electron/orders/search/found-orders.ts';
import type { OpenJournal } from '../../../electron/orders/open-journal.ts';
import type { Stored } from '../../../electron/orders/journal/journal.ts';
import { stateOf } from '../../../electron/orders/journal/order-facts.ts';
import { ALL_ORDERS } from '../../../electron/orders/search/order-search.ts';
import type { OrderFilter } from '../../../electron/orders/search/order-filter.ts';
import { chooseIndex } from '../../../electron/orders/search/index-choice.ts';
import { orderToPay, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import { MIGRATIONS } from '../../../electron/orders/journal/sqlite-journal.ts';
import { beijingDay } from '../../../shared/beijing-day.ts';
import { EVERYTHING, orderStateSchema } from '../../../shared/contract/history.ts';
import { BEFORE_SEARCH, bigJournal } from '../../support/orders/big-journal.ts';
import { openedJournal } from '../../support/orders/made-orders.ts';
import { temporaryFolder } from '../../support/command.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 10, 20, 4);
const WHO = ['screen', 'terminal:li', 'staff-3'] as const;
const PHASES: readonly Phase[] = [
  { name: 'paying' },
  { name: 'paid' },
  { name: 'failed', cause: 'NOTENOUGH' },
  { name: 'attention', cause: 'expired', errCode: null },
  { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
  { name: 'cancelled', outcome: 'closed', proof: 'REVOKED' },
  { name: 'settled', reason: 'in the platform' },
  { name: 'settled', reason: 'same-as:other' },
];

let path: string;
let open: OpenJournal;
beforeEach(() => {
  path = join(temporaryFolder(), 'journal.sqlite');
  open = openedJournal(path, START_MS);
});
afterEach(() => {
  open.journal.close();
});

interface Made {
  readonly number: string;
  readonly wx: string | null;
  readonly day: number;
  readonly fen: number | null;
  readonly who: number;
  readonly phase: number;
}

const digits = fc.stringMatching(/^[0-3]{5,9}$/);
const madeOrders = fc.array(
  fc.record({
    number: digits,
    wx: fc.option(digits),
    day: fc.integer({ min: 0, max: 4 }),
    fen: fc.option(fc.integer({ min: 1, max: 6 })),
    who: fc.nat(WHO.length - 1),
    phase: fc.nat(PHASES.length - 1),
  }),
  { maxLength: 25 },
);

const filters: fc.Arbitrary<OrderFilter> = fc.record({
  text: fc.option(
    fc.oneof(fc.stringMatching(/^[0-3]{1,5}$/), fc.constantFrom('A', 'a', '_', '_-', '1_-', 'a1', 'a_', '%')),
  ),
  fromDay: fc.option(fc.integer({ min: 0, max: 4 }).map((day) => beijingDay(START_MS) + day)),
  toDay: fc.option(fc.integer({ min: 0, max: 4 }).map((day) => beijingDay(START_MS) + day)),
  states: fc.subarray([...orderStateSchema.options], { maxLength: 5 }),
  amountFen: fc.option(
    fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 }))
      .map(([min, more]) => ({ min, max: min + more })),
  ),
  cashier: fc.option(fc.constantFrom(...WHO, 'nobody')),
});

let made = 0;

function write(order: Made): { readonly order: Order; readonly who: string } {
  made += 1;
  const unique = `A${String(made)}_-${order.number}`;
  const ids = {
    orderId: unique,
    outTradeNo: unique,
    transactionId: null,
    family: 'facepay' as const,
    amountFen: order.fen,
  };
  const first = orderToPay(ids, 10_000, { wallMs: START_MS + order.day * DAY_MS, monoMs: 1, run: 'r' });
  const who = WHO[order.who] ?? 'screen';
  const stored = open.journal.create(first, [
    { atMs: START_MS, actor: { who, role: 'cashier' }, event: { type: 'registered' }, effects: [] },
  ]);
  if (!stored.ok) throw new Error(stored.error.kind);
  return { order: change(stored.value, order), who };
}

/** Writes the phase and WeChat's number, which follow after the order is known. */
function change(stored: Stored, { phase, wx }: Made): Order {
  const next = {
    ...stored.order,
    phase: PHASES[phase] ?? stored.order.phase,
    transactionId: wx === null ? null : `w${String(made)}${wx}`,
  };
  const done = open.journal.commit(stored, next, [
    { atMs: START_MS, actor: { who: 'app', role: null }, event: { type: 'timer' }, effects: [] },
  ]);
  if (!done.ok) throw new Error(done.error.kind);
  return done.value.order;
}

/** The matching orders, found by looking at every order; the newest first. */
function modelOf(all: readonly { order: Order; who: string }[], filter: OrderFilter): string[] {
  const within = (value: number | null, min: number | null, max: number | null): boolean =>
    value !== null && value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  return all
    .filter(({ order, who }) => {
      const numbers = [order.outTradeNo, order.transactionId].filter((number) => number !== null);
      return (
        (filter.text === null ||
          numbers.some((number) => number.toLowerCase().includes((filter.text ?? '').toLowerCase()))) &&
        within(beijingDay(order.createdAtMs), filter.fromDay, filter.toDay) &&
        (filter.states.length === 0 || filter.states.includes(stateOf(order))) &&
        (filter.amountFen === null || within(order.amountFen, filter.amountFen.min, filter.amountFen.max)) &&
        (filter.cashier === null || filter.cashier === who)
      );
    })
    .map(({ order }) => order.orderId)
    .reverse();
}

function looked(found: FoundOrders): FoundOrders {
  while (found.left()) found.look(3);
  return found;
}

const ids = (found: FoundOrders, offset = 0, limit = 200): string[] =>
  found.rows(offset, limit).map(({ orderId }) => orderId);

describe('a search', () => {
  it('finds exactly what fits, in order, with its totals, whichever parts of the filter are given', () => {
    fc.assert(
      fc.property(
        madeOrders,
        fc.array(filters, { minLength: 4, maxLength: 4 }),
        fc.boolean(),
        (orders, asked, indexed) => {
          open.journal.close();
          path = join(temporaryFolder(), 'journal.sqlite');
          open = openedJournal(path, START_MS);
          const all = orders.map(write);
          if (indexed) while (open.search.indexMore()) continue;
          const db = new DatabaseSync(path, { readOnly: true });
          for (const filter of [ALL_ORDERS, ...asked]) {
            const wanted = modelOf(all, filter);
            const found = looked(open.search.find(filter, null));
            expect(ids(found)).toEqual(wanted);
            expect(ids(found, 1, 3)).toEqual(wanted.slice(1, 4));
            expect(found.total()).toBe(wanted.length);
            // So few orders are all rare values. The search way for common values must find the same.
            const throughAll = looked(foundOrders(db, filter, all.length, -1));
            expect([ids(throughAll), throughAll.totals()]).toEqual([wanted, found.totals()]);
            const fits = all.filter(({ order }) => wanted.includes(order.orderId));
            const sum = (state: string): number =>
              fits
                .filter(({ order }) => stateOf(order) === state)
                .reduce((fen, { order }) => fen + (order.amountFen ?? 0), 0);
            expect(found.totals()).toEqual({
              total: wanted.length,
              paidFen: sum('paid'),
              refundedFen: sum('refunded'),
            });
            expect(open.search.below(filter, null, 200).map(({ orderId }) => orderId)).toEqual(wanted);
          }
          db.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('shows a changed row in its new state, with new counts, without another search', () => {
    const [first, second] = [
      write({ number: '111', wx: null, day: 0, fen: 5, who: 0, phase: 0 }),
      write({ number: '222', wx: null, day: 0, fen: 6, who: 0, phase: 1 }),
    ];
    const byState = looked(open.search.find({ ...ALL_ORDERS, states: ['paid'] }, null));
    const byText = looked(open.search.find({ ...ALL_ORDERS, text: 'A', states: ['paid'] }, null));
    const byPart = looked(open.search.find({ ...ALL_ORDERS, text: '-11', states: ['paid'] }, null));
    const stored = open.journal.load(first.order.orderId);
    if (stored === null) throw new Error('gone');
    change(stored, { number: '', wx: null, day: 0, fen: null, who: 0, phase: 1 });
    for (const found of [byState, byText, byPart]) found.refresh();
    expect(ids(byState)).toEqual([second.order.orderId, first.order.orderId]);
    expect(byState.totals()).toEqual({ total: 2, paidFen: 11, refundedFen: 0 });
    expect(ids(byText)).toEqual([second.order.orderId, first.order.orderId]);
    expect(ids(byPart)).toEqual([first.order.orderId]);
  });

  it('finds a number that came after the index had the order', () => {
    const { order } = write({ number: '111', wx: null, day: 0, fen: 5, who: 0, phase: 0 });
    while (open.search.indexMore()) continue;
    const stored = open.journal.load(order.orderId);
    if (stored === null) throw new Error('gone');
    change(stored, { number: '', wx: '98765', day: 0, fen: null, who: 0, phase: 1 });
    expect(ids(looked(open.search.find({ ...ALL_ORDERS, text: '9876' }, null)))).toEqual([order.orderId]);
    while (open.search.indexMore()) continue;
    expect(ids(looked(open.search.find({ ...ALL_ORDERS, text: '9876' }, null)))).toEqual([order.orderId]);
  });

  it('finds what gets its number while the index is still being asked', () => {
    const orders = Array.from(
      { length: 300 },
      () => write({ number: '555', wx: null, day: 0, fen: 1, who: 0, phase: 0 }).order.orderId,
    );
    while (open.search.indexMore()) continue;
    const oldest = open.journal.load(orders[0] ?? '');
    if (oldest === null) throw new Error('gone');
    const found = open.search.find({ ...ALL_ORDERS, text: '555' }, null);
    found.look(1);
    expect(found.total(), 'the first step does not reach the oldest').toBe(256);
    change(oldest, { number: '', wx: '1', day: 0, fen: null, who: 0, phase: 5 });
    found.refresh();
    expect(ids(looked(found), 0, 400)).toEqual(orders.reverse());
    expect(found.rows(299, 1)).toMatchObject([{ state: 'closed' }]);
  });

  it('gives every order once, page by page, while new ones arrive', async () => {
    const history = orderHistory(open.search, new FakeClock());
    const early = Array.from(
      { length: 53 },
      (_, n) => write({ number: String(n), wx: null, day: n % 3, fen: 1, who: 0, phase: 1 }).order.orderId,
    );
    const filter = { ...EVERYTHING, states: ['paid' as const] };
    const first = await history.page({ filter, upTo: null, offset: 0, limit: 10 });
    const seen = first.rows.map(({ orderId }) => orderId);
    for (let offset = 10; offset < first.total; offset += 10) {
      write({ number: 'late', wx: null, day: 0, fen: 1, who: 0, phase: 1 });
      const page = await history.page({ filter, upTo: first.upTo, offset, limit: 10 });
      seen.push(...page.rows.map(({ orderId }) => orderId));
      expect(page).toMatchObject({ total: 53, counted: true, newer: offset / 10 });
    }
    expect(seen).toEqual(early.reverse());
  });

  it('knows who brought orders here', () => {
    write({ number: '1', wx: null, day: 0, fen: 1, who: 1, phase: 0 });
    write({ number: '2', wx: null, day: 0, fen: 1, who: 0, phase: 0 });
    expect(open.search.cashiers()).toEqual(['screen', 'terminal:li']);
    expect(open.search.below({ ...ALL_ORDERS, cashier: 'terminal:li' }, null, 9)).toMatchObject([
      { cashier: 'terminal:li' },
    ]);
  });

  it('lists a row that no longer parses as unreadable, with what is known of it', () => {
    const { order } = write({ number: '123', wx: '456', day: 0, fen: 7, who: 0, phase: 1 });
    raw(`UPDATE orders SET state = '{"half":'`);
    const [row] = looked(open.search.find({ ...ALL_ORDERS, text: '123' }, null)).rows(0, 9);
    expect(row).toMatchObject({
      orderId: order.orderId,
      state: 'unreadable',
      stored: null,
      outTradeNo: order.outTradeNo,
      transactionId: order.transactionId,
      amountFen: 7,
    });
  });
});

/** What a person with the file alone could do. */
function raw(sql: string): void {
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: false });
  db.exec(sql);
  db.close();
}

const countOf = (text: string): number => looked(open.search.find({ ...ALL_ORDERS, text }, null)).total();

describe('the index of numbers', () => {
  const one = { number: '123123', wx: null, day: 0, fen: 1, who: 0, phase: 1 };

  it('is made beside the journal when somebody searches, and not before', () => {
    write(one);
    expect(existsSync(`${path}.parts`)).toBe(false);
    expect(countOf('3123')).toBe(1);
    expect(existsSync(`${path}.parts`)).toBe(true);
  });

  it('that is damaged is made again, and every order is still found', () => {
    write(one);
    expect(countOf('3123')).toBe(1);
    open.journal.close();
    writeFileSync(`${path}.parts`, 'not a database'.repeat(500));
    open = openedJournal(path, START_MS);
    expect(countOf('3123')).toBe(1);
    expect(open.search.indexMore()).toBe(false);
  });

  it('of an older copy of the journal is made again', () => {
    write(one);
    write(one);
    expect(countOf('3123')).toBe(2);
    // In the copy one order has another one's place.
    raw("UPDATE order_facts SET order_id = 'x' || order_id, numbers = '777777 ' WHERE place = 2");
    open.journal.close();
    open = openedJournal(path, START_MS);
    expect([countOf('3123'), countOf('7777')]).toEqual([1, 1]);
  });

  it('that cannot be written leaves every number to be looked through', () => {
    write(one);
    mkdirSync(`${path}.parts`);
    expect(countOf('3123')).toBe(1);
    expect(open.search.indexMore()).toBe(false);
    expect(existsSync(`${path}.parts`), 'what is not ours stays').toBe(true);
  });
});

describe('what few orders have', () => {
  it.each([
    ['a state', { states: ['attention' as const] }],
    ['an amount', { amountFen: { min: 77, max: 77 } }],
    ['a cashier', { cashier: 'staff-3' }],
  ])('is found in one step, by an index: %s', (_what, part) => {
    const rare = write({ number: '111', wx: null, day: 0, fen: 77, who: 2, phase: 3 });
    const many = Array.from({ length: 30 }, () => write({ number: '222', wx: null, day: 0, fen: 1, who: 0, phase: 1 }));
    const db = new DatabaseSync(path, { readOnly: true });
    const found = foundOrders(db, { ...ALL_ORDERS, ...part }, many.length + 1, 4);
    expect(ids(found)).toEqual([]);
    found.look(1);
    expect([found.left(), ids(found)]).toEqual([false, [rare.order.orderId]]);
    expect(chooseIndex(db, { ...ALL_ORDERS, ...part }, 4)).not.toBe(null);
    expect(chooseIndex(db, { ...ALL_ORDERS, states: ['paid'] }, 4)).toBe(null);
    db.close();
  });
});

describe('a journal from before there was a search', () => {
  it('has all its orders found, those that no longer parse as well, in the order in which they came', () => {
    open.journal.close();
    path = join(temporaryFolder(), 'old.sqlite');
    bigJournal(path, 40, START_MS, 15);
    open = openedJournal(path, START_MS);
    const rows = looked(open.search.find(ALL_ORDERS, null)).rows(0, 200);
    expect(rows.map(({ place }) => place)).toEqual(Array.from({ length: 40 }, (_, n) => 40 - n));
    expect(rows.filter(({ state }) => state === 'unreadable')).toHaveLength(10);
    expect(rows[0]).toMatchObject({ state: 'paid', cashier: 'staff-4' });
    expect(looked(open.search.find({ ...ALL_ORDERS, states: ['unreadable'] }, null)).total()).toBe(10);
    const oldest = rows.at(-1);
    expect(countOf(oldest?.transactionId?.slice(3, 20) ?? '')).toBe(1);
    expect(looked(open.search.find({ ...ALL_ORDERS, states: ['paid'] }, null)).total()).toBe(
      rows.filter(({ state }) => state === 'paid').length,
    );
  });

  it.each([
    ['an amount that is no integer', `json_set(state, '$.amountFen', 1.5)`],
    ['an amount that is past all integers', `json_set(state, '$.amountFen', json('1000000000000000000000'))`],
    ['a phase that is none', `json_set(state, '$.phase', json('[1]'))`],
    ['a number of another kind', `json_set(state, '$.outTradeNo', 42)`],
    ['no JSON at all', `'{'`],
  ])('is opened although an order has %s', (_what, state) => {
    open.journal.close();
    path = join(temporaryFolder(), 'odd.sqlite');
    bigJournal(path, 3, START_MS);
    raw(`UPDATE orders SET state = ${state} WHERE rowid = 2`);
    open = openedJournal(path, START_MS);
    expect(
      looked(open.search.find(ALL_ORDERS, null))
        .rows(0, 9)
        .map(({ state: shown }) => shown),
    ).toEqual(['paid', 'unreadable', 'paid']);
  });

  it('is of the version just before the tables and their indexes', () => {
    expect(BEFORE_SEARCH).toBe(MIGRATIONS.length - 3);
  });
});
