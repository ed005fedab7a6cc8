/** Ed25519 keys from PEM texts, which people hand over as files. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** `null` if the text is no Ed25519 private key. */
export const ed25519PrivateKey = (pem: string): KeyObject | null => ed25519(() => createPrivateKey(pem));

/** `null` if the text is no Ed25519 public key. */
export const ed25519PublicKey = (pem: string): KeyObject | null => ed25519(() => createPublicKey(pem));

function ed25519(parse: () => KeyObject): KeyObject | null {
  try {
    const key = parse();
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    // The parser throws for every text that is no key.
    return null;
  }
}
