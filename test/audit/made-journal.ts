/**
 * Journals with random content, written by the real journal into a database in memory, as shops and crashes leave them.
 */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { THE_APP, type Actor } from '../../electron/orders/machine/actor.ts';
import { headFile } from '../../electron/orders/journal/chain-head.ts';
import type { AuditKey } from '../../electron/orders/journal/chain-key.ts';
import { verifyChain } from '../../electron/orders/audit/audit-verify.ts';
import type { Verdict } from '../../electron/orders/audit/audit-verdict.ts';
import { chainWriter, type ChainWriter } from '../../electron/orders/journal/chain-writer.ts';
import type { Act, EntryEvent } from '../../electron/orders/machine/event.ts';
import type { Entry, Journal, Stored } from '../../electron/orders/journal/journal.ts';
import { orderEntered, standingOf, type Order, type Phase } from '../../electron/orders/machine/order.ts';
import type { Refund } from '../../electron/orders/machine/refund.ts';
import { MIGRATIONS, sqliteJournal } from '../../electron/orders/journal/sqlite-journal.ts';
import type { Random } from './random.ts';

export interface MadeJournal {
  readonly db: DatabaseSync;
  readonly headPath: string;
}

/** The migration that added the chain; with only those before it, the journal is as older versions left it. */
export const CHAIN_MIGRATION = MIGRATIONS.findIndex((sql) => sql.includes('CREATE TABLE chained'));

const START_MS = Date.UTC(2026, 10, 23, 6, 5);
const now = { wallMs: START_MS, monoMs: 1_000_000, run: 'run' };

