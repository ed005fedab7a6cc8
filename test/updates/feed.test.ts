/** The real electron-updater against a feed over HTTPS: signed files are downloaded, and nothing else is. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import { openFeedClient } from '../../electron/updates/feed-client.ts';
import { fetchRelease, type Updater } from '../../electron/updates/fetch-release.ts';
import { openKeptReleases } from '../../electron/updates/kept-releases.ts';
import { installerKindOf, lookAtFeed, type LookParts, type Looked } from '../../electron/updates/look.ts';
import { MANIFEST_NAME, manifestNameOf } from '../../electron/updates/manifest.ts';
import { newRecord } from '../../electron/updates/record.ts';
import { signRelease } from '../../electron/updates/sign-release.ts';
import { connectThrough } from '../../electron/wechat/connect-through.ts';
import { directWay, type Way } from '../../electron/wechat/way.ts';
import { UPDATE_FILE_MS, UPDATE_TEXT_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ShopProxy } from '../support/gateway/shop-proxy.ts';
import { addToFeedFile } from '../../build/pack/feed-file.ts';
import {
  installerNames,
  publish,
  releaseKeys,
  startUpdateFeed,
  ymlOf,
  type UpdateFeed,
} from '../support/terminal/update-feed.ts';

const keys = releaseKeys();
const direct = connectThrough(directWay, systemClock());
const NOW = '1.0.0';
let feed: UpdateFeed;
let folder = '';

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-updates-'));
  feed = await startUpdateFeed();
  publish(feed, NOW, keys, { releasedAt: '2026-11-01T00:00:00.000Z' });
});
afterEach(async () => {
  await feed.close();
  rmSync(folder, { recursive: true, force: true });
});

function partsWith(change: Partial<LookParts> = {}, updater: Updater = 'nsis'): LookParts {
  const kind = {
    nsis: installerKindOf('nsis', 'win32', false, 'x64'),
    appimage: installerKindOf('appimage', 'linux', true, 'x64'),
    deb: installerKindOf('recorded', 'linux', false, 'x64'),
  }[updater];
  return {
    version: NOW,
    channel: 'latest',
    url: feed.url,
    keyPem: keys.publicKeyPem,
    record: newRecord(),
    kind,
    way: 'nsis',
    client: openFeedClient({ connect: direct, caPem: feed.caPem, silenceMs: 5_000, clock: systemClock() }),
    kept: openKeptReleases(join(folder, 'kept'), kind ?? { ending: '', arch: '' }),
    downloadFolder: join(folder, 'download'),
    freeBytes: () => Promise.resolve(1e12),
    fetch: fetchRelease,
    ...change,
  };
}
const look = (change: Partial<LookParts> = {}, updater: Updater = 'nsis'): Promise<Looked> =>
  lookAtFeed(partsWith(change, updater));
const keptFile = (version: string, name: string): string => join(folder, 'kept', version, name);
const namesAsked = (): string[] => feed.asked.map(({ name }) => name);

describe('a release in the feed', () => {
  it('is not fetched where the folder for it cannot be made, and the next look tries again', async () => {
    publish(feed, '1.1.0', keys);
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, 'not a folder');
    expect((await look({ downloadFolder: join(blocked, 'download') })).result).toBe('download-failed');
    expect((await look()).result).not.toBe('download-failed');
  });

  it.each([
    ['nsis', 0],
    ['deb', 2],
  ] as const)(
    'comes down through the updater for %s, with the way back, and lies there whole',
    async (updater, index) => {
      publish(feed, '1.1.0', keys);
      expect(await look({}, updater)).toEqual({
        result: 'ready',
        version: '1.1.0',
        releasedAtMs: Date.parse('2026-11-20T00:00:00.000Z'),
      });
      for (const version of [NOW, '1.1.0']) {
        const name = installerNames(version)[index] ?? '';
        expect(readFileSync(keptFile(version, name)).equals(feed.files.get(name) ?? Buffer.alloc(0))).toBe(true);
      }
      expect(namesAsked()).toContain('latest-linux.yml');
      // A terminal tells the feed nothing about itself.
      expect(new Set(feed.asked.flatMap(({ headers }) => headers))).toEqual(
        new Set(['accept', 'cache-control', 'host', 'connection']),
      );
    },
  );

  it('comes down through the updater for AppImage', async () => {
    publish(feed, '1.1.0', keys);
    process.env['APPIMAGE'] = join(folder, 'facepay.AppImage');
    writeFileSync(process.env['APPIMAGE'], 'the one that runs');
    try {
      expect((await look({}, 'appimage')).result).toBe('ready');
      expect(readFileSync(process.env['APPIMAGE'], 'utf8')).toBe('the one that runs');
    } finally {
      delete process.env['APPIMAGE'];
    }
  });

  it('is not fetched twice, and is fetched again where what lies here was changed', async () => {
    publish(feed, '1.1.0', keys);
    await look();
    const name = installerNames('1.1.0')[0] ?? '';
    await look();
    expect(namesAsked().filter((asked) => asked === name)).toHaveLength(1);
    writeFileSync(keptFile('1.1.0', name), 'something else');
    expect(await partsWith().kept.find('1.1.0', keys.publicKeyPem)).toBeNull();
    expect((await look()).result).toBe('ready');
    expect(namesAsked().filter((asked) => asked === name)).toHaveLength(2);
  });
});

/** None of these leaves anything of 1.1.0 here that could be run. */
const attacks: readonly { what: string; result: string; attack: () => void; more?: Partial<LookParts> }[] = [
  {
    what: 'the manifest changed',
    result: 'bad-signature',
    attack: () => change(MANIFEST_NAME, (text) => text.replace('"stagingPercentage": 100', '"stagingPercentage": 99')),
  },
  {
    what: 'the manifest signed by somebody else',
    result: 'bad-signature',
    attack: () => void publish(feed, '1.1.0', releaseKeys()),
  },
  { what: 'no manifest', result: 'no-manifest', attack: () => void feed.files.delete(MANIFEST_NAME) },
  {
    what: 'a manifest that is none',
    result: 'bad-manifest',
    attack: () => void feed.files.set(MANIFEST_NAME, Buffer.from('{}')),
  },
  {
    what: 'a manifest without end',
    result: 'bad-manifest',
    attack: () => void feed.files.set(MANIFEST_NAME, Buffer.alloc(70_000, ' ')),
  },
  { what: 'the manifest broken off', result: 'unreachable', attack: () => void feed.cuts.set(MANIFEST_NAME, 40) },
  {
    what: 'latest.yml with another sum',
    result: 'feed-disagrees',
    attack: () => change('latest-linux.yml', (text) => text.replace(/sha512: ..../, 'sha512: AAAA')),
  },
  {
    what: 'latest.yml with another version',
    result: 'feed-disagrees',
    attack: () => change('latest-linux.yml', (text) => text.replace('version: 1.1.0', 'version: 1.2.0')),
  },
  {
    what: 'latest.yml that is no YAML',
    result: 'feed-disagrees',
    attack: () => void feed.files.set('latest-linux.yml', Buffer.from('{[}')),
  },
  {
    what: 'latest.yml that names a file of another host',
    result: 'feed-disagrees',
    attack: () =>
      change('latest-linux.yml', (text) => text.replace('url: facepay', 'url: https://127.0.0.1:1/facepay')),
  },
  { what: 'no latest.yml', result: 'unreachable', attack: () => void feed.files.delete('latest-linux.yml') },
  {
    what: 'the installer changed',
    result: 'bad-file',
    attack: () => change(installerNames('1.1.0')[0] ?? '', (text) => `x${text.slice(1)}`, 'latin1'),
  },
  {
    what: 'the installer longer',
    result: 'bad-file',
    attack: () => change(installerNames('1.1.0')[0] ?? '', (text) => `${text}x`, 'latin1'),
  },
  {
    what: 'the installer broken off half way',
    result: 'download-failed',
    attack: () => void feed.cuts.set(installerNames('1.1.0')[0] ?? '', 100_000),
  },
  {
    what: 'no installer',
    result: 'download-failed',
    attack: () => void feed.files.delete(installerNames('1.1.0')[0] ?? ''),
  },
  {
    what: 'no installer of the version that runs',
    result: 'no-way-back',
    attack: () => void feed.files.delete(installerNames(NOW)[0] ?? ''),
  },
  {
    what: 'no manifest of the version that runs',
    result: 'no-way-back',
    attack: () => void feed.files.delete(manifestNameOf(NOW)),
  },
  {
    what: 'another key here',
    result: 'bad-signature',
    attack: () => undefined,
    more: { keyPem: releaseKeys().publicKeyPem },
  },
  {
    what: 'too little room',
    result: 'disk-space',
    attack: () => undefined,
    more: { freeBytes: () => Promise.resolve(100_000_000) },
  },
  {
    what: 'an authority that is not the feed’s',
    result: 'unreachable',
    attack: () => undefined,
    more: { client: openFeedClient({ connect: direct, caPem: null, silenceMs: 5_000, clock: systemClock() }) },
  },
  {
    what: 'a newer one seen before',
    result: 'replayed',
    attack: () => undefined,
    more: { record: { ...newRecord(), newestReleasedAtMs: Date.parse('2026-11-21T00:00:00.000Z') } },
  },
  { what: 'a later version running', result: 'older', attack: () => undefined, more: { version: '1.2.0' } },
];

