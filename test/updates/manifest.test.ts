import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { installerKindOf } from '../../electron/updates/look.ts';
import { fileFor, keyIdOf, makeManifest, readManifest, type Release } from '../../electron/updates/manifest.ts';
import { installerNames, releaseKeys } from '../support/terminal/update-feed.ts';

const keys = releaseKeys();
const sum = (byte: number): string => Buffer.alloc(64, byte).toString('base64');
const release: Release = {
  facepayUpdate: 1,
  channel: 'latest',
  version: '1.4.0',
  minimumVersion: '1.0.0',
  releasedAt: '2026-11-20T08:00:00.000Z',
  stagingPercentage: 25,
  files: [{ name: 'setup-1.4.0-x64.exe', sha512: sum(7), size: 90_000_000 }],
};
function signed(of: Release = release): string {
  const made = makeManifest(of, keys.privateKeyPem);
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

describe('a manifest', () => {
  it('holds under the key it was signed with, whatever its spacing', () => {
    expect(readManifest(signed(), keys.publicKeyPem)).toEqual({ ok: true, value: release });
    expect(readManifest(JSON.stringify(JSON.parse(signed())), keys.publicKeyPem)).toEqual({ ok: true, value: release });
  });

  it.each([
    ['version', '9.9.9'],
    ['minimumVersion', '0.0.1'],
    ['channel', 'beta'],
    ['releasedAt', '2027-01-01T00:00:00.000Z'],
    ['stagingPercentage', 100],
    ['files', [{ name: 'setup-1.4.0-x64.exe', sha512: sum(8), size: 90_000_000 }]],
    ['files', [{ name: 'setup-1.4.0-x64.exe', sha512: sum(7), size: 90_000_001 }]],
    ['files', [{ name: 'other-1.4.0-x64.exe', sha512: sum(7), size: 90_000_000 }]],
    ['signature', sum(1)],
  ])('is refused with another %s', (field, value) => {
    const changed = { ...(JSON.parse(signed()) as object), [field]: value };
    expect(readManifest(JSON.stringify(changed), keys.publicKeyPem)).toEqual({ ok: false, error: 'bad-signature' });
  });

  it('is refused with any one byte of it changed, or taken away', () => {
    const text = signed().replaceAll(/\s/g, '');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), fc.boolean(), (at, code, remove) => {
        const put = remove ? '' : String.fromCharCode(code);
        fc.pre(put !== text[at]);
        expect(readManifest(text.slice(0, at) + put + text.slice(at + 1), keys.publicKeyPem).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is refused under another key, and without one', () => {
    expect(readManifest(signed(), releaseKeys().publicKeyPem)).toEqual({ ok: false, error: 'bad-signature' });
    expect(readManifest(signed(), null)).toEqual({ ok: false, error: 'no-key' });
    expect(readManifest(signed(), 'no key')).toEqual({ ok: false, error: 'no-key' });
  });

  it.each([
    ['a path out of the feed', { files: [{ name: '../evil.exe', sha512: sum(7), size: 1 }] }],
    ['a sum of another length', { files: [{ name: 'a.exe', sha512: 'AAAA', size: 1 }] }],
    ['a version that sorts otherwise', { version: '1.4.0-beta.1' }],
    ['nothing in it', { files: [] }],
    ['a stage beyond everybody', { stagingPercentage: 101 }],
  ])('cannot be made with %s', (_what, change) => {
    expect(makeManifest({ ...release, ...change }, keys.privateKeyPem)).toEqual({ ok: false, error: 'bad-release' });
  });

  it('is not made with a public key; a valid key has an id, an invalid one has none', () => {
    expect(makeManifest(release, keys.publicKeyPem)).toEqual({ ok: false, error: 'unsuitable-key' });
    expect(keyIdOf(keys.publicKeyPem)).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
    expect(keyIdOf('')).toBeNull();
  });
});

describe('the installer for a terminal', () => {
  const file = (name: string): Release['files'][number] => ({ name, sha512: sum(1), size: 1 });
  it('has its ending, and its processor where there are several', () => {
    const files = [file('a-arm64.exe'), file('a-x64.exe'), file('a.AppImage')];
    expect(fileFor(files, 'exe', 'x64')?.name).toBe('a-x64.exe');
    expect(fileFor(files, 'appimage', 'x64')?.name).toBe('a.AppImage');
    expect(fileFor(files, 'deb', 'x64')).toBeNull();
    expect(fileFor([file('a-1.exe'), file('a-2.exe')], 'exe', 'x64')).toBeNull();
  });

  it.each([
    ['win32', false, 'x64', 0],
    ['linux', true, 'x64', 1],
    ['linux', false, 'x64', 2],
    ['win32', false, 'arm64', 3],
    ['linux', true, 'arm64', 4],
    ['linux', false, 'arm64', 5],
  ] as const)('is found among all that one build makes: %s, AppImage %s, %s', (platform, isAppImage, arch, index) => {
    const names = installerNames('1.2.3');
    const kind = installerKindOf('nsis', platform, isAppImage, arch);
    const all = ['facepay-kiosk-portable-1.2.3-arm64.exe', 'facepay-kiosk-portable-1.2.3-x64.exe', ...names].map(file);
    expect(fileFor(all, kind?.ending ?? '', kind?.arch ?? '')?.name).toBe(names[index]);
  });
});
