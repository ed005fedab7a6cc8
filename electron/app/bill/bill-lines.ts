/**
 * The lines of a downloaded bill: plain or gzip, UTF-8 or UTF-16 with a byte order mark, of any length. Workbooks and zip
 * files are told by their first bytes.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { encodingOf } from '../../base/text-file.ts';
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
  try {
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    for await (const bytes of await bytesOf(path)) {
      decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
      yield decoder.decode(bytes, { stream: true });
    }
    if (decoder !== null) yield decoder.decode();
  } catch (error) {
    throw asProblem(error);
  }
}

async function bytesOf(path: string): Promise<AsyncIterable<Buffer>> {
  const begin = await beginOf(path);
  const other = otherFormat(begin);
  if (other !== null) throw new NotABill(other, null);
  const file = createReadStream(path);
  if (!begin.startsWith('1f8b')) return file;
  // An error goes to the code that reads the unpacked bytes.
  return pipeline(file, createGunzip(), () => undefined);
}

/** The first bytes, hexadecimal. */
async function beginOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('hex', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The workbook's own list of contents, or its folder `xl/`, is the first that a spreadsheet packs. */
const IN_A_WORKBOOK = ['[Content_Types].xml', 'xl/', '_rels/', 'docProps/', 'mimetypeapplication/vnd.oasis'];

function otherFormat(begin: string): BillProblem | null {
  // The old binary format of Excel.
  if (begin.startsWith('d0cf11e0a1b11ae1')) return 'excel-file';
  if (!begin.startsWith('504b0304')) return null;
  const first = Buffer.from(begin, 'hex').toString('latin1', 30);
  return IN_A_WORKBOOK.some((name) => first.startsWith(name)) ? 'excel-file' : 'zip-file';
}

function asProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new NotABill('not-utf8', null);
  if (/^Z_[A-Z_]+$/.test(code)) return new NotABill('damaged-gzip', null);
  const trouble = fileTroubleOf(error);
  return trouble === null ? error : new NotABill(trouble === 'not-permitted' ? trouble : 'unreadable', null);
}
