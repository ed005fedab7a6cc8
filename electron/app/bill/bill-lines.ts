/** The lines of a downloaded bill: plain or gzip, with or without a byte order mark, of any length. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { fileTroubleOf } from '../../base/safe-file.ts';
import type { BillProblem } from '../../../shared/contract/bill.ts';

export interface BillLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** Stops the reading of a bill; `readBill` turns it into a value. */
export class NotABill extends Error {
  readonly problem: BillProblem;
  readonly line: number | null;

  constructor(problem: BillProblem, line: number | null) {
    super(`${problem} in line ${String(line)}`);
    this.problem = problem;
    this.line = line;
  }
}

/** No line of a bill is nearly this long. A file without line ends must not be collected in memory. */
const LINE_CHARACTERS_MAX = 64 * 1024;

/** One after another; none is kept. Throws `NotABill`. */
export async function* billLines(path: string): AsyncGenerator<BillLine> {
  let line = 0;
  let begun = '';
  for await (const text of textOf(path)) {
    const parts = (begun + text).split('\n');
    begun = parts.pop() ?? '';
    for (const part of parts) {
      line += 1;
      if (part.length > LINE_CHARACTERS_MAX) throw new NotABill('line-too-long', line);
      yield { line, text: part.endsWith('\r') ? part.slice(0, -1) : part };
    }
    if (begun.length > LINE_CHARACTERS_MAX) throw new NotABill('line-too-long', line + 1);
  }
  if (begun !== '') yield { line: line + 1, text: begun };
}

async function* textOf(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of await bytesOf(path)) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw asProblem(error);
  }
}

async function bytesOf(path: string): Promise<AsyncIterable<Buffer>> {
  const packed = await isGzip(path);
  const file = createReadStream(path);
  if (!packed) return file;
  // An error goes to the code that reads the unpacked bytes.
  return pipeline(file, createGunzip(), () => undefined);
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
}

function asProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new NotABill('not-utf8', null);
  if (/^Z_[A-Z_]+$/.test(code)) return new NotABill('damaged-gzip', null);
  const trouble = fileTroubleOf(error);
  return trouble === null ? error : new NotABill(trouble === 'not-permitted' ? trouble : 'unreadable', null);
}
