/**
 * Reads table rows from a SQLite file that SQLite itself can no longer read, page by page. A damaged page hides its own
 * rows and no others. Follows SQLite's own description of the format (sqlite.org/fileformat2.html, parts 1.6, 2.1 and
 * 4).
 *
 * A row that is found may be out of date: a page that SQLite had freed keeps its old content. A caller that uses a row
 * must prove that it is the latest one (salvage.ts).
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

export type Column = string | number | Uint8Array | null;

export interface PageRow {
  readonly rowid: number;
  /** In the table's order; a column that is the rowid itself is `null`. */
  readonly columns: readonly Column[];
}

/** SQLite's default where nothing else is set. A journal never sets it. */
const PAGE = 4_096;
const FILE_HEADER = 100;
const TABLE_LEAF = 13;
const LEAF_HEADER = 8;
/** No row of a journal is nearly this large. A larger size means damage. */
const PAYLOAD_MAX = 4 * 1024 * 1024;

/**
 * The rows on every page of the file at `path` and of its WAL that is still a leaf of a table. Keeps one page's rows in
 * memory.
 */
export function* pageRows(path: string): Generator<PageRow> {
  const pages = openPages(path);
  try {
    for (let number = 1; number <= pages.count; number += 1) {
      const page = pages.read(number);
      if (page !== null) yield* rowsOn(page, number === 1 ? FILE_HEADER : 0, pages.read);
    }
  } finally {
    pages.close();
  }
}

type ReadPage = (number: number) => Buffer | null;

interface Pages {
  readonly count: number;
  readonly read: ReadPage;
  close(): void;
}

/**
 * The pages as SQLite would see them: from the WAL if a committed write of the page is there, otherwise from the file.
 */
function openPages(path: string): Pages {
  const file = existsSync(path) ? openSync(path, 'r') : null;
  const log = existsSync(`${path}-wal`) ? openSync(`${path}-wal`, 'r') : null;
  const logged = log === null ? new Map<number, number>() : loggedPages(log);
  const inFile = file === null ? 0 : Math.floor(fstatSync(file).size / PAGE);
  const at = (from: number | null, position: number): Buffer | null => {
    const page = Buffer.alloc(PAGE);
    return from !== null && readSync(from, page, 0, PAGE, position) === PAGE ? page : null;
  };
  return {
    count: Math.max(inFile, ...logged.keys()),
    read(number) {
      const position = logged.get(number);
      return position === undefined ? at(file, (number - 1) * PAGE) : at(log, position);
    },
    close() {
      for (const open of [file, log]) if (open !== null) closeSync(open);
    },
  };
}

const LOG_HEADER = 32;
const FRAME_HEADER = 24;
const LOG_MAGIC = 0x377f0682;

/** Where in the WAL each page was last written by a committed transaction. */
function loggedPages(log: number): Map<number, number> {
  const committed = new Map<number, number>();
  const header = Buffer.alloc(LOG_HEADER);
  if (readSync(log, header, 0, LOG_HEADER, 0) < LOG_HEADER) return committed;
  const magic = header.readUInt32BE(0);
  if (magic >>> 1 !== LOG_MAGIC >>> 1 || header.readUInt32BE(8) !== PAGE) return committed;
  const bigEndian = (magic & 1) === 1;
  let sums = summed([0, 0], header.subarray(0, 24), bigEndian);
  const open = new Map<number, number>();
  const frame = Buffer.alloc(FRAME_HEADER + PAGE);
  for (let at = LOG_HEADER; readSync(log, frame, 0, frame.length, at) === frame.length; at += frame.length) {
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sums = summed(summed(sums, frame.subarray(0, 8), bigEndian), frame.subarray(FRAME_HEADER), bigEndian);
    if (frame.readUInt32BE(16) !== sums[0] || frame.readUInt32BE(20) !== sums[1]) break;
    open.set(frame.readUInt32BE(0), at + FRAME_HEADER);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [number, position] of open) committed.set(number, position);
    open.clear();
  }
  return committed;
}

