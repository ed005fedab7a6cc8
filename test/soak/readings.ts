/** The resources that a process holds, and the size of its journal. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Readings {
  readonly heapBytes: number;
  readonly residentBytes: number;
  /** Kinds of handles that keep the event loop alive, each with its number. */
  readonly handles: Readonly<Record<string, number>>;
  /** Open file descriptors; `null` if the machine cannot report them. */
  readonly descriptors: number | null;
  readonly journalBytes: number;
  readonly logBytes: number;
}

/** Needs `--expose-gc`. The journal's size is the size of its pages, including those still in the log. */
export async function takeReadings(journalPath: string): Promise<Readings> {
  if (globalThis.gc === undefined) throw new Error('start this with --expose-gc');
  // Finalizers run by one collection let the next collection free more.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc();
    await sleep(20);
  }
  const log = `${journalPath}-wal`;
  // Read first: SQLite keeps the descriptor of a second look at a file for the next one.
  const journalBytes = pagesBytes(journalPath);
  return {
    heapBytes: process.memoryUsage().heapUsed,
    residentBytes: process.memoryUsage.rss(),
    handles: counted(process.getActiveResourcesInfo()),
    descriptors: existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : null,
    journalBytes,
    logBytes: existsSync(log) ? statSync(log).size : 0,
  };
}

/** Of any process; 0 if the machine cannot report it. */
export function residentBytesOf(pid: number): number {
  const status = `/proc/${String(pid)}/status`;
  if (!existsSync(status)) return 0;
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1_024;
}

function counted(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of [...kinds].sort()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function pagesBytes(path: string): number {
  if (!existsSync(path)) return 0;
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const row = db.prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size').get();
    return Number(row?.['bytes']);
  } finally {
    db.close();
  }
}
