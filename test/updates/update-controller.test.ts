/**
 * Updates over the app's life, on a clock of the test's own, against a real feed: found, delayed, installed, proved,
 * put back.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../electron/base/log.ts';
import { createUpdateController, type UpdateController } from '../../electron/updates/update-controller.ts';
import { openFeedClient } from '../../electron/updates/feed-client.ts';
import { connectThrough } from '../../electron/wechat/connect-through.ts';
import { directWay } from '../../electron/wechat/way.ts';
import { fetchRelease } from '../../electron/updates/fetch-release.ts';
import { openRecord, peekRecord } from '../../electron/updates/record.ts';
import { DEFAULT_UPDATE_SETTINGS, writeUpdateSettings } from '../../electron/updates/update-settings.ts';
import type { Trial } from '../../electron/updates/trial.ts';
import { updatePaths } from '../../electron/updates/update-paths.ts';
import { ok, fail } from '../../shared/result.ts';
import {
  UPDATE_FIRST_LOOK_MS,
  UPDATE_PROVE_LOOK_MS,
  UPDATE_PROVE_MS,
  UPDATE_PROVE_STARTS,
  UPDATE_TRY_MS,
} from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { publish, releaseKeys, startUpdateFeed, type UpdateFeed } from '../support/terminal/update-feed.ts';

const keys = releaseKeys();
let feed: UpdateFeed;
let profile = '';
const folder = (): string => join(profile, 'updates');

/** What remains on the disk: each `start` is another run of the app, with the version that is installed. */
class Terminal {
  installed = '1.0.0';
  shop: { openOrders: number; payment: boolean; signedIn: boolean } | null = {
    openOrders: 0,
    payment: false,
    signedIn: false,
  };
  isUp = true;
  fails: string[] = [];
  installs = true;
  readonly acts: string[] = [];
  quits = 0;
  shopAsked = 0;
  clock = new FakeClock(Date.parse('2026-11-25T03:30:00+08:00'));
  #controller: UpdateController<string> | null = null;

  get controller(): UpdateController<string> {
    if (this.#controller === null) throw new Error('not started');
    return this.#controller;
  }

  async start(): Promise<void> {
    this.#controller?.close();
    this.clock = new FakeClock(this.clock.read().wallMs + 60_000);
    this.#controller = createUpdateController<string>({
      folder: folder(),
      version: this.installed,
      installedAs: {
        platform: 'win32',
        isPackaged: true,
        isStandIn: false,
        appImage: null,
        isPortable: false,
        appFolder: profile,
      },
      arch: 'x64',
      surroundings: { folders: [profile], builtInFeed: null },
      clock: this.clock,
      log: silentLog,
      shop: () => {
        this.shopAsked += 1;
        return Promise.resolve(this.shop);
      },
      isUp: () => Promise.resolve(this.isUp),
      fails: () => Promise.resolve(this.fails),
      note: (by, act, outcome, about) => this.acts.push([by ?? 'app', act, outcome, about ?? '-'].join(' ')),
      install: ({ release, path }) => {
        if (!existsSync(path)) throw new Error('nothing to install');
        if (!this.installs) return Promise.resolve(fail('not-begun'));
        this.installed = release.version;
        return Promise.resolve(ok(null));
      },
      quit: () => (this.quits += 1),
      openClient: (given) => openFeedClient({ ...given, connect: connectThrough(directWay, this.clock) }),
      freeBytes: () => Promise.resolve(1e12),
      fetch: fetchRelease,
    });
    await this.#controller.start();
  }

  /** Time advances until an event has happened. Files and network take real time, and set the next timer afterwards. */
  async until(seen: () => boolean, ms: number): Promise<void> {
    await this.clock.advance(ms);
    await vi.waitFor(
      async () => {
        if (!seen()) await this.clock.advance(1_000);
        expect(seen()).toBe(true);
      },
      { timeout: 90_000, interval: 5 },
    );
  }

  close(): void {
    this.#controller?.close();
  }
}
let terminal: Terminal;

