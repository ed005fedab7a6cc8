import type { NoAnswer } from '../../shared/order.ts';
import { BACKUP_DOMAIN_FOR_MS } from '../../shared/timing.ts';

/**
 * Which of the two domains the next query or reverse goes to. A failure to get through on one moves the next call to
 * the other; after a while the primary is tried again (the official SDK's way). The pay call does not come here: it
 * only ever goes to the primary, once.
 */
export interface DomainChoice {
  pick(monoMs: number): string;
  failed(origin: string, why: NoAnswer, monoMs: number): void;
}

/** Failures of the way there. What a server said, however odd, is not the domain's fault. */
const WAY_FAILED: ReadonlySet<NoAnswer> = new Set([
  'not-sent',
  'server-not-trusted',
  'timeout',
  'broken',
  'http-status',
]);

export function domainChoice(primary: string, backup: string | undefined): DomainChoice {
  let leftPrimaryAt: number | null = null;
  const onBackup = (monoMs: number): boolean => leftPrimaryAt !== null && monoMs - leftPrimaryAt < BACKUP_DOMAIN_FOR_MS;
  return {
    pick: (monoMs) => (backup !== undefined && onBackup(monoMs) ? backup : primary),
    failed(origin, why, monoMs) {
      if (WAY_FAILED.has(why)) leftPrimaryAt = origin === primary ? monoMs : null;
    },
  };
}
