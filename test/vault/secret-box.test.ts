/** How safe a key store is, by what safeStorage reports: the facts of Linux, Windows and macOS as a table. */
import { expect, test } from 'vitest';
import { keyStoreKind, noSecretBox, type KeyStoreSigns } from '../../electron/vault/secret-box.ts';

const V10 = Buffer.from('v10 and the rest');
const V11 = Buffer.from('v11 and the rest');

test.each<[string, KeyStoreSigns, string]>([
  [
    'Linux with a Secret Service',
    { platform: 'linux', available: true, backend: 'gnome_libsecret', sample: V11 },
    'real',
  ],
  ['Linux with a KWallet', { platform: 'linux', available: true, backend: 'kwallet6', sample: V11 }, 'real'],
  [
    'Linux without a key ring, as Chromium calls it',
    { platform: 'linux', available: true, backend: 'basic_text', sample: V10 },
    'public-key',
  ],
  [
    'Linux that names a key ring and does not use it',
    { platform: 'linux', available: true, backend: 'gnome_libsecret', sample: V10 },
    'public-key',
  ],
  ['Linux that does not know', { platform: 'linux', available: true, backend: 'unknown', sample: V11 }, 'public-key'],
  [
    'Linux with an answer cut short',
    { platform: 'linux', available: true, backend: 'kwallet5', sample: Buffer.from('v') },
    'public-key',
  ],
  ['Linux with nothing', { platform: 'linux', available: false, backend: 'basic_text', sample: null }, 'none'],
  [
    'Linux whose key ring fails',
    { platform: 'linux', available: true, backend: 'gnome_libsecret', sample: null },
    'none',
  ],
  ['Windows (DPAPI)', { platform: 'win32', available: true, backend: 'unknown', sample: V10 }, 'real'],
  ['macOS (Keychain)', { platform: 'darwin', available: true, backend: 'unknown', sample: V10 }, 'real'],
  [
    'macOS with a Keychain that is shut',
    { platform: 'darwin', available: false, backend: 'unknown', sample: null },
    'none',
  ],
])('%s', (_where, signs, kind) => {
  expect(keyStoreKind(signs)).toBe(kind);
});

test('a program without a key store says so, and wraps nothing', async () => {
  expect(await noSecretBox.kind()).toBe('none');
  expect(await noSecretBox.unwrap(V11)).toEqual({ ok: false, error: 'in-key-store' });
  await expect(noSecretBox.wrap(V11)).rejects.toThrow();
});
