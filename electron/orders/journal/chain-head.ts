/**
 * The head of the chain, kept apart from the journal: a small file beside it that says how far the chain had come. It
 * is overwritten in place without fsync after each commit, so it costs no waiting time. A power cut may leave it a
 * little behind, but then it still names a point of the chain. If somebody cuts off the end of the chain, the head
 * names a point that the chain does not have.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { parseJson } from '../../base/json.ts';
import { fileTroubleOf, writeFileSafely } from '../../base/safe-file.ts';
import type { Point } from './chain.ts';
import type { AuditKey } from './chain-key.ts';

export const headPathOf = (journalPath: string): string => `${journalPath}.head`;

/** `forged`: the head is not sealed with this key. */
export type HeadProblem = 'missing' | 'forged';

export interface HeadFile {
  read(): Result<Point, HeadProblem>;
  /** Creates the file. It is on disk when this returns. */
  begin(point: Point): void;
  /** Overwrites the file. If the disk refuses, the head stays behind, which does the journal no harm. */
  moveTo(point: Point): void;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z
  .strictObject({ v: z.literal(1), seq: z.number().int().nonnegative(), mac: hex, seal: hex })
  .transform(({ seq, mac }): Point => ({ seq, mac: Buffer.from(mac, 'hex') }));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Another process may be writing right now; then half of what is read is old. That is over at once. */
const READS_MAX = 5;
const PAUSE_MS = 1;

export function headFile(path: string, key: AuditKey): HeadFile {
  const look = (): Result<Point, HeadProblem> => {
    const content = contentOf(path);
    if (content === null) return fail('missing');
    const head = headSchema.safeParse(parseJson(content));
    return head.success && text(head.data) === content ? ok(head.data) : fail('forged');
  };

  const text = ({ seq, mac }: Point): string => {
    const seal = key.mac('head', `${String(seq)}|`, mac);
    return `${JSON.stringify({ v: 1, seq, mac: hexOf(mac), seal: hexOf(seal) }).padEnd(HEAD_BYTES - 1)}\n`;
  };

  return {
    read() {
      let head = look();
      for (let reads = 1; !head.ok && head.error === 'forged' && reads < READS_MAX; reads += 1) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
        head = look();
      }
      return head;
    },
    begin(point) {
      writeFileSafely(path, text(point));
    },
    moveTo(point) {
      try {
        inFile(path, 'r+', (file) => writeSync(file, text(point), 0));
      } catch (error) {
        if (fileTroubleOf(error) === null) throw error;
      }
    },
  };
}

/** Always the same length and less than a sector, so it is overwritten in one piece. */
const HEAD_BYTES = 256;

/** `null` where there is no file. A file that cannot be read reads as empty, which is no valid head. */
function contentOf(path: string): string | null {
  try {
    return inFile(path, 'r', (file) => {
      const bytes = Buffer.alloc(2 * HEAD_BYTES);
      return bytes.toString('utf8', 0, readSync(file, bytes, 0, bytes.length, 0));
    });
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : '';
  }
}

// Opened again for each write: a process that keeps the file open would go on writing to a file that was removed.
function inFile<Value>(path: string, flags: 'r' | 'r+', use: (file: number) => Value): Value {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
