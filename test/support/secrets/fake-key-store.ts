/** A key store as the vault sees it. It keeps what it wraps under a number, so nothing can be opened without it. */
import type { KeyStore } from '../../../shared/contract/setup.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { SecretBox } from '../../../electron/vault/secret-box.ts';

export class FakeKeyStore implements SecretBox {
  worth: KeyStore = 'real';
  /** Locked: it exists, and does not answer. */
  locked = false;
  /** It has a newer key than the key that wrapped the data. */
  stale = false;
  wraps = 0;
  readonly #kept = new Map<string, Buffer>();

  kind(): Promise<KeyStore> {
    return Promise.resolve(this.locked ? 'none' : this.worth);
  }

  wrap(secret: Uint8Array): Promise<Buffer> {
    this.wraps += 1;
    const name = `wrapped-${String(this.wraps)}`;
    this.#kept.set(name, Buffer.from(secret));
    return Promise.resolve(Buffer.from(name));
  }

  unwrap(wrapped: Uint8Array): ReturnType<SecretBox['unwrap']> {
    if (this.locked) return Promise.resolve(fail('key-store-unavailable'));
    const kept = this.#kept.get(Buffer.from(wrapped).toString());
    // A copy, because the caller fills it with zeros.
    return Promise.resolve(
      kept === undefined ? fail('key-store-refused') : ok({ secret: Buffer.from(kept), stale: this.stale }),
    );
  }
}
