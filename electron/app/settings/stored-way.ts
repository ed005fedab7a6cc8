/** The way out of the shop as it is set up: also on a terminal that cannot open. */
import { directWay, wayThrough, type Way } from '../../wechat/way.ts';
import type { SettingsStore } from './settings-store.ts';

export async function storedWay(store: SettingsStore): Promise<Way> {
  const settings = store.settings();
  const proxy = settings.ok ? settings.value.merchant?.gateway.proxy : undefined;
  if (proxy === undefined) return directWay;
  const credentials = await store.credentials();
  return wayThrough(proxy, credentials.ok ? credentials.value.proxyPassword : undefined);
}