beforeEach(async () => {
  profile = mkdtempSync(join(tmpdir(), 'facepay-update-controller-'));
  feed = await startUpdateFeed();
  writeFileSync(join(profile, 'facepay-update.pub'), keys.publicKeyPem);
  writeUpdateSettings(
    updatePaths(folder()).settings,
    { ...DEFAULT_UPDATE_SETTINGS, url: feed.url, caPem: feed.caPem },
    0,
  );
  publish(feed, '1.0.0', keys, { releasedAt: '2026-11-01T00:00:00.000Z' });
  publish(feed, '1.1.0', keys);
  terminal = new Terminal();
});
afterEach(async () => {
  terminal.close();
  await feed.close();
  rmSync(profile, { recursive: true, force: true });
});

const record = (): ReturnType<typeof peekRecord> => peekRecord(updatePaths(folder()).record);
async function lookedAndReady(): Promise<void> {
  await terminal.start();
  const looked = await terminal.controller.look('technician');
  if (!looked.ok) throw new Error(looked.error);
  expect(looked.value.lastLook?.result).toBe('ready');
}
async function installedNew(): Promise<void> {
  await lookedAndReady();
  await terminal.until(() => terminal.quits === 1, UPDATE_TRY_MS);
  expect(terminal.installed).toBe('1.1.0');
  await terminal.start();
}

describe('by itself', () => {
  it('looks, downloads, installs in the hours, proves the new version and writes each of it down', async () => {
    await terminal.start();
    await terminal.until(() => record()?.ready === '1.1.0', UPDATE_FIRST_LOOK_MS);
    await terminal.until(() => terminal.quits === 1, UPDATE_TRY_MS);
    expect(record()?.trial).toMatchObject({ at: 'installing', from: '1.0.0', to: '1.1.0' });
    await terminal.start();
    expect((await terminal.controller.view()).trial?.at).toBe('proving');
    await terminal.until(() => record()?.trial.at === 'rest', UPDATE_PROVE_LOOK_MS);
    expect((await terminal.controller.view()).last).toMatchObject({ end: 'installed', from: '1.0.0', to: '1.1.0' });
    expect(terminal.acts).toEqual([
      'app update-looked ready 1.1.0',
      'app update-downloaded ok 1.1.0',
      'app update-begun ok 1.0.0 -> 1.1.0',
      'app update-ended installed 1.0.0 -> 1.1.0',
    ]);
  });

  it.each([
    ['order-open', () => (terminal.shop = { openOrders: 1, payment: false, signedIn: false })],
    ['payment', () => (terminal.shop = { openOrders: 0, payment: true, signedIn: false })],
    ['signed-in', () => (terminal.shop = { openOrders: 0, payment: false, signedIn: true })],
    ['not-open', () => (terminal.shop = null)],
  ])('holds an update back (%s), and installs it once the reason is gone', async (hold, begin) => {
    begin();
    await lookedAndReady();
    await terminal.clock.advance(5 * UPDATE_TRY_MS);
    expect((await terminal.controller.view()).ready).toEqual({ version: '1.1.0', hold });
    expect([terminal.quits, terminal.installed]).toEqual([0, '1.0.0']);
    terminal.shop = { openOrders: 0, payment: false, signedIn: false };
    await terminal.until(() => terminal.quits === 1, UPDATE_TRY_MS);
  });

  it('waits for the hours', async () => {
    await lookedAndReady();
    const view = await terminal.controller.set(
      { enabled: true, channel: 'latest', url: feed.url, fromMinute: 23 * 60, toMinute: 60 },
      'technician',
    );
    expect(view.ok).toBe(true);
    await terminal.clock.advance(UPDATE_TRY_MS);
    expect((await terminal.controller.view()).ready?.hold).toBe('outside-hours');
    expect(terminal.quits).toBe(0);
  });

  it('asks again when all is proved: a customer who came meanwhile is served first', async () => {
    await lookedAndReady();
    const { fails } = terminal;
    Object.defineProperty(terminal, 'fails', {
      get: () => {
        terminal.shop = { openOrders: 0, payment: true, signedIn: false };
        return fails;
      },
    });
    const before = terminal.shopAsked;
    await terminal.until(() => terminal.shopAsked - before === 2, UPDATE_TRY_MS);
    expect([terminal.quits, record()?.trial.at]).toEqual([0, 'rest']);
    expect((await terminal.controller.view()).ready?.hold).toBe('payment');
  });

  it('does not run an installer that was changed on the disk', async () => {
    await lookedAndReady();
    const kept = join(updatePaths(folder()).kept, '1.1.0');
    const name = readdirSync(kept).find((entry) => entry.endsWith('.exe')) ?? '';
    writeFileSync(join(kept, name), readFileSync(join(kept, name)).fill(0, 0, 9));
    await terminal.clock.advance(3 * UPDATE_TRY_MS);
    expect([terminal.quits, record()?.trial.at]).toEqual([0, 'rest']);
  });

  it('takes no release back that was pulled by a stage of nobody', async () => {
    await lookedAndReady();
    publish(feed, '1.1.0', keys, { releasedAt: '2026-11-21T00:00:00.000Z', stagingPercentage: 0 });
    expect((await terminal.controller.look('technician')).ok).toBe(true);
    expect(record()).toMatchObject({ ready: null, lastLook: { result: 'not-in-stage' } });
    publish(feed, '1.1.0', keys);
    await terminal.controller.look('technician');
    expect(record()).toMatchObject({ ready: null, lastLook: { result: 'replayed' } });
  });
});

