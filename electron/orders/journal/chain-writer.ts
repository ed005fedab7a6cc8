/**
 * Writes entries into the journal's database, each chained to the one before it ([Note: The chain]), and keeps the head
 * up to date. If something is wrong with the end of the chain, it records that in the chain and goes on: an audit trail
 * must never block a cancel.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { THE_APP, type Actor } from '../machine/actor.ts';
import { digestOfState, encodeColumns, nextMac, sameMac, sealOf, type Point } from './chain.ts';
import { headFile } from './chain-head.ts';
import type { AuditKey } from './chain-key.ts';
import { cutOffDamage, damageRecord, type JournalDamage } from './journal-damage.ts';
import { Digest, digestOf, KEY_ID, keyIdSchema, rowAfter } from './chain-reader.ts';
import type { Act, Noted } from '../machine/event.ts';

export interface NewRow {
  readonly orderId: string | null;
  readonly atMs: number;
  readonly actor: Actor;
  /** JSON, like the two fields below. */
  readonly event: string;
  readonly effects: string;
  readonly phase: string;
  readonly stateDigest: Uint8Array | null;
}

export interface ChainWriter {
  /**
   * Makes sure that the chain goes on under our key, in an open transaction. Throws what the disk refuses. Returns what
   * is missing if the head is beyond the chain's end; the next entry records it.
   */
  begin(atMs: number): JournalDamage | null;
  /** Appends the entries, in an open transaction. */
  append(rows: readonly NewRow[]): void;
  /** To be called once that transaction is committed. */
  committed(): void;
}

/** What is wrong with the end of a chain, and where. */
interface Broken {
  readonly kind: 'cut-tail' | 'head-missing' | 'head-forged' | 'mac-missing';
  readonly about: string | null;
  /** If the end is cut off: which records are lost with it. */
  readonly damage: JournalDamage | null;
}

interface Last extends Point {
  /** The number of the next entry. It is higher than any earlier number, even that of an entry that was taken away. */
  readonly nextSeq: number;
}

export function chainWriter(db: DatabaseSync, key: AuditKey, headPath: string): ChainWriter {
  const chain: Chain = { db, key, sql: statements(db), head: headFile(headPath, key) };
  const { sql, head } = chain;
  const damage = damageRecord(db);
  let moved: { readonly to: Point; readonly anew: boolean } | null = null;
  let reported: Broken['kind'] | null = null;

  return {
    begin(atMs) {
      moved = null;
      const begun = stretch(chain, atMs, (point) => {
        head.begin(point);
      });
      if (begun !== null && begun.to !== null) moved = { to: begun.to, anew: false };
      // A crash may have left the head behind. Anything else that is wrong with it is recorded by the next entry.
      const { seq, mac } = lastRow(sql);
      const wrong = brokenBy(chain, { seq, mac });
      if (begun === null && mac !== null && wrong === null) moved = { to: { seq, mac }, anew: false };
      return wrong?.damage ?? null;
    },
    append(rows) {
      const atMs = rows[0]?.atMs ?? 0;
      moved = null;
      stretch(chain, atMs, (point) => {
        quietly(() => {
          head.begin(point);
        });
      });
      const end = lastRow(sql);
      const wrong = brokenBy(chain, end);
      const mac = end.mac ?? sealOf(key, 0, new Digest().value());
      if (wrong !== null && wrong.damage !== null) damage.found(wrong.damage);
      // Recorded once: if the head cannot be repaired either, each entry would record it again.
      const notes =
        wrong !== null && wrong.kind !== reported ? [noteRow(atMs, 'audit-broken', wrong.kind, wrong.about)] : [];
      const to = inserted(chain, { ...end, mac }, [...notes, ...rows]);
      reported = wrong?.kind ?? null;
      moved = { to, anew: wrong !== null };
    },
    committed() {
      if (moved === null) return;
      const { to, anew } = moved;
      moved = null;
      if (!anew) head.moveTo(to);
      else {
        quietly(() => {
          head.begin(to);
        });
      }
    },
  };
}

/** The entries, and the head beside them. */
interface Chain {
  readonly db: DatabaseSync;
  readonly key: AuditKey;
  readonly sql: ReturnType<typeof statements>;
  readonly head: ReturnType<typeof headFile>;
}

/** Where the entries end. Without `mac` that last entry belongs to no chain. */
interface End {
  readonly seq: number;
  readonly mac: Uint8Array | null;
}

function lastRow(sql: Chain['sql']): End & { readonly nextSeq: number } {
  const row = lastSchema.parse(sql.last.get());
  const seq = row.seq ?? 0;
  return { seq, mac: row.mac, nextSeq: Math.max(seq, row.highest ?? 0) + 1 };
}

/** Adds the entries after `from`, one after the other. Returns where the chain then ends. */
const inserted = (chain: Chain, from: Last, rows: readonly NewRow[]): Last =>
  rows.reduce<Last>((last, row) => insert(chain, last, row), from);

function insert({ key, sql }: Chain, last: Last, row: NewRow): Last {
  const seq = last.nextSeq;
  const { orderId, event, effects, phase, stateDigest } = row;
  const at = Math.round(row.atMs);
  const { role } = row.actor;
  const who = row.actor.who.toWellFormed();
  const mac = nextMac(
    key,
    last.mac,
    seq,
    encodeColumns({ orderId, at, who, role, event, effects, phase, stateDigest }),
  );
  sql.insert.run(seq, orderId, at, who, role, event, effects, phase, stateDigest, mac);
  return { seq, mac, nextSeq: seq + 1 };
}

