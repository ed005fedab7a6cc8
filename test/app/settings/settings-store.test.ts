/** Settings and secrets switch together: at whatever step the power is cut, the terminal has a whole set-up afterwards. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import {
  settingsStore,
  type Credentials,
  type SettingsStore,
  type StoredSetUp,
} from '../../../electron/app/settings/settings-store.ts';
import { merchantSchema, terminalSchema } from '../../../shared/settings.ts';
import { temporaryFolder } from '../../support/command.ts';
import { withPower } from '../../support/failing-files.ts';
import { noSecretBox, type SecretBox } from '../../../electron/vault/secret-box.ts';
import { FakeKeyStore } from '../../support/secrets/fake-key-store.ts';
import { CHEAP } from '../../support/secrets/scrypt.ts';

vi.mock('node:fs', async (importOriginal) => {
  const { failingFiles } = await import('../../support/failing-files.ts');
  return failingFiles(await importOriginal());
});

const setUpOf = (mchId: string, storeName = 'Shop'): StoredSetUp => ({
  merchant: merchantSchema.parse({ appid: 'wx1', mchId }),
  terminal: terminalSchema.parse({ storeName }),
  credentials: { apiKey: `key-of-${mchId}`, certPem: `cert-of-${mchId}`, keyPem: `private-of-${mchId}`, caPem: null },
  seal: { protection: 'device' },
});
const [ONE, TWO, THREE] = [setUpOf('1900000001'), setUpOf('1900000002', 'Other shop'), setUpOf('1900000003')];

const storeIn = (at: Profile, box: SecretBox = noSecretBox): SettingsStore => settingsStore(at, '', box, CHEAP);

let profile: Profile;
let store: SettingsStore;
beforeEach(() => {
  profile = profileIn(join(temporaryFolder(), 'profile'));
  store = storeIn(profile);
});

/** The set-up that a process would find if it started now; an incomplete set-up fails the test. */
async function whole(at: Profile = profile): Promise<string> {
  const fresh = storeIn(at);
  const settings = fresh.settings();
  if (!settings.ok) throw new Error(`settings: ${settings.error}`);
  const { merchant, terminal } = settings.value;
  if (merchant === null) return 'none';
  const credentials = await fresh.credentials();
  if (!credentials.ok) throw new Error(`credentials: ${credentials.error}`);
  const { mchId } = merchant;
  expect(credentials.value).toEqual(setUpOf(mchId).credentials);
  return `${mchId} ${terminal.storeName}`;
}

async function previous(): Promise<Credentials | string> {
  const read = await store.previousCredentials();
  return read.ok ? read.value : read.error;
}

const sealedFiles = (at: Profile = profile): string[] =>
  readdirSync(at.folder).filter((name) => name.includes('.sealed'));

