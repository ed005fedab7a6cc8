/**
 * Makes a journal from what can be read of a damaged one, beside it. If the audit trail proves that every entry and
 * every order's last state is there, only derived data was damaged. Then everything goes on, the chain too, and nothing
 * is lost. Otherwise a new journal begins with its own chain and takes over the orders that were not done, with what a
 * cancel needs to go on.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Environment } from '../../../shared/settings.ts';
import type { Timestamp } from '../../base/clock.ts';
import { parseJson } from '../../base/json.ts';
import { roleSchema } from '../../../shared/role.ts';
import { digestOfState } from '../journal/chain.ts';
import { headFile, headPathOf } from '../journal/chain-head.ts';
import type { AuditKey } from '../journal/chain-key.ts';
import type { Finding } from '../audit/audit-verdict.ts';
import { verifyChain } from '../audit/audit-verify.ts';
import { chainWriter, noteRow, type ChainWriter, type NewRow } from '../journal/chain-writer.ts';
import { findRows } from './found-rows.ts';
import { damageFrom, damageRecord, LOST_NAMED_MAX, type JournalDamage } from '../journal/journal-damage.ts';
import { versionOf, type JournalFormat } from '../journal/journal-format.ts';
import { lostEntries } from './lost-entries.ts';
import { fillRefunds, HAS_REFUNDS } from '../journal/refund-tables.ts';
import { orderFrom, standingOf, type Order } from '../machine/order.ts';
import { refundStandingOf } from '../machine/refund.ts';
import { SEARCH_FILL } from '../journal/search-tables.ts';

export interface SalvageParts {
  /** The damaged file. It and the files beside it are only read. */
  readonly path: string;
  /** The file to be made. If it exists already, a process died while making it. */
  readonly draft: string;
  readonly environment: Environment;
  readonly key: AuditKey;
  readonly now: Timestamp;
  /** Where the damaged file will be moved: a name beside the journal's. */
  readonly setAside: string;
  readonly kind: 'damaged' | 'missing';
  readonly format: JournalFormat;
}

/** `rebuilt`: nothing was lost. */
export type Salvaged = { readonly how: 'rebuilt' } | { readonly how: 'taken-over'; readonly damage: JournalDamage };

/** Throws what the disk refuses. The draft is on disk, and closed, when it returns. */
export function salvage(parts: SalvageParts): Salvaged {
  const whole = onDraft(parts, (db) => (rebuilt(db, parts) ? ({ how: 'rebuilt' } as const) : null));
  return whole ?? onDraft(parts, (db) => ({ how: 'taken-over', damage: takenOver(db, parts) }) as const);
}

function onDraft<Value>({ path, draft, format, environment }: SalvageParts, act: (db: DatabaseSync) => Value): Value {
  for (const suffix of ['', '-journal', '.head', '.head.new']) rmSync(draft + suffix, { force: true });
  const db = new DatabaseSync(draft);
  try {
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;');
    findRows(db, path);
    db.exec(`BEGIN; ${format.migrations.join('\n')} PRAGMA user_version = ${String(versionOf(format))};`);
    db.prepare('INSERT INTO meta (name, value) VALUES (?, ?)').run('environment', environment);
    const made = act(db);
    db.exec('COMMIT');
    return made;
  } finally {
    db.close();
  }
}

const ALL = `
  INSERT OR IGNORE INTO orders (rowid, order_id, version, out_trade_no, transaction_id, standing, created_at, state)
    SELECT place, order_id, version, out_trade_no, transaction_id, standing, created_at, state FROM found_orders ORDER BY place;
  INSERT INTO entries (seq, order_id, at, actor, role, event, effects, phase, state_digest, mac)
    SELECT seq, order_id, at, actor, role, event, effects, phase, state_digest, mac FROM found_entries ORDER BY seq;
  INSERT OR IGNORE INTO meta (name, value) SELECT name, value FROM found_meta WHERE name <> 'environment';
  ${SEARCH_FILL}`;

