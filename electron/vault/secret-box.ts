/**
 * A key store outside this program that keeps a secret for it. The vault states here what it needs. The shell provides
 * it with Electron's safeStorage; a program without Electron has none.
 */
import type { KeyStore } from '../../shared/contract/setup.ts';
import { fail, type Result } from '../../shared/result.ts';

export type BoxProblem =
  | 'in-key-store' // this program cannot reach the key store; the app can
  | 'key-store-unavailable' // there is one, but it does not answer now: locked, or not running
  | 'key-store-refused'; // it cannot open what it was given: another account, another machine, an edit

export interface Unwrapped {
  /** The caller fills it with zeros after use. */
  readonly secret: Buffer;
  /** The key store has a newer key or a better protection: wrap the secret again. */
  readonly stale: boolean;
}

export interface SecretBox {
  /** How good the key store is; only `real` protects. Never throws. */
  kind(): Promise<KeyStore>;
  /** Throws if it cannot; check `kind` first. */
  wrap(secret: Uint8Array): Promise<Buffer>;
  unwrap(wrapped: Uint8Array): Promise<Result<Unwrapped, BoxProblem>>;
}

/** For a program without a key store: the terminal command, and most tests. */
export const noSecretBox: SecretBox = {
  kind: () => Promise.resolve('none'),
  wrap: () => Promise.reject(new Error('there is no key store here')),
  unwrap: () => Promise.resolve(fail('in-key-store')),
};

/** What safeStorage reports about itself. */
export interface KeyStoreSigns {
  /** `process.platform`. */
  readonly platform: string;
  readonly available: boolean;
  /** `getSelectedStorageBackend()`, which only Linux has. */
  readonly backend: string;
  /** Something it has just encrypted; `null` if that failed. */
  readonly sample: Uint8Array | null;
}

/**
 * On Linux safeStorage also says "available" of a key that is printed in Chromium's source (posix_key_provider.cc).
 * What that key encrypts begins with `v10`; what the Secret Service's key encrypts begins with `v11`. On other systems
 * `v10` is the usual beginning, and what is available is DPAPI or the Keychain.
 */
export function keyStoreKind({ platform, available, backend, sample }: KeyStoreSigns): KeyStore {
  if (!available || sample === null) return 'none';
  if (platform !== 'linux') return 'real';
  const tag = Buffer.from(sample.subarray(0, 3)).toString('latin1');
  const named = backend !== 'basic_text' && backend !== 'unknown';
  return named && tag === 'v11' ? 'real' : 'public-key';
}
