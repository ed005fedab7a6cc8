/** What a person with the files but without the key may try. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import {
  blob,
  chainedOf,
  COLUMNS,
  edited,
  lastSeq,
  makeRoom,
  put,
  putSequenceRight,
  remove,
  renumber,
  rowsOf,
  set,
  turnOver,
} from './entries.ts';
import type { MadeJournal } from './made-journal.ts';
import type { Random } from './random.ts';

/** Does it to a journal whose guards are off; `false` if this journal has no place for it. */
export type Tampering = (journal: MadeJournal, random: Random) => boolean;

const cut = (db: DatabaseSync, random: Random): boolean => {
  const rows = chainedOf(db);
  if (rows.length < 2) return false;
  const k = 1 + random.below(Math.min(rows.length - 1, 8));
  for (const row of rows.slice(-k)) remove(db, row.seq);
  if (random.chance(0.5)) putSequenceRight(db);
  return true;
};

const tamperings: Readonly<Record<string, Tampering>> = {
  'flip a byte of stored JSON': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length === 0) return false;
    const { seq } = random.one(rows);
    const column = random.one(['event', 'effects', 'phase']);
    const text = Buffer.from(
      blob.parse(db.prepare(`SELECT CAST(${column} AS BLOB) AS text FROM entries WHERE seq = ?`).get(seq)?.['text']),
    );
    turnOver(text, random);
    db.prepare(`UPDATE entries SET ${column} = CAST(? AS TEXT) WHERE seq = ?`).run(text, seq);
    return true;
  },
  'delete entries': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length === 0) return false;
    const from = random.below(rows.length);
    for (const { seq } of rows.slice(from, from + 1 + random.below(3))) remove(db, seq);
    return true;
  },
  'delete an entry and close the gap': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length === 0) return false;
    const { seq } = random.one(rows);
    remove(db, seq);
    for (const row of rows) if (row.seq > seq) renumber(db, row.seq, row.seq - 1);
    putSequenceRight(db);
    return true;
  },
  'swap two entries': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length < 2) return false;
    const [one, other] = [random.one(rows), random.one(rows)];
    if (one.seq === other.seq) return false;
    renumber(db, one.seq, 1_000_000);
    renumber(db, other.seq, one.seq);
    renumber(db, 1_000_000, other.seq);
    return true;
  },
  'swap what two entries say and leave their macs': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length < 2) return false;
    const [one, other] = [random.one(rows), random.one(rows)];
    for (const column of COLUMNS.filter((name) => name !== 'mac')) {
      set(db, one.seq, column, other[column]);
      set(db, other.seq, column, one[column]);
    }
    return true;
  },
  'renumber an entry': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length === 0) return false;
    renumber(db, random.one(rows).seq, lastSeq(db) + 1 + random.below(100));
    return true;
  },
  'cut the end off': ({ db }, random) => cut(db, random),
  'cut the end off and delete the head': ({ db, headPath }, random) => {
    rmSync(headPath);
    return cut(db, random);
  },
  'cut the end off and write a head without the key': ({ db, headPath }, random) => {
    if (!cut(db, random)) return false;
    const last = chainedOf(db).at(-1);
    const head = z.looseObject({}).parse(JSON.parse(readFileSync(headPath, 'utf8')));
    const mac = Buffer.from(last?.mac ?? []).toString('hex');
    const seal = random.one([head['seal'], random.bytes(32).toString('hex'), mac]);
    writeFileSync(headPath, `${JSON.stringify({ v: 1, seq: last?.seq ?? 0, mac, seal }).padEnd(255)}\n`);
    putSequenceRight(db);
    return true;
  },
  'change a byte of the head': ({ headPath }, random) => {
    const bytes = readFileSync(headPath);
    turnOver(bytes, random);
    writeFileSync(headPath, bytes);
    return true;
  },
  'delete the head': ({ headPath }) => {
    const was = existsSync(headPath);
    rmSync(headPath);
    return was;
  },
  'forge an entry at the end': ({ db }, random) => {
    const rows = chainedOf(db);
    if (rows.length === 0) return false;
    const row = random.one(rows);
    put(db, lastSeq(db) + 1, {
      ...row,
      event: '{"type":"manager-settled","by":"manager","reason":"forged"}',
      mac: random.one([random.bytes(32), row.mac]),
    });
    return true;
  },
  'forge an entry in the middle': ({ db }, random) => {
    const rows = rowsOf(db);
    if (rows.length === 0) return false;
    const row = random.one(rows);
    makeRoom(db, row.seq);
    put(db, row.seq, { ...row, actor: 'screen', mac: random.one([random.bytes(32), row.mac]) });
    return true;
  },
  'forge the beginning of a stretch under another key': ({ db }, random) => {
    const event = JSON.stringify({
      type: 'noted',
      act: random.one(['audit-begun', 'audit-key-changed']),
      outcome: 'ab'.repeat(8),
      about: 'cd'.repeat(8),
    });
    const row = chainedOf(db).at(-1);
    if (row === undefined) return false;
    put(db, lastSeq(db) + 1, {
      ...row,
      order_id: null,
      event,
      phase: 'null',
      state_digest: null,
      mac: random.bytes(32),
    });
    if (random.chance(0.5)) db.exec(`UPDATE meta SET value = '${'ab'.repeat(8)}' WHERE name = 'audit-key'`);
    return true;
  },
  'replay an old entry at the end': ({ db }, random) => {
    const rows = chainedOf(db);
    if (rows.length === 0) return false;
    put(db, lastSeq(db) + 1, random.one(rows));
    return true;
  },
  'copy an entry to another order': ({ db }, random) => {
    const rows = rowsOf(db).filter(({ order_id }) => order_id !== null);
    const [one, other] = rows.length < 2 ? [] : [random.one(rows), random.one(rows)];
    if (one === undefined || other === undefined || one.order_id === other.order_id) return false;
    if (random.chance(0.5)) put(db, lastSeq(db) + 1, { ...one, order_id: other.order_id });
    else set(db, one.seq, 'order_id', other.order_id);
    return true;
  },
  'give an entry the mac of another': ({ db }, random) => {
    const rows = chainedOf(db);
    if (rows.length < 2) return false;
    set(db, random.one(rows).seq, 'mac', random.one(rows).mac);
    return true;
  },
  'take a mac away': ({ db }, random) => {
    const rows = chainedOf(db);
    if (rows.length === 0) return false;
    if (random.chance(0.8)) set(db, random.one(rows).seq, 'mac', null);
    else db.exec('UPDATE entries SET mac = NULL');
    return true;
  },
  'edit an order and not its entries': ({ db }, random) => {
    const orders = db.prepare('SELECT order_id, state FROM orders').all();
    if (orders.length === 0) return false;
    const order = random.one(orders);
    const [column, value] = random.one([
      ['state', String(order['state']).replace('"amountFen":1234', '"amountFen":1')],
      ['state', String(order['state']).replace(/"phase":\{.*?\}/, '"phase":{"name":"paid"}')],
      ['standing', random.one(['open', 'attention', 'done'])],
      ['out_trade_no', 'somebody-else'],
      ['created_at', 1],
    ] as const);
    db.prepare(`UPDATE orders SET ${column} = ? WHERE order_id = ?`).run(value, String(order['order_id']));
    return true;
  },
  'say of a refund that is open that it is over': ({ db }) =>
    db.prepare("UPDATE refunds SET standing = 'done' WHERE standing <> 'done'").run().changes > 0,
  'take a refund off the list': ({ db }, random) => {
    const numbers = db.prepare('SELECT out_refund_no AS number FROM refunds').all();
    if (numbers.length === 0) return false;
    db.prepare('DELETE FROM refunds WHERE out_refund_no = ?').run(String(random.one(numbers)['number']));
    return true;
  },
  'delete an order and leave its entries': ({ db }, random) => {
    const orders = db.prepare('SELECT order_id FROM orders').all();
    if (orders.length === 0) return false;
    db.prepare('DELETE FROM orders WHERE order_id = ?').run(String(random.one(orders)['order_id']));
    return true;
  },
};

const edits = COLUMNS.map((column): [string, Tampering] => [
  `edit ${column}`,
  ({ db }, random) => {
    const rows = rowsOf(db).filter((row) => column !== 'mac' || row.mac !== null);
    if (rows.length === 0) return false;
    const row = random.one(rows);
    set(db, row.seq, column, edited(row, column, random));
    return true;
  },
]);

export const TAMPERINGS: readonly (readonly [name: string, doIt: Tampering])[] = [
  ...edits,
  ...Object.entries(tamperings),
];
