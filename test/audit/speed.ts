/** The cost of the chain: for verifying a long one, and for each act. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { verifyJournal } from '../../electron/orders/audit/audit-file.ts';
import { chainWriter, type ChainWriter } from '../../electron/orders/journal/chain-writer.ts';
import type { Entry, Journal, Stored } from '../../electron/orders/journal/journal.ts';
import { MIGRATIONS, sqliteJournal } from '../../electron/orders/journal/sqlite-journal.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { orderNamed } from './made-journal.ts';

const ANSWERED: Entry = {
  atMs: Date.UTC(2026, 10, 23, 6, 5),
  actor: THE_APP,
  event: {
    type: 'query-ended',
    n: 1,
    answer: {
      kind: 'seen',
      tradeState: 'NOTPAY',
      outTradeNo: '202611231405001234567890',
      transactionId: null,
      amountFen: 1_234,
    },
    host: 'api.mch.weixin.qq.com',
    latencyMs: 40.25,
  },
  effects: [{ kind: 'send-query', n: 2 }],
};

function database(path: string, synchronous: 'OFF' | 'FULL'): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`);
  for (const sql of MIGRATIONS) db.exec(sql);
  db.exec(`PRAGMA user_version = ${String(MIGRATIONS.length)}`);
  return db;
}

function chained(db: DatabaseSync, path: string): Journal {
  const chain = chainWriter(db, TEST_KEY, `${path}.head`);
  db.exec('BEGIN IMMEDIATE');
  chain.begin(0);
  db.exec('COMMIT');
  chain.committed();
  return sqliteJournal(db, chain);
}

/** The same journal, with entries that are only inserted. */
function unchained(db: DatabaseSync): Journal {
  const insert = db.prepare(
    'INSERT INTO entries (order_id, at, actor, role, event, effects, phase) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const chain: ChainWriter = {
    begin: () => null,
    append: (rows) => {
      for (const { orderId, atMs, actor, event, effects, phase } of rows)
        insert.run(orderId, atMs, actor.who, actor.role, event, effects, phase);
    },
    committed: () => undefined,
  };
  return sqliteJournal(db, chain);
}

function saved(result: ReturnType<Journal['create']>): Stored {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const ENTRIES_PER_ORDER = 10;
const ROUNDS = 3;

export interface VerifyCost {
  /** By the wall clock, the best of three: other programs on the machine only add to it. */
  readonly seconds: number;
  /** Processor time of one core: the time on a machine that does nothing else. */
  readonly cpuSeconds: number;
}

/** The time for verifying a journal with `entries` entries. */
export function verifyCost(entries: number, folder: string): VerifyCost {
  const path = join(folder, 'long.sqlite');
  const db = database(path, 'OFF');
  const journal = chained(db, path);
  const more = Array.from({ length: ENTRIES_PER_ORDER - 1 }, () => ANSWERED);
  for (let n = 0; n < entries / ENTRIES_PER_ORDER; n += 1) {
    const stored = saved(journal.create(orderNamed(`long-${String(n)}`), [ANSWERED]));
    saved(journal.commit(stored, stored.order, more));
  }
  journal.close();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const cpuStart = process.cpuUsage();
    const verdict = verifyJournal(path, TEST_KEY);
    const seconds = (performance.now() - start) / 1_000;
    const { user, system } = process.cpuUsage(cpuStart);
    if (!verdict.ok || verdict.value.findings.length > 0 || verdict.value.entries !== entries)
      throw new Error(JSON.stringify(verdict));
    return { seconds, cpuSeconds: (user + system) / 1_000_000 };
  });
  for (const suffix of ['', '-wal', '-shm', '.head']) rmSync(path + suffix, { force: true });
  return {
    seconds: Math.min(...rounds.map(({ seconds }) => seconds)),
    cpuSeconds: Math.min(...rounds.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

export interface AppendCost {
  /** One commit as in production (fsync included), in microseconds; the median. */
  readonly withChain: number;
  readonly without: number;
  /** The chain's share of it, measured without the fsync, because that varies more than the chain costs. */
  readonly overhead: number;
}

/** Both measured side by side, in turns. */
export function appendCost(turns: number, folder: string): AppendCost {
  const [withChain = 0, without = 0] = pair(turns, folder, 'FULL');
  const [chain = 0, plain = 0] = pair(turns, folder, 'OFF');
  return { withChain, without, overhead: chain - plain };
}

function pair(turns: number, folder: string, synchronous: 'OFF' | 'FULL'): readonly number[] {
  const paths = ['with', 'without'].map((name) => join(folder, `${name}-${synchronous}.sqlite`));
  const journals = paths.map((path, index) => {
    const db = database(path, synchronous);
    return index === 0 ? chained(db, path) : unchained(db);
  });
  const orders = journals.map((journal) => saved(journal.create(orderNamed('one'), [ANSWERED])));
  const micros: number[][] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    journals.forEach((journal, index) => {
      const stored = orders[index];
      if (stored === undefined) return;
      const start = performance.now();
      orders[index] = saved(journal.commit(stored, stored.order, [ANSWERED]));
      micros[index]?.push((performance.now() - start) * 1_000);
    });
  }
  for (const journal of journals) journal.close();
  return micros.map(median);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
