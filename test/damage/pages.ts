/**
 * Damage to the journal: each page of each file overwritten, zeroed or cut off, and each file missing, empty, or from
 * an hour ago; then a program that only opens it, and the app.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { damageNotices } from '../../electron/app/journal/journal-damage-service.ts';
import { leaderLock } from '../../electron/orders/engine/leader-lock.ts';
import type { JournalDamage } from '../../electron/orders/journal/journal-damage.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import type { Journal } from '../../electron/orders/journal/journal.ts';
import { openMended } from '../../electron/orders/open-mended.ts';
import { orderEntered, type Order, type Phase } from '../../electron/orders/machine/order.ts';
import type { Notice } from '../../shared/ipc.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { FakeClock } from '../support/fake-clock.ts';

export const PAGE = 4_096;

export interface Harm {
  readonly file: string;
  readonly how: 'overwritten' | 'zeroed' | 'cut-off' | 'missing' | 'empty' | 'rolled-back';
  /** The page's number, from 1; null for a harm to the whole file. */
  readonly page: number | null;
}

const PHASES: readonly Phase[] = [
  { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' },
  { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE' },
  { name: 'settled', reason: 'refunded in the merchant platform' },
];

export interface Shop {
  /** Holds the profile's journal folder as it was left, and in `hour-ago/` as it was an hour before. */
  readonly folder: string;
  /** Each order that was not done, by id. */
  readonly pending: ReadonlyMap<string, Order>;
  /** The entries of each of them, and the number of all entries. */
  readonly entryOf: ReadonlyMap<string, number>;
  readonly entries: number;
}

export const JOURNAL = 'journal.sqlite';

/**
 * A shop's journal with `orders` orders: a third armed, a third before a manager, a third done; the last tenth is from
 * the last hour.
 */
export function openShop(folder: string, orders: number): Shop {
  const clock = new FakeClock();
  mkdirSync(join(folder, 'hour-ago'), { recursive: true });
  const pending = new Map<string, Order>();
  const path = join(folder, JOURNAL);
  for (const [from, until] of [
    [0, Math.floor(orders * 0.9)],
    [Math.floor(orders * 0.9), orders],
  ] as const) {
    const opened = openJournal(path, 'practice', clock.read().wallMs, TEST_KEY);
    if (!opened.ok) throw new Error(opened.error);
    const { journal } = opened.value;
    for (let n = from; n < until; n += 1) {
      const order = enter(n, clock);
      const actor = { who: 'screen', role: 'cashier' } as const;
      const written = journal.create(order, [
        { atMs: clock.read().wallMs, actor, event: { type: 'registered' }, effects: [] },
      ]);
      if (!written.ok) throw new Error(written.error.kind);
      if (order.phase.name !== 'settled') pending.set(order.orderId, order);
    }
    if (from > 0) withdrawSome(journal, pending, clock);
    journal.close();
    if (from === 0)
      for (const name of filesOf(folder)) copyFileSync(join(folder, name), join(folder, 'hour-ago', name));
  }
  const lock = leaderLock(join(folder, 'driver.lock'));
  lock.take();
  lock.release();
  const db = new DatabaseSync(path);
  const written = db.prepare('SELECT seq, order_id FROM entries ORDER BY seq').all();
  db.close();
  const entryOf = new Map(written.map(({ seq, order_id: orderId }) => [String(orderId), Number(seq)]));
  return { folder, pending, entryOf, entries: Number(written.at(-1)?.['seq']) };
}

/** In the last hour every tenth of the pending orders was settled. */
function withdrawSome(journal: Journal, pending: Map<string, Order>, clock: FakeClock): void {
  for (const { order, version } of journal.unfinished().orders.filter((_, at) => at % 10 === 0)) {
    const entry = {
      atMs: clock.read().wallMs,
      actor: { who: 'screen', role: 'manager' },
      event: { type: 'cancel-withdrawn' },
      effects: [],
    } as const;
    const written = journal.commit({ order, version }, { ...order, phase: { name: 'settled', reason: 'kept' } }, [
      entry,
    ]);
    if (!written.ok) throw new Error(written.error.kind);
    pending.delete(order.orderId);
  }
}

function enter(n: number, clock: FakeClock): Order {
  const now = clock.read();
  const name = `order-${String(n)}`;
  const phase = PHASES[n % PHASES.length] ?? { name: 'paying' };
  const order = orderEntered(
    { orderId: name, outTradeNo: name, transactionId: null, family: 'facepay', amountFen: 1_234 },
    now.wallMs,
    now,
  );
  return { ...order, phase };
}

export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

/** Every harm that can be done to the shop's files. */
export function harmsOf({ folder }: Shop): Harm[] {
  return filesOf(folder).flatMap((file): Harm[] => {
    const pages = Math.ceil(readFileSync(join(folder, file)).length / PAGE);
    const ofPages = Array.from({ length: pages }, (_, at) =>
      (['overwritten', 'zeroed', 'cut-off'] as const).map((how) => ({ file, how, page: at + 1 })),
    );
    return [
      ...ofPages.flat(),
      ...(['missing', 'empty', 'rolled-back'] as const).map((how) => ({ file, how, page: null })),
    ];
  });
}

function harm(folder: string, { file, how, page }: Harm): void {
  const path = join(folder, file);
  const bytes = readFileSync(path);
  const at = ((page ?? 1) - 1) * PAGE;
  if (how === 'missing') rmSync(path);
  else if (how === 'empty') writeFileSync(path, '');
  else if (how === 'rolled-back') {
    const before = join(folder, 'hour-ago', file);
    if (filesOf(join(folder, 'hour-ago')).includes(file)) copyFileSync(before, path);
  } else if (how === 'cut-off') writeFileSync(path, bytes.subarray(0, at));
  else writeFileSync(path, bytes.fill(how === 'zeroed' ? 0 : 0xa5, at, Math.min(bytes.length, at + PAGE)));
}

/** What is wrong with how the journal was opened after `done`; empty if nothing is. */
export async function judged(shop: Shop, done: Harm, scratch: string): Promise<string[]> {
  const { folder, pending } = shop;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, 'hour-ago'), { recursive: true });
  for (const name of filesOf(folder)) copyFileSync(join(folder, name), join(scratch, name));
  for (const name of filesOf(join(folder, 'hour-ago')))
    copyFileSync(join(folder, 'hour-ago', name), join(scratch, 'hour-ago', name));
  harm(scratch, done);
  const path = join(scratch, JOURNAL);
  const clock = new FakeClock(Date.UTC(2026, 0, 5, 3), 5_000_000, 'run-2');
  const wrong: string[] = [];
  const untouched = everyByte(scratch);
  const looked = openJournal(path, 'practice', clock.read().wallMs, TEST_KEY);
  if (looked.ok) looked.value.journal.close();
  else if (everyByte(scratch) !== untouched) wrong.push('whoever only opened it changed a file');
  const lock = leaderLock(join(scratch, 'driver.lock'));
  const opened = await openMended({ path, environment: 'practice', key: TEST_KEY, clock, lock });
  if (!opened.ok) return [...wrong, `the app does not start: ${opened.error}`];
  const { journal, search, damage } = opened.value;
  try {
    const found = damage.now();
    const { orders, unreadable } = journal.unfinished();
    const there = new Map(orders.map(({ order }) => [order.orderId, order]));
    const unnamed: string[] = [];
    for (const [orderId, before] of pending) {
      const order = there.get(orderId);
      if (order !== undefined && isSame(order, before)) continue;
      if (order !== undefined) wrong.push(`${orderId} is another`);
      else if (!unreadable.includes(orderId) && found?.lost.includes(orderId) !== true) unnamed.push(orderId);
    }
    wrong.push(...unsaid(shop, unnamed, found));
    // If it is replaced by its state of an hour ago, a journal cannot know what was settled since; it says that its end
    // is missing.
    const isOld = found?.kind === 'cut-off';
    for (const orderId of there.keys())
      if (!pending.has(orderId) && !isOld) wrong.push(`${orderId} was done, and is pending again`);
    for (const orderId of there.keys())
      if (search.one(orderId)?.stored?.order.orderId !== orderId) wrong.push(`${orderId} is not found by the search`);
  } finally {
    journal.close();
  }
  return wrong;
}

