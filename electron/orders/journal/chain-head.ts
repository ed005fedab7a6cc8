/**
 * The head of the chain, kept apart from the journal: a small file beside it that says how far the chain had come. It is
 * written in place and without fsync after each commit, so it costs no wait; a power cut may leave it a little behind,
 * and then what it names is a point of the chain all the same. Whoever cuts the end of the chain off leaves a head that
 * is none.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { parseJson } from '../../base/json.ts';
import { fileTroubleOf, writeFileSafely } from '../../base/safe-file.ts';
import type { Point } from './chain.ts';
import type { AuditKey } from './chain-key.ts';

export const headPathOf = (journalPath: string): string => `${journalPath}.head`;

/** `forged`: it does not bear the seal of this key. */
export type HeadProblem = 'missing' | 'forged';

export interface HeadFile {
  read(): Result<Point, HeadProblem>;
  /** Makes the file, on disk when it returns. */
  begin(point: Point): void;
  /** Writes over what is there. A disk that refuses leaves the head behind, which is no harm to the journal. */
  moveTo(point: Point): void;
}

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const headSchema = z
  .strictObject({ v: z.literal(1), seq: z.number().int().nonnegative(), mac: hex, seal: hex })
  .transform(({ seq, mac }): Point => ({ seq, mac: Buffer.from(mac, 'hex') }));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Another process may be writing at this very moment; then half of what is read is old. It is over at once. */
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

/** Always the same length, and less than a sector: written over in one piece. */
const HEAD_BYTES = 256;

/** `null` where there is no file. What cannot be read is nobody's head either. */
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

// Opened anew each time: whoever holds a file open goes on writing to one that was taken away.
function inFile<Value>(path: string, flags: 'r' | 'r+', use: (file: number) => Value): Value {
  const file = openSync(path, flags);
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