function change(name: string, how: (text: string) => string, encoding: BufferEncoding = 'utf8'): void {
  const bytes = feed.files.get(name);
  if (bytes === undefined) throw new Error(name);
  const changed = Buffer.from(how(bytes.toString(encoding)), encoding);
  if (changed.equals(bytes)) throw new Error(`${name} was not changed`);
  feed.files.set(name, changed);
}

describe('nothing is made ready', () => {
  it.each(attacks)('with $what: $result', async ({ result, attack, more }) => {
    publish(feed, '1.1.0', keys);
    attack();
    expect((await look(more)).result).toBe(result);
    expect(await partsWith().kept.find('1.1.0', keys.publicKeyPem)).toBeNull();
    expect(existsSync(keptFile('1.1.0', installerNames('1.1.0')[0] ?? ''))).toBe(false);
  });

  it('from plain HTTP', async () => {
    publish(feed, '1.1.0', keys);
    expect((await look({ url: feed.url.replace('https:', 'http:') })).result).toBe('bad-manifest');
    expect(feed.asked).toHaveLength(0);
  });

  it.each([MANIFEST_NAME, 'latest-linux.yml', installerNames('1.1.0')[0] ?? ''])(
    'by a redirect, not even to the very file: %s',
    async (name) => {
      publish(feed, '1.1.0', keys);
      feed.files.set('elsewhere', feed.files.get(name) ?? Buffer.alloc(0));
      feed.redirects.set(name, 'elsewhere');
      expect(['unreachable', 'download-failed']).toContain((await look()).result);
      expect(namesAsked()).not.toContain('elsewhere');
    },
  );

  it('where the feed is shut', async () => {
    publish(feed, '1.1.0', keys);
    const parts = partsWith();
    await feed.close();
    expect((await lookAtFeed(parts)).result).toBe('unreachable');
    feed = await startUpdateFeed();
  });
});

