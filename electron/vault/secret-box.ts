/**
 * A key store outside this program that keeps a secret for it. The vault says here what it needs; the shell has it from
 * Electron's safeStorage, and whoever runs without Electron has none.
 */
import type { KeyStore } from '../../shared/contract/setup.ts';
import { fail, type Result } from '../../shared/result.ts';

export type BoxProblem =
  | 'in-key-store' // this program has no way to the key store; the app has
  | 'key-store-unavailable' // there is one, and it does not answer now: locked, or not running
  | 'key-store-refused'; // it does not know what it is asked to open: another account, another machine, an edit

export interface Unwrapped {
  /** Whoever asked for it fills it with zeros after use. */
  readonly secret: Buffer;
  /** The key store has a newer key or a better protection: wrap it anew. */
  readonly stale: boolean;
}

export interface SecretBox {
  /** What it is worth; only `real` protects. Never throws. */
  kind(): Promise<KeyStore>;
  /** Throws where it cannot; ask `kind` first. */
  wrap(secret: Uint8Array): Promise<Buffer>;
  unwrap(wrapped: Uint8Array): Promise<Result<Unwrapped, BoxProblem>>;
}

/** Of a program without a key store: the terminal command, and most tests. */
export const noSecretBox: SecretBox = {
  kind: () => Promise.resolve('none'),
  wrap: () => Promise.reject(new Error('there is no key store here')),
  unwrap: () => Promise.resolve(fail('in-key-store')),
};

/** What safeStorage tells about itself. */
export interface KeyStoreSigns {
  /** `process.platform`. */
  readonly platform: string;
  readonly available: boolean;
  /** `getSelectedStorageBackend()`, which only Linux has. */
  readonly backend: string;
  /** Something it has just encrypted; `null` where that failed. */
  readonly sample: Uint8Array | null;
}

/**
 * On Linux "available" is said of a key that is printed in Chromium's source as well (posix_key_provider.cc): what that
 * one encrypts begins with `v10`, what the Secret Service's key does with `v11`. Elsewhere `v10` is the usual beginning,
 * and what is available is DPAPI or the Keychain.
 */
export function keyStoreKind({ platform, available, backend, sample }: KeyStoreSigns): KeyStore {
  if (!available || sample === null) return 'none';
  if (platform !== 'linux') return 'real';
  const tag = Buffer.from(sample.subarray(0, 3)).toString('latin1');
  const named = backend !== 'basic_text' && backend !== 'unknown';
  return named && tag === 'v11' ? 'real' : 'public-key';
}
