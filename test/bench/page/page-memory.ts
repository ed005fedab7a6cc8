/** The memory that the page holds. */
import type { Page } from 'playwright-core';
import { residentBytesOf } from '../../soak/readings.ts';
import { treeOf } from '../processes.ts';

/** Bytes of its JS heap after a collection. */
export async function pageHeapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize;
}

/** Resident bytes of its process. Chromium keeps a spare process; the page's is the larger one. */
export const pageResidentOf = (pid: number): number =>
  Math.max(
    0,
    ...treeOf(pid)
      .filter(({ kind }) => kind === 'renderer')
      .map((one) => residentBytesOf(one.pid)),
  );
