import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { SignType } from '../../shared/settings.ts';

/** The fields of one v2 message, with names and values as they are in the XML. All values are strings. */
export type Fields = Readonly<Record<string, string>>;

const digests: Record<SignType, (text: string, key: string) => string> = {
  MD5: (text) => hash('md5', text, 'hex'),
  'HMAC-SHA256': (text, key) => createHmac('sha256', key).update(text, 'utf8').digest('hex'),
};

/**
 * `a=1&b=2`: all fields that are not empty, except `sign`, in ASCII order of their names, with raw values
 * (electron/wechat/README.md, "Signature"; no escaping of any kind).
 */
export function canonicalString(fields: Fields): string {
  return Object.keys(fields)
    .filter((name) => name !== 'sign' && fields[name] !== '')
    .sort(byAscii)
    .map((name) => `${name}=${fields[name] ?? ''}`)
    .join('&');
}

/** The upper-case hex signature of `fields` under the merchant's API key: 32 characters for MD5, 64 for HMAC-SHA256. */
export function sign(fields: Fields, apiKey: string, signType: SignType): string {
  return digests[signType](`${canonicalString(fields)}&key=${apiKey}`, apiKey).toUpperCase();
}

/**
 * Whether `fields.sign` exists and is right under `signType`. The algorithm is the request's and is never inferred from
 * the reply, so an attacker cannot make us accept MD5. Unknown extra fields are part of what is signed. Constant-time.
 */
export function verify(fields: Fields, apiKey: string, signType: SignType): boolean {
  const claimed = Buffer.from(fields['sign'] ?? '', 'utf8');
  const right = Buffer.from(sign(fields, apiKey, signType), 'utf8');
  return claimed.length === right.length && timingSafeEqual(claimed, right);
}

/** `<` on strings compares UTF-16 units. For this protocol's ASCII names that is ASCII order, in every locale. */
function byAscii(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
