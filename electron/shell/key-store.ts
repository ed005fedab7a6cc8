/**
 * The operating system's key store through Electron's safeStorage. It uses the asynchronous functions, because the
 * others are deprecated.
 */
import { app, safeStorage } from 'electron';
import { fail, ok } from '../../shared/result.ts';
import type { Log } from '../base/log.ts';
import { keyStoreKind, type SecretBox } from '../vault/secret-box.ts';

/** Waits for the app to be ready: safeStorage does not work before that. */
export function systemKeyStore(log: Log): SecretBox {
  return {
    async kind() {
      await app.whenReady();
      try {
        const available = await safeStorage.isAsyncEncryptionAvailable();
        const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'unknown';
        const sample = available ? await safeStorage.encryptStringAsync('sample') : null;
        return keyStoreKind({ platform: process.platform, available, backend, sample });
      } catch (error) {
        // A locked or missing key ring makes the call fail; then there is no key store.
        log.warn({ error }, 'the key store does not answer');
        return 'none';
      }
    },
    async wrap(secret) {
      await app.whenReady();
      return safeStorage.encryptStringAsync(Buffer.from(secret).toString('base64'));
    },
    async unwrap(wrapped) {
      await app.whenReady();
      try {
        if (!(await safeStorage.isAsyncEncryptionAvailable())) return fail('key-store-unavailable');
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(wrapped));
        return ok({ secret: Buffer.from(result, 'base64'), stale: shouldReEncrypt });
      } catch (error) {
        // safeStorage throws if this was not encrypted here.
        log.warn({ error }, 'the key store does not open what it is said to have sealed');
        return fail('key-store-refused');
      }
    },
  };
}
