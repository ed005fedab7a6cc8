/** A journal opened as the app does it: repaired first if it is damaged. */
import { dirname, join } from 'node:path';
import type { Clock } from '../../electron/base/clock.ts';
import { driverSeat } from '../../electron/orders/engine/driver-seat.ts';
import { openMended, type Mended, type MendParts } from '../../electron/orders/open-mended.ts';
import { TEST_KEY } from './audit-keys.ts';

export async function mended(path: string, clock: Clock, more: Partial<MendParts> = {}): Promise<Mended> {
  const seat = driverSeat(join(dirname(path), 'driver.lock'));
  const opened = await openMended({ path, environment: 'practice', key: TEST_KEY, clock, seat, ...more });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}
