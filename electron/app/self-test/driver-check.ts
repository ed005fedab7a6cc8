/** Whether a process drives the orders that are under way. */
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { DriverNow } from '../../orders/engine/driver-now.ts';
import type { Holder } from '../../orders/engine/lock-holder.ts';

/** `open`: how many orders are under way; `null` if the journal cannot be read. Pure. */
export function driverCheck(open: number | null, now: DriverNow): SelfTestLine {
  if (open === null) return finding('driver', 'untold');
  if (open === 0) return finding('driver', 'nothing-open');
  switch (now.state) {
    case 'drives':
      return finding('driver', 'drives', { open, ...figuresOf(now.holder) });
    case 'silent':
      return now.holder === null
        ? finding('driver', 'silent-unknown', { open })
        : finding('driver', 'silent', { open, ...figuresOf(now.holder) });
    case 'nobody':
      return finding('driver', 'nobody', { open });
    case 'unusable':
      return finding('driver', 'lock-unusable', { open, why: now.why });
  }
}

const figuresOf = ({
  pid,
  program,
  since,
  alive,
}: Holder): { pid: number; program: string; since: string; alive: string } => ({
  pid,
  program,
  since: new Date(since.wallMs).toISOString(),
  alive: new Date(alive.wallMs).toISOString(),
});
