/** A journal opened as the app does it: repaired first if it is damaged. */
import { dirname, join } from 'node:path';
import type { Clock } from '../../../electron/base/clock.ts';
import { leaderLock } from '../../../electron/orders/engine/leader-lock.ts';
import { openMended, type Mended, type MendParts } from '../../../electron/orders/open-mended.ts';
import { TEST_KEY } from '../secrets/audit-keys.ts';

export async function mended(path: string, clock: Clock, more: Partial<MendParts> = {}): Promise<Mended> {
  const lock = leaderLock(join(dirname(path), 'driver.lock'));
  const opened = await openMended({ path, environment: 'practice', key: TEST_KEY, clock, lock, ...more });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}
