/** The journal's entries as raw SQL sees them, for tests that tamper. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Random } from './random.ts';

export const COLUMNS = ['order_id', 'at', 'actor', 'role', 'event', 'effects', 'phase', 'state_digest', 'mac'] as const;
export const blob = z.instanceof(Uint8Array<ArrayBuffer>);
const rowSchema = z.object({
  seq: z.number(),
  order_id: z.string().nullable(),
  at: z.number(),
  actor: z.string(),
  role: z.string().nullable(),
  event: z.string(),
  effects: z.string(),
  phase: z.string(),
  state_digest: blob.nullable(),
  mac: blob.nullable(),
});
type Row = z.infer<typeof rowSchema>;

export const rowsOf = (db: DatabaseSync): Row[] =>
  db
    .prepare('SELECT * FROM entries ORDER BY seq')
    .all()
    .map((row) => rowSchema.parse(row));
/** Rows from before the chain have no macs to take or to copy. */
export const chainedOf = (db: DatabaseSync): Row[] => rowsOf(db).filter(({ mac }) => mac !== null);

export const set = (
  db: DatabaseSync,
  seq: number,
  column: string,
  value: string | number | Uint8Array | null,
): void => {
  db.prepare(`UPDATE entries SET ${column} = ? WHERE seq = ?`).run(value, seq);
};
export const remove = (db: DatabaseSync, seq: number): void => {
  db.prepare('DELETE FROM entries WHERE seq = ?').run(seq);
};
export const renumber = (db: DatabaseSync, from: number, to: number): void => {
  db.prepare('UPDATE entries SET seq = ? WHERE seq = ?').run(to, from);
};
export function put(db: DatabaseSync, seq: number, row: Omit<Row, 'seq'>): void {
  db.prepare(`INSERT INTO entries (seq, ${COLUMNS.join(', ')}) VALUES (?${', ?'.repeat(COLUMNS.length)})`).run(
    seq,
    ...COLUMNS.map((column) => row[column]),
  );
}
/** Moves all rows from `seq` on by one, to make room for one more. */
export function makeRoom(db: DatabaseSync, seq: number): void {
  for (const row of rowsOf(db).reverse()) if (row.seq >= seq) renumber(db, row.seq, row.seq + 1);
}
export const lastSeq = (db: DatabaseSync): number => rowsOf(db).at(-1)?.seq ?? 0;
/** What SQLite remembers as the highest number ever used: a careful forger corrects that as well. */
export const putSequenceRight = (db: DatabaseSync): void => {
  db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'entries'").run(lastSeq(db));
};

function flipped(text: string, random: Random): string {
  const bytes = Buffer.from(text);
  turnOver(bytes, random, 1 << random.below(7));
  return bytes.toString('latin1');
}

/** Replaces one byte by another. */
export function turnOver(bytes: Buffer, random: Random, mask = 1 + random.below(255)): number {
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  return at;
}

export function edited(
  row: Row,
  column: (typeof COLUMNS)[number],
  random: Random,
): string | number | Uint8Array | null {
  const value = row[column];
  if (typeof value === 'number') return value + random.one([-1, 1, 1_000, -86_400_000]);
  if (value === null) return column === 'state_digest' || column === 'mac' ? random.bytes(32) : 'manager';
  if (typeof value === 'string')
    return value === '' ? 'x' : random.one([`${value} `, flipped(value, random), value.slice(1), `${value}\0x`]);
  const bytes = Buffer.from(value);
  turnOver(bytes, random, 1 << random.below(8));
  return bytes;
}