describe('signing', () => {
  it('makes of a build’s folder what a terminal takes', async () => {
    for (const name of installerNames('1.1.0')) writeFileSync(join(folder, name), `installer ${name}`);
    // It sorts before the installer, and has the same file ending and processor.
    writeFileSync(join(folder, 'facepay-kiosk-portable-1.1.0-x64.exe'), 'a program that installs nothing');
    writeFileSync(join(folder, 'builder-debug.yml'), '');
    writeFileSync(join(folder, 'fleet.key'), keys.privateKeyPem);
    const order = {
      folder,
      keyFile: join(folder, 'fleet.key'),
      version: '1.1.0',
      minimumVersion: null,
      channel: 'latest',
      stagingPercentage: 100,
      wallMs: Date.parse('2026-11-22T00:00:00Z'),
    };
    const made = await signRelease(order);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    expect(made.value.files.map(({ name }) => name)).toEqual([...installerNames('1.1.0')].toSorted());
    for (const name of [...installerNames('1.1.0'), MANIFEST_NAME, manifestNameOf('1.1.0')])
      feed.files.set(name, readFileSync(join(folder, name)));
    feed.files.set('latest-linux.yml', Buffer.from(ymlOf(made.value)));
    expect((await look()).result).toBe('ready');
  });

  it('finds the deb, which electron-builder did not make, in the list of those that it did', async () => {
    publish(feed, '1.1.0', keys);
    const deb = join(folder, installerNames('1.1.0')[2] ?? '');
    writeFileSync(deb, feed.files.get(installerNames('1.1.0')[2] ?? '') ?? '');
    change('latest-linux.yml', (text) =>
      text.replaceAll(/ {2}- url: \S+\.(deb|exe)\n {4}sha512: \S+\n {4}size: \d+\n/g, ''),
    );
    expect((await look({}, 'deb')).result).toBe('feed-disagrees');
    const yml = join(folder, 'latest-linux.yml');
    writeFileSync(yml, feed.files.get('latest-linux.yml') ?? '');
    for (let times = 0; times < 2; times += 1) addToFeedFile(yml, deb);
    expect(readFileSync(yml, 'utf8').split('amd64.deb')).toHaveLength(2);
    feed.files.set('latest-linux.yml', readFileSync(yml));
    expect((await look({}, 'deb')).result).toBe('ready');
    expect(() => {
      addToFeedFile(deb, yml);
    }).toThrow('has no list');
  });

  it('names what it lacks', async () => {
    const order = {
      folder: join(folder, 'none'),
      keyFile: join(folder, 'none.key'),
      version: '1.1.0',
      minimumVersion: null,
      channel: 'latest',
      stagingPercentage: 100,
      wallMs: 0,
    };
    expect(await signRelease(order)).toEqual({
      ok: false,
      error: [
        { field: '--key', code: 'file-not-found' },
        { field: order.folder, code: 'folder-not-found' },
      ],
    });
    writeFileSync(order.keyFile, keys.publicKeyPem);
    expect(await signRelease({ ...order, folder })).toEqual({
      ok: false,
      error: [{ field: folder, code: 'no-installer' }],
    });
    writeFileSync(join(folder, 'a-1.1.0.exe'), 'x');
    expect(await signRelease({ ...order, folder })).toEqual({
      ok: false,
      error: [{ field: '--key', code: 'unsuitable-key' }],
    });
  });
});