function summed([first, second]: readonly [number, number], bytes: Buffer, bigEndian: boolean): [number, number] {
  let s0 = first;
  let s1 = second;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    s0 = (s0 + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + s1) >>> 0;
    s1 = (s1 + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + s0) >>> 0;
  }
  return [s0, s1];
}

function rowsOn(page: Buffer, start: number, read: ReadPage): PageRow[] {
  if (page[start] !== TABLE_LEAF) return [];
  const cells = page.readUInt16BE(start + 3);
  const first = start + LEAF_HEADER;
  if (first + 2 * cells > PAGE) return [];
  return Array.from({ length: cells }, (_, cell) => page.readUInt16BE(first + 2 * cell))
    .filter((at) => at >= first + 2 * cells && at < PAGE)
    .map((at) => rowAt(page, at, read))
    .filter((row) => row !== null);
}

function rowAt(page: Buffer, at: number, read: ReadPage): PageRow | null {
  const size = varint(page, at);
  const rowid = size === null ? null : varint(page, size.end);
  if (size === null || rowid === null || size.value > PAYLOAD_MAX) return null;
  const payload = payloadAt(page, rowid.end, size.value, read);
  const columns = payload === null ? null : columnsOf(payload);
  return columns === null ? null : { rowid: rowid.value, columns };
}

/** A row's bytes. What does not fit on its page continues on a chain of other pages. */
function payloadAt(page: Buffer, at: number, size: number, read: ReadPage): Buffer | null {
  const least = Math.floor(((PAGE - 12) * 32) / 255) - 23;
  const wished = least + ((size - least) % (PAGE - 4));
  const local = size <= PAGE - 35 ? size : wished <= PAGE - 35 ? wished : least;
  if (at + local + (local < size ? 4 : 0) > PAGE) return null;
  const parts = [page.subarray(at, at + local)];
  let next = local < size ? page.readUInt32BE(at + local) : 0;
  for (let left = size - local; left > 0; left -= PAGE - 4) {
    const more = next === 0 ? null : read(next);
    if (more === null) return null;
    parts.push(more.subarray(4, 4 + Math.min(left, PAGE - 4)));
    next = more.readUInt32BE(0);
  }
  return Buffer.concat(parts);
}

function columnsOf(payload: Buffer): Column[] | null {
  const header = varint(payload, 0);
  if (header === null || header.value > payload.length) return null;
  const columns: Column[] = [];
  let body = header.value;
  for (let at = header.end; at < header.value;) {
    const type = varint(payload, at);
    if (type === null) return null;
    const length = lengthOf(type.value);
    if (length === null || body + length > payload.length) return null;
    columns.push(columnOf(type.value, payload.subarray(body, body + length)));
    at = type.end;
    body += length;
  }
  return body === payload.length ? columns : null;
}

const LENGTHS: readonly (number | null)[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, null, null];
const lengthOf = (type: number): number | null => (type < 12 ? (LENGTHS[type] ?? null) : Math.floor((type - 12) / 2));

function columnOf(type: number, bytes: Buffer): Column {
  if (type === 0) return null;
  if (type === 8 || type === 9) return type - 8;
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return Number(bytes.readBigInt64BE(0));
  if (type < 6) return bytes.readIntBE(0, bytes.length);
  return type % 2 === 0 ? Uint8Array.from(bytes) : bytes.toString('utf8');
}

/** SQLite's number of 1 to 9 bytes; `null` if the bytes end too early, or the number is larger than any here. */
function varint(bytes: Buffer, at: number): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let n = 0; n < 8; n += 1) {
    const byte = bytes[at + n];
    if (byte === undefined) return null;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return Number.isSafeInteger(value) ? { value, end: at + n + 1 } : null;
  }
  return null;
}
