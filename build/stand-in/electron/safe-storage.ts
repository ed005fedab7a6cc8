// Runs in the stand-in's main process. Why it exists: Electron's asynchronous safeStorage. Its key lies in a
// file beside the data, so it protects nothing; it only behaves like the real one.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { settings } from '../base/settings.ts';
import { strict } from '../base/strict.ts';

const TAG = { real: 'v11', weak: 'v10', unavailable: '' };
const IV_LENGTH = 12;
const AUTH_TAG_LENGTH = 16;

function key(): Buffer {
  const file = path.join(app.getPath('userData'), 'standin-safe-storage.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

/** `safeStorage`: as on a Linux machine whose key store is what STANDIN_KEY_STORE says. */
export const safeStorage: Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
> = strict('safeStorage', {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    await app.whenReady();
    return settings.keyStore !== 'unavailable';
  },
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    await requireKeyStore('encrypting');
    const iv = randomBytes(IV_LENGTH);
    const cipher = createCipheriv('aes-256-gcm', key(), iv);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(TAG[settings.keyStore]), iv, sealed, cipher.getAuthTag()]);
  },
  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    await requireKeyStore('decrypting');
    const tag = encrypted.subarray(0, 3).toString();
    if (tag !== TAG.real && tag !== TAG.weak)
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
    const body = encrypted.subarray(3);
    const decipher = createDecipheriv('aes-256-gcm', key(), body.subarray(0, IV_LENGTH));
    decipher.setAuthTag(body.subarray(-AUTH_TAG_LENGTH));
    const result =
      decipher.update(body.subarray(IV_LENGTH, -AUTH_TAG_LENGTH), undefined, 'utf8') + decipher.final('utf8');
    // Sealed with another key store than the present one: Electron advises to seal it again.
    return { result, shouldReEncrypt: tag !== TAG[settings.keyStore] };
  },
  getSelectedStorageBackend(): ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> {
    return settings.keyStore === 'real' ? 'gnome_libsecret' : 'basic_text';
  },
});

async function requireKeyStore(doing: string): Promise<void> {
  await app.whenReady();
  if (settings.keyStore === 'unavailable')
    throw new Error(`Error while ${doing} with safeStorage: encryption is not available.`);
}
