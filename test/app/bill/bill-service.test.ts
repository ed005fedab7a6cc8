/**
 * WeChat's bills through days and weeks of a clock that stands still: when which bill is asked for, what is kept of it, and
 * what the calendar says. The journal and the files are real; WeChat is a table.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billsFolderOf, keptBills } from '../../../electron/app/bill/kept-bills.ts';
import { createBillService } from '../../../electron/app/bill/bill-service.ts';
import type { BillService } from '../../../electron/app/core/bill-service.ts';
import { dayRecords, type DayRecords } from '../../../electron/app/bill/day-records.ts';
import { silentLog } from '../../../electron/base/log.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import type { BillAnswer } from '../../../electron/wechat/bill-source.ts';
import { beijingDay, beijingTime, dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import type { BillDay } from '../../../shared/contract/bill.ts';
import { BILL_AGAIN_MS, BILL_DAYS_BACK, BILL_LOOK_MS, BILL_PATIENCE_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { BILL_MERCHANT, billText, type MadeRow } from '../../support/gateway/made-bill.ts';
import { freshJournal, write, type MadeOrder } from '../../support/orders/made-orders.ts';
import { until } from '../../practice/terminal.ts';

const HOUR = 3_600_000;
const TODAY = '2026-11-24';
const YESTERDAY = '2026-11-23';
const NINE = dayStartMs(TODAY) + 9 * HOUR;
const BY = { who: 'screen', role: 'manager' } as const;

let journal: Journal;
let folder: string;
let clock: FakeClock;
let service: BillService;
let records: DayRecords;
let driving: boolean;
let asked: string[];
let notes: unknown[][];
/** What WeChat answers about a day; a text is its bill. */
let wechat: (day: string) => BillAnswer | string;

beforeEach(() => {
  ({ journal } = freshJournal());
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  clock = new FakeClock(NINE);
  driving = true;
  asked = [];
  notes = [];
  wechat = () => ({ kind: 'no-bill' });
  open();
});
afterEach(async () => {
  await service.stop(0);
  rmSync(folder, { recursive: true, force: true });
});

function open(): void {
  records = dayRecords(join(folder, 'days.json'), () => clock.read().wallMs);
  service = createBillService({
    ...{ journal, clock, records, log: silentLog },
    merchant: { mchId: BILL_MERCHANT },
    terminal: { deviceId: 'kiosk-1' },
    source: {
      fetch: (day, path) => {
        asked.push(`${day} ${beijingTime(clock.read().wallMs).slice(5, 16)}`);
        const answer = wechat(day);
        if (typeof answer !== 'string') return Promise.resolve(answer);
        writeFileSync(path, gzipSync(answer));
        return Promise.resolve({ kind: 'bill', bytes: answer.length });
      },
      close: () => undefined,
    },
    kept: keptBills(folder, 7),
    audit: { note: (...noted) => notes.push(noted) },
    random: () => 0.5,
    isDriving: () => driving,
  });
}

