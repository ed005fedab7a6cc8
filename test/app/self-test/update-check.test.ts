/** The self-test's line about updates, against a real feed: each possible finding. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { updateCheck } from '../../../electron/app/self-test/update-check.ts';
import { MANIFEST_NAME } from '../../../electron/updates/manifest.ts';
import { openRecord, type UpdateRecord } from '../../../electron/updates/record.ts';
import {
  DEFAULT_UPDATE_SETTINGS,
  writeUpdateSettings,
  type UpdateSettings,
} from '../../../electron/updates/update-settings.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { updatePaths } from '../../../electron/updates/update-paths.ts';
import { directWay, type Way } from '../../../electron/wechat/way.ts';
import type { SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { ShopProxy } from '../../support/gateway/shop-proxy.ts';
import { publish, releaseKeys, startUpdateFeed, type UpdateFeed } from '../../support/terminal/update-feed.ts';

const keys = releaseKeys();
const NOW_MS = Date.parse('2026-11-24T00:00:00Z');
let feed: UpdateFeed;
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-update-check-'));
  feed = await startUpdateFeed();
  publish(feed, '1.1.0', keys);
});
afterEach(async () => {
  await feed.close();
  rmSync(folder, { recursive: true, force: true });
});

function look(
  version: string,
  settings: Partial<UpdateSettings> = {},
  record: Partial<UpdateRecord> = {},
  way: Way = directWay,
): Promise<SelfTestLine> {
  const paths = updatePaths(folder);
  writeUpdateSettings(
    paths.settings,
    { ...DEFAULT_UPDATE_SETTINGS, url: feed.url, caPem: feed.caPem, publicKeyPem: keys.publicKeyPem, ...settings },
    0,
  );
  openRecord(paths.record, NOW_MS).change(record);
  return updateCheck({
    folder,
    version,
    clock: { ...systemClock(), read: () => ({ wallMs: NOW_MS, monoMs: 0, run: 'run-1' }) },
    surroundings: { folders: [folder], builtInFeed: join(folder, 'app-update.yml') },
    way,
  });
}
const lookedDaysAgo = (days: number): Partial<UpdateRecord> => ({
  lastLook: { atMs: NOW_MS - days * 86_400_000, result: 'newest', version: '1.1.0' },
});

it('tells how new this version is, and when the feed was last heard of', async () => {
  expect(await look('1.1.0', {}, lookedDaysAgo(2))).toEqual({
    id: 'update',
    verdict: 'ok',
    code: 'newest',
    figures: { newest: '1.1.0', version: '1.1.0', days: 2 },
  });
  expect(await look('1.0.9')).toMatchObject({ code: 'waiting', figures: { newest: '1.1.0', days: 2 } });
  expect(await look('1.1.0', {}, lookedDaysAgo(8))).toMatchObject({
    code: 'not-looking',
    verdict: 'warn',
    figures: { days: 8 },
  });
});

it.each<readonly [string, Partial<UpdateSettings>]>([
  ['off', { enabled: false }],
  ['by-hand', { url: null }],
  ['no-key', { publicKeyPem: null }],
  ['not-signed', { publicKeyPem: releaseKeys().publicKeyPem }],
  ['unreachable', { caPem: null }],
])('says %s', async (code, settings) => {
  expect((await look('1.0.0', settings)).code).toBe(code);
});

it('fails where the feed is signed by nobody, and warns where it has no manifest', async () => {
  feed.files.set(MANIFEST_NAME, Buffer.from('{"version":"1.1.0"}'));
  expect(await look('1.0.0')).toMatchObject({ code: 'not-signed', verdict: 'fail' });
  feed.files.delete(MANIFEST_NAME);
  expect(await look('1.0.0')).toMatchObject({ code: 'no-manifest', verdict: 'warn' });
});

it('fails where a version could not be put back', async () => {
  expect(await look('1.1.0', {}, { trial: { at: 'stuck', from: '1.0.0', to: '1.1.0', startedAtMs: 0 } })).toMatchObject(
    { code: 'stuck', verdict: 'fail' },
  );
});

it('takes feed and key from what the app brought along', async () => {
  writeFileSync(join(folder, 'app-update.yml'), `provider: generic\nurl: ${feed.url}\nchannel: latest\n`);
  writeFileSync(join(folder, 'facepay-update.pub'), keys.publicKeyPem);
  expect((await look('1.1.0', { url: null, publicKeyPem: null })).code).toBe('newest');
});

it('asks by the terminal’s own way: a shop’s proxy', async () => {
  const proxy = await ShopProxy.start(feed.port);
  onTestFinished(() => proxy.close());
  const way: Way = { ...directWay, proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, account: null }) };
  expect((await look('1.1.0', {}, {}, way)).code).toBe('newest');
  expect(proxy.asked).toHaveLength(1);
  proxy.answer = () => 'HTTP/1.1 407 Who\r\n\r\n';
  expect((await look('1.1.0', {}, {}, way)).code).toBe('unreachable');
});
