/** The till software's token: shown once when it is made, stored only as a digest. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const TOKEN_BYTES = 32;
const TOKEN = /^Bearer (fpk_[0-9A-Za-z_-]{43})$/;

export const keptTokenSchema = z.strictObject({
  /** Names the token in the audit trail and on the technician's page. Reveals nothing about its secret. */
  id: z.string().regex(/^[0-9a-f]{6}$/),
  /** SHA-256, hex. 256 random bits need no slower digest: they cannot be guessed. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** UTC ms. */
  madeAtMs: z.number(),
});
export type KeptToken = z.infer<typeof keptTokenSchema>;

/** A new token from `bytes` (32 random ones), and what is stored of it. */
export function newToken(bytes: Buffer, madeAtMs: number): { readonly token: string; readonly kept: KeptToken } {
  const token = `fpk_${bytes.toString('base64url')}`;
  const digest = digestOf(token).toString('hex');
  // From a digest of the digest, so that the id does not show even six hex digits of the compared value.
  const id = createHash('sha256').update(digest).digest('hex').slice(0, 6);
  return { token, kept: { id, digest, madeAtMs } };
}

/** Whether an Authorization header carries the stored token. Takes the same time wherever they differ. */
export function carries(authorization: string | undefined, kept: KeptToken | null): boolean {
  const token = TOKEN.exec(authorization ?? '')?.[1];
  return token !== undefined && kept !== null && timingSafeEqual(digestOf(token), Buffer.from(kept.digest, 'hex'));
}

const digestOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();
