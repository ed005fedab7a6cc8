/** A journal whose last write was cut off at a byte: what a power cut in the middle of a commit leaves behind. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import type { Entry, Journal, Stored } from '../../electron/orders/journal/journal.ts';
import { orderEntered, type Order } from '../../electron/orders/machine/order.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import type { Finding } from './judge.ts';

/** A journal as it lies on the disk right after a commit, and how long its log was before that commit. */
export interface LastWrite {
  readonly file: Buffer;
  readonly log: Buffer;
  readonly logBefore: number;
  readonly before: Stored;
  readonly after: Stored;
}

const NOW = { wallMs: Date.UTC(2026, 10, 23), monoMs: 1_000_000, run: 'before the cut' };
const ORDER_ID = 'cut-1';

/**
 * The most important commit: the one that saves the cashier's cancel. Its log is copied before SQLite moves it into the
 * file.
 */
export function lastWrite(): LastWrite {
  return inMemory((folder) => {
    const path = join(folder, 'journal.sqlite');
    const journal = opened(path);
    const ids = {
      orderId: ORDER_ID,
      outTradeNo: ORDER_ID,
      transactionId: null,
      family: 'facepay' as const,
      amountFen: 100,
    };
    const before = written(journal.create(orderEntered(ids, null, NOW), [entry({ type: 'registered' })]));
    const logBefore = statSync(`${path}-wal`).size;
    const armed: Order = {
      ...before.order,
      phase: { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' },
    };
    const after = written(journal.commit(before, armed, [entry({ type: 'cancel-tapped', by: 'cashier' })]));
    const files = { file: readFileSync(path), log: readFileSync(`${path}-wal`) };
    journal.close();
    return { ...files, logBefore, before, after };
  });
}

export interface WalCuts {
  readonly truncations: number;
  /** How many cuts leave the journal as before the commit, and how many as after it. */
  readonly before: number;
  readonly after: number;
  readonly findings: readonly Finding[];
}

/** Where the log of a last write can be cut: at each byte of its last transaction, and behind it. */
export const cutsOf = ({ log, logBefore }: LastWrite): readonly number[] =>
  Array.from({ length: log.byteLength - logBefore + 1 }, (_cut, bytes) => logBefore + bytes);

/**
 * Cuts the log at each of `lengths` (at all of them if none are given), opens the rest as the product does, and checks
 * all of it.
 */
export function cutAtBytes(written: LastWrite, lengths: readonly number[] = cutsOf(written)): WalCuts {
  const { file, log, logBefore, before, after } = written;
  return inMemory((folder) => {
    const path = join(folder, 'journal.sqlite');
    const findings: Finding[] = [];
    const count = { before: 0, after: 0 };
    for (const length of lengths) {
      rmSync(`${path}-shm`, { force: true });
      writeFileSync(path, file);
      writeFileSync(`${path}-wal`, log.subarray(0, length));
      const state = stateOf(path, before, after);
      if (state === 'before' || state === 'after') count[state] += 1;
      else
        findings.push({
          kind: 'violation',
          text: `cut at byte ${String(length - logBefore)} of ${String(log.byteLength - logBefore)}: ${state}`,
        });
      if (state === 'before' && length === log.byteLength)
        findings.push({ kind: 'lost', text: 'nothing was cut off, and the commit is gone' });
    }
    return { truncations: lengths.length, ...count, findings };
  });
}

/** `before` or `after` if the whole journal is exactly as it was then; otherwise what is wrong with it. */
function stateOf(path: string, before: Stored, after: Stored): string {
  const result = openJournal(path, 'practice', NOW.wallMs, TEST_KEY);
  if (!result.ok) return `it does not open: ${result.error}`;
  const { journal, damage } = result.value;
  try {
    if (damage.now() !== null) return `it was taken for damaged: ${JSON.stringify(damage.now())}`;
    const stored = journal.load(ORDER_ID);
    const history = journal.history(ORDER_ID);
    const events = history.map(({ event }) => event.type).join();
    const lists = [journal.find(ORDER_ID), ...journal.list({ limit: 9 }), journal.open().orders.length];
    for (const [name, then, log, open] of [
      ['before', before, 'registered', 0],
      ['after', after, 'registered,cancel-tapped', 1],
    ] as const) {
      if (!isDeepStrictEqual(stored, then)) continue;
      if (events !== log || !isDeepStrictEqual(history.at(-1)?.phase, then.order.phase))
        return `${name}, with the entries ${events}`;
      return isDeepStrictEqual(lists, [then, then, open])
        ? name
        : `${name}, with lists that do not agree: ${JSON.stringify(lists)}`;
    }
    return `neither before nor after: ${JSON.stringify(stored)}`;
  } finally {
    journal.close();
  }
}

/** Thirty thousand openings: in memory if the system has such a folder, because their syncs are not tested. */
function inMemory<Value>(use: (folder: string) => Value): Value {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'facepay-cuts-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function opened(path: string): Journal {
  const result = openJournal(path, 'practice', NOW.wallMs, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value.journal;
}

function written(result: ReturnType<Journal['create']>): Stored {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

const entry = (event: Entry['event']): Entry => ({ atMs: NOW.wallMs, actor: THE_APP, event, effects: [] });