describe('a version that does not come up whole', () => {
  it('is put back when its time is over, and is not tried again but by hand', async () => {
    terminal.isUp = true;
    await installedNew();
    terminal.fails = ['journal'];
    await terminal.until(() => terminal.quits === 2, UPDATE_PROVE_MS);
    expect(terminal.installed).toBe('1.0.0');
    await terminal.start();
    expect(record()).toMatchObject({ trial: { at: 'rest' }, failed: ['1.1.0'], last: { end: 'rolled-back' } });
    terminal.fails = [];
    await terminal.until(() => record()?.lastLook?.result === 'failed-before', UPDATE_FIRST_LOOK_MS);
    await terminal.clock.advance(3 * UPDATE_TRY_MS);
    expect(terminal.installed).toBe('1.0.0');
    await terminal.controller.look('technician');
    expect(record()?.ready).toBe('1.1.0');
    expect(terminal.acts.slice(2, 5)).toEqual([
      'app update-begun ok 1.0.0 -> 1.1.0',
      'app update-put-back ok 1.1.0 -> 1.0.0',
      'app update-ended rolled-back 1.0.0 -> 1.1.0',
    ]);
  });

  it('is put back when it keeps starting', async () => {
    await installedNew();
    terminal.isUp = false;
    for (let start = 1; start <= UPDATE_PROVE_STARTS && terminal.installed === '1.1.0'; start += 1)
      await terminal.start();
    expect([terminal.installed, terminal.quits]).toEqual(['1.0.0', 2]);
  });

  it('is whole where only that fails which failed before', async () => {
    terminal.fails = ['certificate'];
    await installedNew();
    await terminal.until(() => record()?.trial.at === 'rest', UPDATE_PROVE_LOOK_MS);
    expect(terminal.installed).toBe('1.1.0');
  });

  it('calls for somebody where it cannot be put back', async () => {
    await installedNew();
    terminal.isUp = false;
    terminal.installs = false;
    await terminal.until(() => record()?.trial.at === 'stuck', UPDATE_PROVE_MS);
    expect((await terminal.controller.view()).last?.end).toBe('roll-back-failed');
    await terminal.start();
    expect([terminal.installed, record()?.trial.at]).toEqual(['1.1.0', 'stuck']);
    terminal.isUp = true;
    await terminal.until(() => record()?.trial.at === 'rest', UPDATE_PROVE_LOOK_MS);
    expect(record()?.last?.end).toBe('installed');
  });
});