describe('a feed that sends a byte now and then', () => {
  /**
   * No pause between two bytes is long enough to count as silence. The deadline follows the fake clock, which the test
   * advances.
   */
  const dripping = (clock: FakeClock): ReturnType<typeof openFeedClient> =>
    openFeedClient({ connect: connectThrough(directWay, clock), caPem: feed.caPem, silenceMs: 5_000, clock });

  it('is given up when the whole has taken too long, be it a text', async () => {
    const clock = new FakeClock();
    feed.drips.set(MANIFEST_NAME, 20);
    const looked = look({ client: dripping(clock) });
    await expect.poll(() => namesAsked().length).toBe(1);
    await clock.advance(UPDATE_TEXT_MS);
    expect(await looked).toMatchObject({ result: 'unreachable' });
  });

  it('or an installer, of which nothing is kept', async () => {
    publish(feed, '1.1.0', keys);
    const clock = new FakeClock();
    const [name = ''] = installerNames('1.1.0');
    feed.drips.set(name, 20);
    const looked = look({ client: dripping(clock) });
    await expect.poll(() => namesAsked()).toContain(name);
    await clock.advance(UPDATE_FILE_MS);
    expect((await looked).result).toBe('download-failed');
    expect(existsSync(keptFile('1.1.0', name))).toBe(false);
  });
});

describe('a shop’s proxy', () => {
  let proxy: ShopProxy;
  let clock: FakeClock;
  let client: ReturnType<typeof openFeedClient>;
  beforeEach(async () => {
    proxy = await ShopProxy.start(feed.port);
    clock = new FakeClock();
    const way: Way = {
      ...directWay,
      proxyFor: () => ({ host: '127.0.0.1', port: proxy.port, account: { user: 'till', password: 'p@ss' } }),
    };
    client = openFeedClient({ connect: connectThrough(way, clock), caPem: feed.caPem, silenceMs: 5_000, clock });
    publish(feed, '1.1.0', keys);
  });
  afterEach(() => proxy.close());

  it('carries the whole update unread, and is told the account', async () => {
    expect((await look({ client })).result).toBe('ready');
    const [name = ''] = installerNames('1.1.0');
    expect(readFileSync(keptFile('1.1.0', name)).equals(feed.files.get(name) ?? Buffer.alloc(0))).toBe(true);
    expect(proxy.asked.length).toBe(feed.asked.length);
    const account = `Basic ${Buffer.from('till:p@ss').toString('base64')}`;
    expect(new Set(proxy.asked.map(({ headers }) => headers['proxy-authorization']))).toEqual(new Set([account]));
    expect(Buffer.concat(proxy.carried).toString('latin1')).not.toMatch(/GET |facepay-update/);
    expect(clock.pending).toBe(0);
  });

  it('that gives no connection leaves the feed unreachable', async () => {
    proxy.answer = () => 'HTTP/1.1 403 No\r\n\r\n';
    expect((await look({ client })).result).toBe('unreachable');
    expect(clock.pending).toBe(0);
  });

  it('that never answers is given up when it has been silent for long', async () => {
    proxy.answer = () => null;
    const looked = look({ client });
    await expect.poll(() => proxy.asked.length).toBe(1);
    await clock.advance(5_000);
    expect((await looked).result).toBe('unreachable');
    expect(clock.pending).toBe(0);
  });
});
