/** The zone that this machine is set to. Our app does not depend on it, but other programs on the desktop do. Pure. */
import { BEIJING_MS } from '../../../shared/beijing.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';

export interface Zone {
  readonly name: string;
  /** Ahead of UTC now; below zero west of it. */
  readonly aheadMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What the system reports. */
export const zoneHere = (wallMs: number): Zone => ({
  name: Intl.DateTimeFormat().resolvedOptions().timeZone,
  aheadMs: -new Date(wallMs).getTimezoneOffset() * MINUTE_MS,
});

/** A zone of another name with Beijing's time is just as good. */
export function zoneCheck({ name, aheadMs }: Zone): SelfTestLine {
  const apart = aheadMs - BEIJING_MS;
  if (apart === 0) return finding('zone', 'beijing', { zone: name });
  return finding('zone', 'other', {
    zone: name,
    hours: Number((Math.abs(apart) / HOUR_MS).toFixed(2)),
    way: apart < 0 ? 'behind' : 'ahead',
  });
}