/**
 * Begins a stretch under our key if the file has no chain yet, or if the chain goes on under another key. Returns
 * `null` if the chain is under our key already. `to`: where the chain ends then; `null` if it is still empty.
 */
function stretch(chain: Chain, atMs: number, makeHead: (point: Point) => void): { readonly to: Point | null } | null {
  const { db, key, sql, head } = chain;
  const known = keyIdSchema.parse(sql.keyId.get()?.['value'] ?? null);
  if (known === key.id) return null;
  const { seq, nextSeq } = lastRow(sql);
  const before = seq === 0 ? new Digest() : digestOf(db);
  const from = { seq, mac: sealOf(key, before.entries, before.value()), nextSeq };
  const found = head.read();
  // On disk before the commit. A process that dies between the two leaves a head from which the chain can go on in
  // either case. A head that is older than the chain is left for the next entry to report.
  if (known !== null || (!found.ok && found.error === 'missing')) makeHead(from);
  sql.setKeyId.run(key.id);
  if (seq === 0) return { to: null };
  const act = known === null ? 'audit-begun' : 'audit-key-changed';
  const start = noteRow(atMs, act, key.id, known ?? `${String(before.entries)} entries`);
  // The seal covers the earlier entries. Each order without an entry gets one for its state.
  return { to: inserted(chain, from, [start, ...uncovered(db, atMs)]) };
}

/** What is wrong with the end of the chain, judged by the head; `null` if nothing is wrong. */
function brokenBy({ db, key, sql, head }: Chain, last: End): Broken | null {
  if (last.mac === null && last.seq > 0)
    return { kind: 'mac-missing', about: `entry ${String(last.seq)}`, damage: null };
  const found = head.read();
  if (!found.ok) return { kind: `head-${found.error}`, about: null, damage: null };
  const { seq, mac } = found.value;
  const there = seq === last.seq ? last.mac : blobSchema.parse(sql.macAt.get(seq)?.['mac'] ?? null);
  if (there !== null && sameMac(there, mac)) return null;
  if (seq === 0 && last.seq === 0 && sameMac(sealOf(key, 0, new Digest().value()), mac)) return null;
  const next = rowAfter(db, seq);
  if (next !== null && sameMac(next.mac, nextMac(key, mac, next.seq, next.columns))) return null;
  const about = `the head stands at ${String(seq)}, the end at ${String(last.seq)}`;
  return { kind: 'cut-tail', about, damage: cutOffDamage(about, seq > last.seq ? seq - last.seq : null) };
}

const blobSchema = z.instanceof(Uint8Array).nullable();
const lastSchema = z.object({ seq: z.number().nullable(), mac: blobSchema, highest: z.number().nullable() });

function statements(db: DatabaseSync): Record<'insert' | 'last' | 'macAt' | 'keyId' | 'setKeyId', StatementSync> {
  return {
    insert: db.prepare(
      `INSERT INTO entries (seq, order_id, at, actor, role, event, effects, phase, state_digest, mac)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    last: db.prepare(
      `SELECT last.seq, last.mac, (SELECT seq FROM sqlite_sequence WHERE name = 'entries') AS highest
       FROM (SELECT 1) LEFT JOIN (SELECT seq, mac FROM entries ORDER BY seq DESC LIMIT 1) AS last`,
    ),
    macAt: db.prepare('SELECT mac FROM entries WHERE seq = ?'),
    keyId: db.prepare(KEY_ID),
    setKeyId: db.prepare(
      `INSERT INTO meta (name, value) VALUES ('audit-key', ?) ON CONFLICT DO UPDATE SET value = excluded.value`,
    ),
  };
}

/** The phase column of an entry that belongs to no order. */
export const NO_PHASE = 'null';

/** An act of the app itself that belongs to no order. `atMs` UTC. */
export function noteRow(atMs: number, act: Act, outcome: string, about: string | null): NewRow {
  const event: Noted = { type: 'noted', act, outcome, about };
  return {
    orderId: null,
    atMs,
    actor: THE_APP,
    event: JSON.stringify(event),
    effects: '[]',
    phase: NO_PHASE,
    stateDigest: null,
  };
}

const idSchema = z.object({ order_id: z.string() });
const uncoveredSchema = z.object({ state: z.string(), phase: z.string() });

/** One entry for each order whose state no entry confirms: the orders from before the chain. Done once. */
function* uncovered(db: DatabaseSync, atMs: number): Generator<NewRow> {
  const ids = db.prepare(
    `SELECT order_id FROM orders AS o
     WHERE NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.order_id = o.order_id AND state_digest IS NOT NULL) ORDER BY created_at, order_id`,
  );
  const asItIs = db.prepare(
    `SELECT state, (SELECT phase FROM entries AS e WHERE e.order_id = o.order_id ORDER BY seq DESC LIMIT 1) AS phase FROM orders AS o WHERE order_id = ?`,
  );
  // The ids are read first, because the entries that are yielded are written to the table that the query reads.
  for (const { order_id: orderId } of ids.all().map((row) => idSchema.parse(row))) {
    const order = uncoveredSchema.safeParse(asItIs.get(orderId));
    // We write no order without an entry. The verification reports it.
    if (!order.success) continue;
    const { state, phase } = order.data;
    yield { ...noteRow(atMs, 'order-covered', 'ok', null), orderId, phase, stateDigest: digestOfState(state) };
  }
}

/**
 * Runs `act` and ignores what the file system refuses: the head is then behind or missing, and the next entry reports
 * it.
 */
function quietly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}
