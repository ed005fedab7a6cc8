/**
 * Updates on the real bundles: a feed offers a version, an unresolved order delays it, and the installation is
 * recorded.
 */
import { existsSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { DEFAULT_UPDATE_SETTINGS, writeUpdateSettings } from '../../../electron/updates/update-settings.ts';
import { updatePaths } from '../../../electron/updates/update-paths.ts';
import { chooseHost } from '../../../build/stand-in/launcher/launch.ts';
import { openShop, takePayment, tap, onTill, type Shop } from '../../support/screen/shop.ts';
import { enterAs, signIn } from '../../support/screen/staff-screen.ts';
import { publish, releaseKeys, startUpdateFeed, type UpdateFeed } from '../../support/terminal/update-feed.ts';

const keys = releaseKeys();
const NOW = packageJson.version;
let shop: Shop;
let feed: UpdateFeed;

beforeAll(async () => {
  feed = await startUpdateFeed();
  publish(feed, NOW, keys, { releasedAt: '2026-11-01T00:00:00.000Z' });
  publish(feed, '9.0.0', keys);
  shop = await openShop({ scenario: 'unknown-state' });
  const { settings } = updatePaths(shop.profile.updates);
  writeUpdateSettings(
    settings,
    {
      ...DEFAULT_UPDATE_SETTINGS,
      url: feed.url,
      caPem: feed.caPem,
      publicKeyPem: keys.publicKeyPem,
      fromMinute: 0,
      toMinute: 0,
    },
    0,
  );
});
afterAll(async () => {
  await shop.close();
  await feed.close();
});

const state = (attribute: string, value: string): string =>
  `[data-testid="update-state"][data-${attribute}="${value}"]`;
const recorded = (): string => updatePaths(shop.profile.updates).recorded;

// Under Electron itself an app that runs from its sources is not replaced, and reports "not-here".
describe.runIf(chooseHost() === 'stand-in')('an update on a stand-in', () => {
  it('a version that is ready waits for an unresolved order, and while a person is signed in', async () => {
    await takePayment(shop.page, '12');
    await tap(shop.page, 'cancel');
    await onTill(shop.page, 'armed');
    await tap(shop.page, 'next-customer');
    await enterAs(shop.page, 'technician');
    await tap(shop.page, 'tab-support');
    await tap(shop.page, 'update-look');
    await shop.page.locator(state('result', 'ready')).waitFor();
    expect(await shop.page.getByTestId('update-facts').innerText()).toContain(NOW);
    await shop.page.locator(state('hold', 'order-open')).waitFor();
    // Now WeChat says what became of it, and the cancel is proved without any person at the screen.
    const outTradeNo = shop.gateway.requests.flatMap(({ fields }) => fields['out_trade_no'] ?? []).at(-1);
    expect(shop.gateway.seed({ outTradeNo: outTradeNo ?? '', amountFen: 1_200, state: 'CLOSED' })).toMatchObject({
      ok: true,
    });
    await shop.page.locator(state('hold', 'signed-in')).waitFor();
    expect(existsSync(recorded())).toBe(false);
  });

  it('is installed once nobody needs the terminal; a stand-in only writes that down', async () => {
    await tap(shop.page, 'back-office-close');
    await tap(shop.page, 'staff');
    await tap(shop.page, 'staff-sign-out');
    await expect.poll(() => existsSync(recorded())).toBe(true);
    expect(JSON.parse(readFileSync(recorded(), 'utf8'))).toEqual({
      version: '9.0.0',
      file: expect.stringMatching(/9\.0\.0/) as string,
      installed: false,
    });
    await shop.kiosk.quit();
    await shop.restart();
    await shop.page.getByTestId('stage-none').waitFor();
    await signIn(shop.page, 'technician', '482615');
    await tap(shop.page, 'tab-support');
    // The same version started again, so nothing was installed, and the page says so.
    await expect.poll(() => shop.page.getByTestId('update-state').innerText()).toMatch(/没有装上/);
    expect(await shop.page.getByTestId('update-facts').innerText()).toContain(NOW);
  });

  it('each of it is in the audit trail', async () => {
    await shop.kiosk.quit();
    const db = new DatabaseSync(shop.profile.journal('practice'), { readOnly: true });
    const rows = db
      .prepare(
        "SELECT event ->> '$.act' AS act, event ->> '$.outcome' AS outcome FROM entries WHERE event ->> '$.act' LIKE 'update-%' ORDER BY seq",
      )
      .all();
    db.close();
    expect(rows.map(({ act, outcome }) => `${String(act)} ${String(outcome)}`)).toEqual([
      'update-looked ready',
      'update-downloaded ok',
      'update-begun ok',
      'update-ended not-installed',
    ]);
  });
});