/** The clock goes on, and waits for files meanwhile: between two looks the service has exactly one timer. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += BILL_LOOK_MS) {
    await clock.advance(Math.min(BILL_LOOK_MS, ms - passed));
    await until(() => clock.pending === 1);
  }
}

const order = (n: number, atMs: number, phase: MadeOrder['phase'] = { name: 'paid' }): void =>
  write(journal, { orderId: `order-${String(n)}`, transactionId: wx(n), createdAtMs: atMs, phase });
const wx = (n: number): string => `42000002722026112300000000${String(n).padStart(2, '0')}`;
const row = (n: number, atMs: number, more: Partial<MadeRow> = {}): MadeRow => ({
  transactionId: wx(n),
  outTradeNo: `order-${String(n)}`,
  time: beijingTime(atMs),
  ...more,
});
const noonOf = (day: string): number => dayStartMs(day) + DAY_MS / 2;
const dayBefore = (day: string, days: number): string => beijingDay(dayStartMs(day) - days * DAY_MS);
const inCalendar = (day: string): BillDay | undefined =>
  service.calendar(day.slice(0, 7)).days.find((one) => one.day === day);

describe('by itself', () => {
  it('asks for yesterday’s bill after 10:00 and its own part of half an hour, keeps it, and closes the day', async () => {
    order(1, noonOf(YESTERDAY));
    wechat = () => billText([row(1, noonOf(YESTERDAY))]);
    const untouched = journal.find('order-1');
    service.start();
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'to-come' });
    await pass(2 * HOUR);
    expect(asked).toEqual([`${YESTERDAY} 11-24 10:17`]);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'closed', record: { from: 'wechat', rows: 1, matched: 1 } });
    expect(readdirSync(folder).filter((name) => name.endsWith('.gz') || name.endsWith('.part'))).toEqual([
      `${YESTERDAY}.csv.gz`,
    ]);
    expect(notes).toEqual([[THE_APP, 'bill-compared', 'ok', `${YESTERDAY}: 1 rows, 1 match, 0 differ`]]);
    expect(journal.find('order-1')).toEqual(untouched);
  });

  it('asks each half hour while WeChat is making it, gives up in the evening, and goes on in the morning', async () => {
    order(1, noonOf(YESTERDAY));
    wechat = () => ({ kind: 'creating' });
    service.start();
    await pass(16 * HOUR);
    expect(asked.length).toBeGreaterThan(20);
    expect(asked[1]).toBe(`${YESTERDAY} 11-24 10:47`);
    expect(asked.at(-1)).toMatch(/21:[345]\d$/);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'missing', miss: { why: 'creating' } });
    expect(notes).toEqual([]);
    wechat = () => billText([row(1, noonOf(YESTERDAY))]);
    await pass(10 * HOUR);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'closed', miss: null });
  });

  it('fetches the days that are missing, the newest first, from the first order here and as far as WeChat keeps them', async () => {
    order(1, noonOf(dayBefore(TODAY, 3)));
    service.start();
    await pass(2 * HOUR);
    expect(asked.map((one) => one.slice(0, 10))).toEqual([1, 2, 3].map((days) => dayBefore(TODAY, days)));
    order(2, noonOf(dayBefore(TODAY, 200)));
    await pass(4 * HOUR);
    expect(asked).toHaveLength(BILL_DAYS_BACK);
    expect(asked.at(-1)).toContain(dayBefore(TODAY, BILL_DAYS_BACK));
  });

  it('asks nothing while another process drives, and waits for a payment or a cancel, though not for days', async () => {
    order(1, noonOf(YESTERDAY));
    driving = false;
    service.start();
    await pass(2 * HOUR);
    expect(asked).toEqual([]);
    driving = true;
    order(2, clock.read().wallMs, { name: 'paying' });
    await pass(BILL_PATIENCE_MS);
    expect(asked).toEqual([]);
    await pass(BILL_LOOK_MS);
    expect(asked).toHaveLength(1);
  });

  it('takes “no bill” as it is: our own paid orders of the day differ, a day without them is closed; asked again for some days', async () => {
    order(1, noonOf(YESTERDAY));
    order(2, noonOf(dayBefore(TODAY, 2)), { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' });
    service.start();
    await pass(2 * HOUR);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs', record: { from: 'none', differing: 1 } });
    expect(inCalendar(dayBefore(TODAY, 2))).toMatchObject({ state: 'closed', record: { from: 'none' } });
    expect(service.standing().bills.days).toEqual([YESTERDAY]);
    await pass(7 * DAY_MS);
    expect(asked.filter((one) => one.startsWith(YESTERDAY))).toHaveLength(3);
  });

  it('keeps nothing that is not whole, and asks again on the next morning', async () => {
    order(1, noonOf(YESTERDAY));
    const whole = billText([row(1, noonOf(YESTERDAY))]);
    wechat = () => whole.slice(0, whole.lastIndexOf('总交易单数'));
    service.start();
    await pass(12 * HOUR);
    expect(asked).toHaveLength(1);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'missing', miss: { why: 'not-whole' } });
    expect(readdirSync(folder).filter((name) => !name.startsWith('days.json'))).toEqual([]);
    wechat = (day) => (day === YESTERDAY ? whole : { kind: 'no-bill' });
    await pass(DAY_MS);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'closed' });
  });

  it.each([
    ['api-closed', { kind: 'api-closed' }, 1],
    ['refused', { kind: 'refused', text: 'SIGN ERROR' }, 1],
    ['too-often', { kind: 'too-often' }, 4],
    ['no-answer', { kind: 'no-answer', why: 'timeout', text: null }, 4],
  ] as const)(
    'leaves all days alone after %s: what a person must mend is tried once a day',
    async (why, answer, times) => {
      order(1, noonOf(dayBefore(TODAY, 20)));
      wechat = () => answer;
      service.start();
      await pass(3 * HOUR);
      expect(asked).toHaveLength(times);
      expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'missing', miss: { why } });
    },
  );

  it('finds the other half of an order near midnight in the next day’s bill, and closes the day before', async () => {
    const late = dayStartMs(YESTERDAY) - 60_000;
    const before = dayBefore(YESTERDAY, 1);
    order(1, late);
    wechat = (day) => (day === before ? billText([]) : { kind: 'creating' });
    service.start();
    await pass(2 * HOUR);
    expect(inCalendar(before)).toMatchObject({ state: 'differs', record: { sums: { inDoubt: { count: 0 } } } });
    wechat = () => billText([row(1, dayStartMs(YESTERDAY) + 5_000)]);
    await pass(HOUR);
    expect(inCalendar(before)).toMatchObject({ state: 'closed', record: { matched: 1 } });
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'closed' });
  });
});

describe('by hand', () => {
  const doubtful = (): void => {
    order(1, noonOf(YESTERDAY), { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' });
    wechat = () => billText([row(1, noonOf(YESTERDAY))]);
  };

  it('a day is compared with its kept bill as the orders are now, and what was seen no longer waits', async () => {
    clock.jumpWall(3 * HOUR);
    doubtful();
    service.start();
    await pass(10 * 60_000);
    expect(service.standing().bills).toEqual({ days: [YESTERDAY], inDoubt: { count: 1, fen: 1_280 } });
    const done = await service.day(YESTERDAY, false, BY);
    expect(done).toMatchObject({ ok: true, value: { kind: 'compared', from: 'wechat', comparison: { rows: 1 } } });
    expect(asked).toHaveLength(1);
    expect(service.standing().bills.days).toEqual([]);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs' });
  });

  it('a day is fetched at once, or anew; two at a time are refused', async () => {
    clock.jumpWall(3 * HOUR);
    doubtful();
    const [first, second] = await Promise.all([service.day(YESTERDAY, false, BY), service.day(YESTERDAY, false, BY)]);
    expect(first).toMatchObject({ ok: true, value: { kind: 'compared' } });
    expect(second).toEqual({ ok: false, error: 'busy-comparing' });
    wechat = () => ({ kind: 'busy' });
    expect(await service.day(YESTERDAY, true, BY)).toEqual({ ok: true, value: { kind: 'missing', why: 'busy' } });
    // What was known stays known.
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs', miss: { why: 'busy' } });
    expect(notes.map(([by, , outcome]) => [by, outcome])).toEqual([
      [BY, 'ok'],
      [BY, 'busy'],
    ]);
  });

  it('a day that is not over by 10:00 of the next morning, or too old for WeChat, is not asked for', async () => {
    expect(await service.day(YESTERDAY, true, BY)).toEqual({ ok: false, error: 'bill-to-come' });
    expect(await service.day(dayBefore(TODAY, 120), true, BY)).toEqual({ ok: false, error: 'bill-too-old' });
    expect(asked).toEqual([]);
  });

  it('a chosen file closes a day until WeChat’s own bill comes, which is never overruled by a file', async () => {
    clock.jumpWall(3 * HOUR);
    doubtful();
    const file = join(folder, 'chosen.csv');
    writeFileSync(file, billText([row(1, noonOf(YESTERDAY)), row(1, noonOf(YESTERDAY), { state: 'REVOKED' })]));
    await service.file(file, null, BY);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'closed', record: { from: 'file' } });
    service.start();
    await pass(10 * 60_000);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs', record: { from: 'wechat' } });
    await service.file(file, null, BY);
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs', record: { from: 'wechat' } });
  });

  it('a chosen file stands where WeChat has no bill, and WeChat is asked a few days more', async () => {
    clock.jumpWall(3 * HOUR);
    doubtful();
    const file = join(folder, 'chosen.csv');
    writeFileSync(file, billText([row(1, noonOf(YESTERDAY))]));
    wechat = () => ({ kind: 'no-bill' });
    await service.file(file, null, BY);
    service.start();
    await pass(7 * DAY_MS);
    expect(inCalendar(YESTERDAY)).toMatchObject({ record: { from: 'file' }, miss: { why: 'no-bill' } });
    expect(asked.filter((one) => one.startsWith(YESTERDAY))).toHaveLength(3);
  });
});

describe('the calendar', () => {
  it('has a word for each day: before the first order, missing, closed, to come', () => {
    order(1, noonOf('2026-11-22'));
    const states = service.calendar('2026-11').days.map(({ day, state }) => `${day.slice(8)} ${state}`);
    expect(states).toHaveLength(30);
    expect(states.slice(20)).toEqual([
      ...['21 before', '22 missing', '23 to-come', '24 to-come', '25 to-come', '26 to-come', '27 to-come'],
      ...['28 to-come', '29 to-come', '30 to-come'],
    ]);
    const { latest, today, firstDay } = service.calendar('2024-02');
    expect(latest.map(({ day }) => day).slice(28)).toEqual(['2026-11-21', '2026-11-22']);
    expect([latest.length, today, firstDay]).toEqual([30, TODAY, '2026-11-22']);
  });

  it('costs the same however many orders there are: of the journal it reads the first order and no other', () => {
    for (let n = 1; n < 40; n += 1) order(n, noonOf(dayBefore(TODAY, n)));
    const read: unknown[] = [];
    const whole = journal;
    const onlyPages: Pick<Journal, 'page'> = {
      page: (span, after, limit) => {
        read.push(limit);
        return whole.page(span, after, limit);
      },
    };
    const closed = (): never => {
      throw new Error('no order is read');
    };
    journal = { ...whole, ...onlyPages, find: closed, load: closed, history: closed, open: closed };
    open();
    expect(service.calendar('2026-11').firstDay).toBe(dayBefore(TODAY, 39));
    expect(read).toEqual([1]);
  });

  it('belongs to one merchant, and in partner mode to one sub-merchant', () => {
    expect(billsFolderOf('bills', { mchId: '1900000109' })).toBe(join('bills', '1900000109'));
    expect(billsFolderOf('bills', { mchId: '1900000109', subMchId: '1900000209' })).toBe(
      join('bills', '1900000109-1900000209'),
    );
  });

  it('outlives a restart; drafts that a power cut left do not', async () => {
    order(1, noonOf(YESTERDAY));
    clock.jumpWall(3 * HOUR);
    await service.day(YESTERDAY, true, BY);
    const draft = join(folder, `${YESTERDAY}.99.part`);
    writeFileSync(draft, 'half');
    await service.stop(0);
    open();
    service.start();
    expect(inCalendar(YESTERDAY)).toMatchObject({ state: 'differs', record: { from: 'none' } });
    expect(existsSync(draft)).toBe(false);
    expect(BILL_AGAIN_MS).toBeGreaterThan(BILL_LOOK_MS);
  });
});
