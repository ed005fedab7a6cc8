import type { NoAnswer } from '../../shared/order/order.ts';
import { BACKUP_DOMAIN_FOR_MS } from '../../shared/timing.ts';

/**
 * Which of the two domains the next query or reverse goes to. If a call cannot get through on one, the next call uses
 * the other. After a while the primary is tried again (like the official SDK). The pay call does not use this: it goes
 * only to the primary, once.
 */
export interface DomainChoice {
  pick(monoMs: number): string;
  failed(origin: string, why: NoAnswer, monoMs: number): void;
}

/** Failures on the way to the server. Once a server has answered, the domain is not to blame. */
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