describe('a set-up', () => {
  it('is stored whole, and replaced whole; the one before is kept', async () => {
    expect(await whole()).toBe('none');
    expect((await store.switchTo(ONE)).ok).toBe(true);
    expect([await whole(), await previous()]).toEqual(['1900000001 Shop', 'missing']);
    expect((await store.switchTo(TWO)).ok).toBe(true);
    expect([await whole(), await previous()]).toEqual(['1900000002 Other shop', ONE.credentials]);
    expect(sealedFiles().map((name) => statSync(join(profile.folder, name)).mode & 0o777)).toEqual([0o600, 0o600]);
  });

  it('can be gone back from, until it has been seen to work', async () => {
    await store.switchTo(ONE);
    const seenBefore = store.proving();
    await store.switchTo(TWO);
    seenBefore();
    expect(await previous(), 'what the first was seen to do says nothing of the second').toEqual(ONE.credentials);
    const seen = store.proving();
    expect(store.goBack().ok).toBe(true);
    expect(await whole()).toBe('1900000001 Other shop');
    seen();
    expect(await whole(), 'what the other one was seen to do says nothing of this one').toBe('1900000001 Other shop');
    await store.switchTo(TWO);
    store.proving()();
    expect(store.goBack()).toEqual({ ok: false, error: 'no-previous' });
    expect([await whole(), await previous(), sealedFiles().length]).toEqual(['1900000002 Other shop', 'missing', 1]);
  });

  it('that was never seen to work does not take the place of one that was', async () => {
    await store.switchTo(ONE);
    store.proving()();
    await store.switchTo(TWO);
    await store.switchTo(THREE);
    expect(await previous()).toEqual(ONE.credentials);
    store.goBack();
    expect(await whole()).toBe('1900000001 Shop');
  });

  it('is put back by what the switch returned', async () => {
    await store.switchTo(ONE);
    const before = await store.switchTo(TWO);
    if (!before.ok) throw new Error(before.error);
    expect(store.restore(before.value).ok).toBe(true);
    expect(await whole()).toBe('1900000001 Shop');
  });

  it('of the first version, whose secrets had one place, is read and replaced', async () => {
    await store.switchTo(ONE);
    const { secrets: _none, ...first } = JSON.parse(readFileSync(profile.settings, 'utf8')) as { secrets: unknown };
    writeFileSync(profile.settings, JSON.stringify(first));
    expect(await whole()).toBe('1900000001 Shop');
    await store.switchTo(TWO);
    expect([await whole(), await previous()]).toEqual(['1900000002 Other shop', ONE.credentials]);
    store.proving()();
    expect(existsSync(profile.credentials)).toBe(false);
  });

  it('names its secrets by a file of the profile and no other', async () => {
    await store.switchTo(ONE);
    const text = readFileSync(profile.settings, 'utf8');
    for (const file of [
      '../credentials.sealed',
      '/etc/passwd',
      'credentials-0.sealed',
      'device.secret',
      'credentials-0123456789abcdef.sealed.new',
    ]) {
      writeFileSync(profile.settings, text.replace(/"file": "[^"]*"/, `"file": "${file}"`));
      rmSync(`${profile.settings}.kept`, { force: true });
      expect(store.settings()).toEqual({ ok: false, error: 'damaged' });
    }
  });

  it('is refused where the key store gives something else back than it was given, and the old one stays', async () => {
    await store.switchTo(ONE);
    const box = new FakeKeyStore();
    box.wrap = () => Promise.resolve(Buffer.from('nothing of mine'));
    const bad = storeIn(profile, box);
    expect(await bad.switchTo({ ...TWO, seal: { protection: 'key-store' } })).toEqual({ ok: false, error: 'io' });
    expect(await whole()).toBe('1900000001 Shop');
  });
});

/** Each act, starting from a set-up that works, and the complete set-ups that may be there after a cut. */
const acts: readonly {
  readonly what: string;
  readonly before: readonly StoredSetUp[];
  readonly act: (store: SettingsStore) => Promise<unknown>;
  readonly after: string[];
}[] = [
  { what: 'setting a new terminal up', before: [], act: (to) => to.switchTo(ONE), after: ['none', '1900000001 Shop'] },
  {
    what: 'replacing merchant and certificate',
    before: [ONE],
    act: (to) => to.switchTo(TWO),
    after: ['1900000001 Shop', '1900000002 Other shop'],
  },
  {
    what: 'replacing one that was never seen to work',
    before: [ONE, TWO],
    act: (to) => to.switchTo(THREE),
    after: ['1900000002 Other shop', '1900000003 Shop'],
  },
  {
    what: 'going back',
    before: [ONE, TWO],
    act: (to) => Promise.resolve(to.goBack()),
    after: ['1900000001 Other shop', '1900000002 Other shop'],
  },
  { what: 'putting the old one away', before: [ONE, TWO], act: (to) => { to.proving()(); return Promise.resolve(); }, after: ['1900000002 Other shop'] }, // prettier-ignore
];

describe('a power cut', () => {
  it.each(acts)('at any step of $what leaves a terminal with a whole set-up', async ({ before, act, after }) => {
    for (const setUp of before) await store.switchTo(setUp);
    const copy = (name: string): Profile => {
      const to = profileIn(join(temporaryFolder(), name));
      if (existsSync(profile.folder)) cpSync(profile.folder, to.folder, { recursive: true });
      return to;
    };
    const { steps } = await withPower(() => act(storeIn(copy('whole'))));
    expect(steps).toBeGreaterThan(3);
    const found = new Set<string>();
    for (const deed of ['before', 'half'] as const) {
      for (let at = 1; at <= steps; at += 1) {
        const victim = copy(`${deed}-${String(at)}`);
        const ended = await withPower(() => act(storeIn(victim)), { at, deed });
        expect(ended.value, `step ${String(at)}`).toBe('cut');
        const now = await whole(victim);
        expect(after, `step ${String(at)} of ${String(steps)}, ${deed}`).toContain(now);
        found.add(now);
      }
    }
    // After an early cut it is the old set-up; after the switch itself it is the new one.
    expect(found.has(after[0] ?? '')).toBe(true);
    if (after.length > 1) expect(found.has(after[1] ?? '')).toBe(true);
  });
});
