/** Part 6, files: a table of all orders written and a large bill compared, each in a heap that could not hold them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { table } from '../figures.ts';

const COUNTS = [10_000, 100_000, 1_000_000] as const;
const HEAP_MB = 48;
/** Garbage is collected early: otherwise V8 would let it grow to the size of the data that is kept. */
const YOUNG_MB = 2;

interface Done {
  readonly rows: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly longestWaitMs: number;
  readonly startMb: number;
  readonly peakMb: number;
}

export function exportsPart(counts: readonly number[] = COUNTS): Promise<string> {
  const rows = (['export', 'reconcile'] as const).flatMap((what) =>
    counts.map((count) => {
      const { rows: done, megabytes, seconds, longestWaitMs, startMb, peakMb } = run(what, count);
      process.stderr.write(`  ${what} of ${String(count)}\n`);
      return [
        what === 'export' ? 'orders written as a table' : "a bill's rows compared",
        done.toLocaleString('en'),
        `${String(megabytes)} MB`,
        `${String(seconds)} s`,
        `${String(longestWaitMs)} ms`,
        `${String(startMb)} MB`,
        `${String(peakMb)} MB`,
      ];
    }),
  );
  return Promise.resolve(
    `${table(['what', 'rows', 'file', 'time', 'longest that anything else waited', 'resident before', 'most resident meanwhile'], rows)}\n\nEach in a process of its own with a heap of ${String(HEAP_MB)} MB; what is resident includes Node itself.`,
  );
}

function run(what: 'export' | 'reconcile', count: number): Done {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      `--max-old-space-size=${String(HEAP_MB)}`,
      `--max-semi-space-size=${String(YOUNG_MB)}`,
      join(import.meta.dirname, '../large-files.ts'),
      what,
      String(count),
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${what} of ${String(count)}: ${stderr}`);
  return JSON.parse(stdout) as Done;
}