/**
 * Orders that are gone and that no report names: at most as many as are reported lost, and only if entries are reported
 * lost.
 */
function unsaid({ entryOf, entries }: Shop, unnamed: readonly string[], found: JournalDamage | null): string[] {
  const { lost = [], lostCount = 0, entriesLost = 0, newestLost = 0 } = found ?? {};
  const newest = newestLost ?? 0;
  const wrong: string[] = [];
  if (entriesLost > entries || newest > entriesLost)
    wrong.push(`${String(entriesLost)} entries are said to be lost of ${String(entries)}`);
  const isNewest = (orderId: string): boolean => (entryOf.get(orderId) ?? 0) > entries - newest;
  const others = unnamed.filter((orderId) => !isNewest(orderId));
  const allowed = lostCount - lost.length + entriesLost - newest;
  if (others.length > allowed)
    wrong.push(`${others.slice(0, 5).join(', ')} of ${String(others.length)} are gone, and nobody says so`);
  const said = found === null ? [] : damageNotices(found).map(({ code }) => code);
  if (unnamed.length > 0 && !said.some((code) => SAID_LOST.includes(code)))
    wrong.push(`${String(unnamed.length)} are gone, and no notice says so`);
  return wrong;
}

/** The notices about orders that nobody can name. */
const SAID_LOST: readonly Notice['code'][] = [
  'journal-orders-lost',
  'journal-newest-lost',
  'journal-entries-lost',
  'journal-was-missing',
  'journal-cut-off',
];

/** The window of an order without any entry as proof begins again, which is never too early. */
function isSame(order: Order, before: Order): boolean {
  const known = ({ outTradeNo, transactionId, amountFen, createdAtMs, phase, reverse, query }: Order): unknown => [
    outTradeNo,
    transactionId,
    amountFen,
    createdAtMs,
    phase,
    reverse,
    query,
  ];
  return isDeepStrictEqual(known(order), known(before)) && order.payCall.at.wallMs >= before.payCall.at.wallMs;
}

function everyByte(folder: string): string {
  return filesOf(folder)
    .filter((name) => !/-(wal|shm)$|^driver\.lock/.test(name))
    .map((name) => `${name} ${readFileSync(join(folder, name), 'hex')}`)
    .join('\n');
}

export const wordOf = ({ file, how, page }: Harm): string =>
  `${file} ${page === null ? '' : `page ${String(page)} `}${how}`;
