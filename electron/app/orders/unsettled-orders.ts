/**
 * [Note: Unsettled orders] A merchant's orders can be cancelled only with that merchant's key. So while some real-money
 * orders are not settled, no other merchant may take its place on a terminal. Practice orders involve no real money, so
 * they do not count.
 */
import { existsSync } from 'node:fs';
import { environmentOf, type Environment, type Merchant } from '../../../shared/settings.ts';
import { lastSetUpIn } from '../../orders/journal/journal-metrics.ts';
import { openJournal } from '../../orders/open-journal.ts';
import type { Journal } from '../../orders/journal/journal.ts';
import { auditKeyOf } from '../audit/audit-trail.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** `orders-unknown`: the orders cannot be read, so it is not known whether any is unsettled. */
export type Unsettled = 'orders-unsettled' | 'orders-unknown';

/**
 * Whether orders of `merchant` in an open journal prevent `next` from taking its place. See [Note: Unsettled orders].
 */
export function unsettledIn(
  journal: Journal,
  environment: Environment,
  merchant: Merchant,
  next: Merchant,
): 'orders-unsettled' | null {
  if (environment === 'practice' || (isSameMerchant(merchant, next) && environmentOf(next) === 'live')) return null;
  return unsettledCount(journal) > 0 ? 'orders-unsettled' : null;
}

/** Open orders, those before a manager (one stands for all), and those with a refund that has not arrived. */
function unsettledCount(journal: Pick<Journal, 'open' | 'list' | 'refunding'>): number {
  const { orders, unreadable } = journal.open();
  const refunding = journal.refunding();
  const waiting = journal.list({ standing: 'attention', limit: 1 });
  return orders.length + unreadable.length + waiting.length + refunding.orders.length + refunding.unreadable.length;
}

/** The same if the terminal is not open. `lockWaitMs`: see `openJournal`. */
export function unsettledOnDisk(
  profile: Profile,
  store: Pick<SettingsStore, 'settings'>,
  next: Merchant,
  wallMs: number,
  lockWaitMs?: number,
): Unsettled | null {
  const settings = store.settings();
  if (!settings.ok && settings.error !== 'settings-missing') return 'orders-unknown';
  const merchant = settings.ok ? settings.value.merchant : null;
  if (merchant === null) return unsettledOfWhom(profile, next, wallMs, lockWaitMs);
  if (environmentOf(merchant) === 'practice') return null;
  if (isSameMerchant(merchant, next) && environmentOf(next) === 'live') return null;
  const opened = openJournal(profile.journal('live'), 'live', wallMs, auditKeyOf(profile), { lockWaitMs });
  if (!opened.ok) return 'orders-unknown';
  const { journal, damage } = opened.value;
  const unsettled = damage.now() === null ? unsettledIn(journal, 'live', merchant, next) : 'orders-unknown';
  journal.close();
  return unsettled;
}

const isSameMerchant = (one: Merchant, other: Merchant): boolean =>
  one.appid === other.appid &&
  one.mchId === other.mchId &&
  one.subAppid === other.subAppid &&
  one.subMchId === other.subMchId;

/**
 * The same if the settings name no merchant, or are gone: the journal's audit trail names the merchant that was set up
 * last.
 */
function unsettledOfWhom(profile: Profile, next: Merchant, wallMs: number, lockWaitMs?: number): Unsettled | null {
  const path = profile.journal('live');
  if (!existsSync(path)) return null;
  const opened = openJournal(path, 'live', wallMs, auditKeyOf(profile), { lockWaitMs });
  if (!opened.ok) return 'orders-unknown';
  const { journal, damage } = opened.value;
  const count = unsettledCount(journal);
  const isWhole = damage.now() === null;
  journal.close();
  if (!isWhole) return 'orders-unknown';
  if (count === 0) return null;
  const [, mchId, subMchId] = /^(?:back to )?merchant (\d+)(?: for (\d+))?/.exec(lastSetUpIn(path) ?? '') ?? [];
  if (mchId === undefined) return 'orders-unknown';
  const isSame =
    mchId === next.mchId && (subMchId === undefined || subMchId === next.subMchId) && environmentOf(next) === 'live';
  return isSame ? null : 'orders-unsettled';
}