/** Whether everything is there, so that it can go on. */
function rebuilt(db: DatabaseSync, { path, draft, key, now, setAside, kind, environment }: SalvageParts): boolean {
  const known = db.prepare("SELECT value FROM found_meta WHERE name = 'environment'").get()?.['value'] ?? environment;
  if (kind === 'missing' || known !== environment) return false;
  db.exec(ALL);
  fillRefunds(db);
  // The name of the key under which the chain goes on is derived too. The chain itself shows whether that key is ours.
  db.prepare("INSERT INTO meta (name, value) VALUES ('audit-key', ?) ON CONFLICT DO NOTHING").run(key.id);
  const { entries, findings } = verifyChain(db, key, headFile(headPathOf(path), key).read());
  if (entries === 0 || findings.some((found) => isNewFinding(db, found))) return false;
  copyFileSync(headPathOf(path), headPathOf(draft));
  const chain = chainWriter(db, key, headPathOf(draft));
  chain.append([noteRow(now.wallMs, 'journal-rebuilt', 'ok', setAside)]);
  chain.committed();
  return true;
}

const confession = z.object({ act: z.enum(['journal-set-aside', 'audit-broken']) });

/** Findings that the app itself recorded earlier tell nothing of this damage. Nor does a stretch under an older key. */
function isNewFinding(db: DatabaseSync, { kind, seq }: Finding): boolean {
  if (kind === 'key-changed') return false;
  const event =
    seq === null
      ? undefined
      : db.prepare('SELECT event FROM entries WHERE seq = ? AND order_id IS NULL').get(seq)?.['event'];
  return !(
    typeof event === 'string' &&
    ['set-aside', 'cut-tail', 'head-missing', 'head-forged', 'mac-missing'].includes(kind) &&
    confession.safeParse(parseJson(event)).success
  );
}

function takenOver(db: DatabaseSync, { path, draft, key, now, setAside, kind }: SalvageParts): JournalDamage {
  const chain = chainWriter(db, key, headPathOf(draft));
  chain.begin(now.wallMs);
  chain.append([noteRow(now.wallMs, 'journal-set-aside', kind, setAside)]);
  const lost = lostWithoutRow(db);
  let taken = 0;
  const wanted = `SELECT * FROM found_orders WHERE standing <> 'done' OR ${HAS_REFUNDS} ORDER BY place`;
  for (const row of db.prepare(wanted).all()) {
    const found = foundSchema.parse(row);
    const order = trusted(db, found);
    if (order !== null && standingOf(order) === 'done' && !hasOpenRefund(order)) continue;
    if (order !== null && moved(db, chain, found, order, now, setAside)) taken += 1;
    else lost.push(found.out_trade_no ?? found.transaction_id ?? found.order_id);
  }
  const { count, newest, spans } = lostEntries(db, headFile(headPathOf(path), key).read());
  chain.append([
    ...(count === 0 ? [] : [noteRow(now.wallMs, 'journal-entries-lost', String(count), spans)]),
    ...lost.map((name) => noteRow(now.wallMs, 'order-not-taken-over', 'unreadable', name.slice(0, 200))),
    noteRow(
      now.wallMs,
      'journal-rows-taken-over',
      lost.length === 0 ? 'ok' : 'in-part',
      `${String(taken)} of ${String(taken + lost.length)}`,
    ),
  ]);
  db.exec(SEARCH_FILL);
  fillRefunds(db);
  const unread = unreadIn(db);
  const names = [...(unread?.lost ?? []), ...lost].slice(0, LOST_NAMED_MAX);
  const damage = {
    kind,
    about: setAside,
    taken,
    lost: names,
    lostCount: (unread?.lostCount ?? 0) + lost.length,
    entriesLost: (unread?.entriesLost ?? 0) + count,
    newestLost: newest === null || unread?.newestLost === null ? null : (unread?.newestLost ?? 0) + newest,
  };
  damageRecord(db).found(damage);
  chain.committed();
  return damage;
}

/** What an earlier damage lost and no manager had confirmed yet. */
function unreadIn(db: DatabaseSync): JournalDamage | null {
  const row = db.prepare("SELECT value FROM found_meta WHERE name = 'damage'").get();
  return row === undefined ? null : damageFrom(String(row['value']));
}

const hasOpenRefund = ({ ourRefunds }: Order): boolean =>
  ourRefunds.some((refund) => refundStandingOf(refund) !== 'done');

const foundSchema = z.object({
  order_id: z.string(),
  version: z.number().int().positive(),
  out_trade_no: z.string().nullable(),
  transaction_id: z.string().nullable(),
  standing: z.string(),
  created_at: z.number(),
  state: z.string(),
});
type Found = z.infer<typeof foundSchema>;

/** The order of a row, if the row is complete and is the latest one as far as the entries show; otherwise `null`. */
function trusted(db: DatabaseSync, found: Found): Order | null {
  const order = orderFrom(parseJson(found.state));
  if (order === null) return null;
  const agrees =
    order.orderId === found.order_id &&
    order.outTradeNo === found.out_trade_no &&
    order.transactionId === found.transaction_id &&
    order.createdAtMs === found.created_at &&
    standingOf(order) === found.standing;
  return agrees && !isPast(db, found) ? order : null;
}