const ACTORS: readonly Actor[] = [
  THE_APP,
  { who: 'screen', role: 'cashier' },
  { who: 'terminal:王芳', role: 'manager' },
];
const PHASES: readonly Phase[] = [
  { name: 'paying' },
  { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' },
  { name: 'reversing', dueMonoMs: 1_015_000.25 },
  { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE' },
  { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
  { name: 'settled', reason: 'refunded in the merchant platform, 李店长 "OK"' },
];
const REFUND_PHASES: readonly Refund['phase'][] = [
  { name: 'asked', afterQuery: 1 },
  { name: 'sending', dueMonoMs: null, refused: null },
  { name: 'accepted', at: now, asks: 2 },
  { name: 'paid' },
  { name: 'failed', why: 'closed', errCode: 'REFUNDCLOSE', notedAtMs: null },
];
const REFUND: Omit<Refund, 'outRefundNo' | 'phase'> = {
  ...{ fen: 10, totalFen: 1_234, account: null, by: 'manager', askedAtMs: START_MS },
  request: { count: 1, out: null, lastAt: now, inDoubt: false },
  look: { count: 0, out: null, dueMonoMs: null, silences: 0 },
  ...{ refundId: null, customerFen: null, arrivedAt: null, arrivedTo: null },
};
const NOTES: readonly (readonly [Act, string, string | null])[] = [
  ['language-changed', 'ok', 'en'],
  ['app-started', 'ok', '0.1.0'],
  ['cancel-tapped', 'paid-needs-manager', null],
];

export const orderNamed = (name: string): Order =>
  orderEntered(
    { orderId: name, outTradeNo: name, transactionId: null, family: 'facepay', amountFen: 1_234 },
    null,
    now,
  );

/** An untouched journal. `entriesMax` limits its length. */
export function madeJournal(random: Random, key: AuditKey, headPath: string, entriesMax: number): MadeJournal {
  const db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: false });
  const isOld = random.chance(0.3);
  for (const sql of isOld ? MIGRATIONS.slice(0, CHAIN_MIGRATION) : MIGRATIONS) db.exec(sql);
  if (isOld) {
    writeOldEntries(db, random);
    for (const sql of MIGRATIONS.slice(CHAIN_MIGRATION)) db.exec(sql);
  }
  const shop = new Shop(db, random, key, headPath);
  for (let acts = random.below(entriesMax); acts > 0; acts -= 1) shop.act();
  return { db, headPath };
}

/**
 * As the next start of the app leaves it. Before that start, a crash may have left the head behind, and entries after
 * the head are unguarded.
 */
export function reopened(journal: MadeJournal, key: AuditKey): MadeJournal {
  openChain(journal.db, key, journal.headPath, START_MS);
  return journal;
}

function openChain(db: DatabaseSync, key: AuditKey, headPath: string, atMs: number): ChainWriter {
  const chain = chainWriter(db, key, headPath);
  db.exec('BEGIN IMMEDIATE');
  chain.begin(atMs);
  db.exec('COMMIT');
  chain.committed();
  return chain;
}

export function verdictOf({ db, headPath }: MadeJournal, key: AuditKey): Verdict {
  const head = headFile(headPath, key).read();
  return verifyChain(db, key, head);
}

class Shop {
  readonly #random: Random;
  readonly #open: () => Journal;
  readonly #orders: Stored[] = [];
  #journals: readonly Journal[];
  #tick = START_MS;
  #losesHead = false;

  constructor(db: DatabaseSync, random: Random, key: AuditKey, headPath: string) {
    this.#random = random;
    this.#open = () => sqliteJournal(db, this.#crashing(openChain(db, key, headPath, this.#tick)));
    this.#journals = [this.#open(), this.#open()];
  }

  /** Sometimes a process dies between its commit and the move of the head. */
  #crashing(chain: ChainWriter): ChainWriter {
    return {
      ...chain,
      committed: () => {
        if (!this.#losesHead) chain.committed();
      },
    };
  }

  act(): void {
    const random = this.#random;
    const journal = random.one(this.#journals);
    this.#losesHead = random.chance(0.2);
    this.#tick += random.below(5_000);
    if (random.chance(0.05)) this.#journals = [this.#open(), this.#open()];
    const stored = this.#orders.length === 0 ? undefined : random.one(this.#orders);
    if (stored === undefined || random.chance(0.15)) this.#create(journal);
    else if (random.chance(0.2)) this.#note(journal, stored.order.orderId);
    else this.#commit(journal, stored);
  }

  #entry(event: EntryEvent = { type: 'timer' }): Entry {
    const random = this.#random;
    const effects = random.chance(0.3) ? [{ kind: 'send-query' as const, n: 1 + random.below(9) }] : [];
    return { atMs: this.#tick, actor: random.one(ACTORS), event, effects };
  }

  #create(journal: Journal): void {
    const made = journal.create(orderNamed(`pos-${String(this.#orders.length)}`), [
      this.#entry({ type: 'registered' }),
    ]);
    if (!made.ok) throw new Error(made.error.kind);
    this.#orders.push(made.value);
  }

  #commit(journal: Journal, stored: Stored): void {
    const next = { ...stored.order, phase: this.#random.one(PHASES), ourRefunds: this.#refundsOf(stored.order) };
    const entries = Array.from({ length: 1 + this.#random.below(3) }, () => this.#entry());
    // A write that loses against another process: it is rolled back, and must leave nothing in the chain.
    if (this.#random.chance(0.1)) journal.commit({ ...stored, version: 0 }, next, entries);
    const done = journal.commit(stored, next, entries);
    if (!done.ok) throw new Error(done.error.kind);
    this.#orders[this.#orders.indexOf(stored)] = done.value;
  }

  /** One more refund of the order now and then, and what became of the last one. */
  #refundsOf({ orderId, ourRefunds }: Order): Order['ourRefunds'] {
    const random = this.#random;
    const phase = random.one(REFUND_PHASES);
    const last = ourRefunds.at(-1);
    if (last !== undefined && random.chance(0.5)) return [...ourRefunds.slice(0, -1), { ...last, phase }];
    if (!random.chance(0.3)) return ourRefunds;
    const outRefundNo = `${orderId}R${String(ourRefunds.length + 1)}`;
    return [...ourRefunds, { ...REFUND, outRefundNo, phase }];
  }

  #note(journal: Journal, orderId: string): void {
    const [act, outcome, about] = this.#random.one(NOTES);
    const event = { type: 'noted', act, outcome, about } as const;
    const noted = journal.note(act === 'cancel-tapped' ? orderId : null, {
      atMs: this.#tick,
      actor: this.#random.one(ACTORS),
      event,
    });
    if (!noted.ok) throw new Error(noted.error.kind);
  }
}

/** Orders and entries as the version before the chain wrote them. */
export function writeOldEntries(db: DatabaseSync, random: Random): void {
  const insert = db.prepare(
    'INSERT INTO orders (order_id, version, out_trade_no, standing, created_at, state) VALUES (?, 1, ?, ?, ?, ?)',
  );
  const append = db.prepare('INSERT INTO entries (order_id, at, event, effects, phase) VALUES (?, ?, ?, ?, ?)');
  for (let n = 1 + random.below(4); n > 0; n -= 1) {
    const order = orderNamed(`old-${String(n)}`);
    insert.run(order.orderId, order.outTradeNo, standingOf(order), order.createdAtMs, JSON.stringify(order));
    for (let entries = 1 + random.below(5); entries > 0; entries -= 1) {
      append.run(order.orderId, START_MS, '{"type":"timer"}', '[]', JSON.stringify(order.phase));
    }
  }
}

/** The head file as it was, restored after a tampering. */
export function keptHead(headPath: string): () => void {
  const kept = existsSync(headPath) ? readFileSync(headPath) : null;
  return () => {
    if (kept !== null) writeFileSync(headPath, kept);
  };
}

/** The journal as a file of its own beside `path`, with its head. */
export function asFile({ db, headPath }: MadeJournal, path: string): void {
  db.exec(`PRAGMA user_version = ${String(MIGRATIONS.length)}`);
  db.exec(`VACUUM INTO '${path}'`);
  copyFileSync(headPath, `${path}.head`);
}
