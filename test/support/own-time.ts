/**
 * How long this thread computed or waited for something, without its waits for a processor: other programs on a busy
 * machine add nothing to it. In ms; only differences mean something. Linux counts these waits (`schedstat`: what is
 * second is the time in the run queue, in ns); elsewhere they are in it.
 */
import { existsSync, readFileSync } from 'node:fs';

const SCHEDSTAT = '/proc/thread-self/schedstat';
const isCounted = existsSync(SCHEDSTAT);

export function ownTimeMs(): number {
  const queuedNs = isCounted ? Number(readFileSync(SCHEDSTAT, 'utf8').split(' ')[1]) : 0;
  return performance.now() - queuedNs / 1e6;
}