/** Whether entries prove that the order went on after this row: its cancel may have been taken back since. */
function isPast(db: DatabaseSync, { order_id, state }: Found): boolean {
  const digest = digestOfState(state);
  const later = 'SELECT 1 FROM found_entries WHERE order_id = ?1 AND state_digest IS NOT NULL AND state_digest <> ?2';
  return (
    db
      .prepare(`${later} AND seq > (SELECT max(seq) FROM found_entries WHERE order_id = ?1 AND state_digest = ?2)`)
      .get(order_id, digest) !== undefined
  );
}

/** Takes an order over with its entries; `false` if another order holds one of its numbers. */
function moved(
  db: DatabaseSync,
  chain: ChainWriter,
  found: Found,
  order: Order,
  now: Timestamp,
  setAside: string,
): boolean {
  const { order_id, version, out_trade_no, transaction_id, standing, created_at } = found;
  const state = isProved(db, found) ? found.state : JSON.stringify(windowAnew(order, now));
  const { changes } = db
    .prepare(
      `INSERT OR IGNORE INTO orders (order_id, version, out_trade_no, transaction_id, standing, created_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(order_id, version, out_trade_no, transaction_id, standing, created_at, state);
  if (changes !== 1) return false;
  const last = {
    ...noteRow(now.wallMs, 'order-taken-over', 'ok', setAside),
    orderId: order_id,
    phase: JSON.stringify(order.phase),
    stateDigest: digestOfState(state),
  };
  chain.append([...entriesOf(db, order_id), last]);
  return true;
}

/** Whether an entry confirms every byte of the row. */
const isProved = (db: DatabaseSync, { order_id, state }: Found): boolean =>
  db
    .prepare('SELECT 1 FROM found_entries WHERE order_id = ? AND state_digest = ?')
    .get(order_id, digestOfState(state)) !== undefined;

/** If no entry confirms the row, its clock readings may be damaged. No reverse may leave too early because of that. */
function windowAnew(order: Order, { monoMs, run }: Timestamp): Order {
  const { payCall } = order;
  return { ...order, payCall: { ...payCall, at: { ...payCall.at, monoMs, run } } };
}

const entrySchema = z.object({
  at: z.number(),
  actor: z.string(),
  role: roleSchema.nullable(),
  event: z.string(),
  effects: z.string(),
  phase: z.string(),
  state_digest: z.instanceof(Uint8Array).nullable(),
});

function* entriesOf(db: DatabaseSync, orderId: string): Generator<NewRow> {
  for (const row of db.prepare('SELECT * FROM found_entries WHERE order_id = ? ORDER BY seq').all(orderId)) {
    const entry = entrySchema.safeParse(row);
    if (!entry.success) continue;
    const { at, actor, role, event, effects, phase, state_digest: stateDigest } = entry.data;
    yield { orderId, atMs: at, actor: { who: actor, role }, event, effects, phase, stateDigest };
  }
}

const NOT_DONE: readonly string[] = ['paying', 'armed', 'choosing', 'reversing', 'confirming', 'attention'];
const tracesSchema = z.object({
  order_id: z.string(),
  state: z.string().nullable(),
  numbers: z.string().nullable(),
  phase: z.string().nullable(),
});
const namedPhase = z.object({ name: z.string() });

/** Orders that only other tables mention, and that were not done as far as those tables show. */
function lostWithoutRow(db: DatabaseSync): string[] {
  const traces =
    db.prepare(`SELECT order_id, state, numbers, (SELECT phase FROM found_entries AS e WHERE e.order_id = ids.order_id ORDER BY seq DESC LIMIT 1) AS phase
    FROM (SELECT order_id FROM found_facts UNION SELECT order_id FROM found_entries WHERE order_id IS NOT NULL) AS ids LEFT JOIN found_facts USING (order_id)
    WHERE order_id NOT IN (SELECT order_id FROM found_orders) ORDER BY order_id`);
  const names: string[] = [];
  for (const row of traces.all()) {
    const { order_id, state, numbers, phase } = tracesSchema.parse(row);
    const name = phase === null ? null : (namedPhase.safeParse(parseJson(phase)).data?.name ?? null);
    if (NOT_DONE.includes(name ?? state ?? 'attention')) names.push(numbers?.trim() || order_id);
  }
  return names;
}