it('an installer that cannot begin changes nothing and is not tried again', async () => {
  terminal.installs = false;
  await lookedAndReady();
  await terminal.until(() => record()?.trial.at === 'rest' && record()?.last !== null, UPDATE_TRY_MS);
  expect(record()).toMatchObject({ failed: ['1.1.0'], ready: null, last: { end: 'not-installed' } });
  expect(terminal.quits).toBe(0);
});

it('without a key, a feed or the switch it says so and asks nobody', async () => {
  const { settings } = updatePaths(folder());
  const results: (string | undefined)[] = [];
  for (const change of [{ publicKeyPem: 'no key' }, { url: null }, { enabled: false }]) {
    writeUpdateSettings(settings, { ...DEFAULT_UPDATE_SETTINGS, url: feed.url, caPem: feed.caPem, ...change }, 0);
    await terminal.start();
    const looked = await terminal.controller.look('technician');
    results.push(looked.ok ? looked.value.lastLook?.result : looked.error);
  }
  expect(results).toEqual(['no-key', 'no-feed', 'off']);
  expect(feed.asked).toEqual([]);
});

it('a record that cannot be read is not written over, and its trial counts again once it reads', () => {
  const { record: path } = updatePaths(folder());
  const trial: Trial = { at: 'proving', from: '1.0.0', to: '1.1.0', startedAtMs: 1, failsBefore: [], starts: 1 };
  expect(openRecord(path, 1).change({ trial })).toEqual({ ok: true, value: null });
  const text = readFileSync(path);
  rmSync(path);
  mkdirSync(path);
  const recordStore = openRecord(path, 2);
  expect([recordStore.now().trial.at, recordStore.unreadable(), recordStore.change({ ready: '1.1.0' })]).toEqual([
    'rest',
    true,
    { ok: false, error: 'not-saved' },
  ]);
  rmSync(path, { recursive: true });
  writeFileSync(path, text);
  expect([recordStore.now().trial, recordStore.unreadable(), recordStore.change({ ready: '1.1.0' })]).toEqual([
    trial,
    false,
    { ok: true, value: null },
  ]);
});

it('settings that cannot be read are not written over, and damaged ones are put aside before others take their place', async () => {
  const { settings: path } = updatePaths(folder());
  await terminal.start();
  const choice = { ...(await terminal.controller.view()).choice, fromMinute: 60 };
  rmSync(path);
  rmSync(`${path}.kept`, { force: true });
  mkdirSync(path);
  expect(await terminal.controller.set(choice, 'technician')).toEqual({ ok: false, error: 'not-saved' });
  expect((await terminal.controller.view()).choice.enabled, 'a feed that nobody chose is not asked').toBe(false);
  rmSync(path, { recursive: true });
  writeFileSync(path, '{"enabled":true,"publicKeyPem":"of the');
  expect(await terminal.controller.set(choice, 'technician')).toMatchObject({ ok: true });
  const aside = readdirSync(dirname(path)).filter((name) => name.startsWith('settings.json.damaged-'));
  expect(aside.map((name) => readFileSync(join(dirname(path), name), 'utf8'))).toEqual([
    '{"enabled":true,"publicKeyPem":"of the',
  ]);
});

it('a damaged record is set aside and begun again', () => {
  const { record: path } = updatePaths(folder());
  writeFileSync(path, '{"trial":');
  const recordStore = openRecord(path, 7);
  expect(recordStore.setAside).toBe(`${path}.damaged-7`);
  expect(recordStore.now().trial).toEqual({ at: 'rest' });
  expect(readFileSync(`${path}.damaged-7`, 'utf8')).toBe('{"trial":');
});
