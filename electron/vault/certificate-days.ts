/** How long a certificate is still valid. */
import { X509Certificate } from 'node:crypto';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Days before the end at which people are warned. The last warning is for everyone. */
export const EXPIRY_STAGES = [30, 14, 7, 1] as const;
export type ExpiryStage = (typeof EXPIRY_STAGES)[number] | 'expired';

/** Whole days until `notAfterMs`; 0 on the last of them, below 0 once it has expired. */
export const daysLeft = (notAfterMs: number, wallMs: number): number => Math.floor((notAfterMs - wallMs) / DAY_MS);

/** The last warning stage that has been reached; `null` while there is more time than the first stage. */
export function expiryStage(notAfterMs: number, wallMs: number): ExpiryStage | null {
  if (wallMs > notAfterMs) return 'expired';
  return EXPIRY_STAGES.findLast((days) => notAfterMs - wallMs <= days * DAY_MS) ?? null;
}

/** UTC ms; `null` if the text is no certificate. */
export function validityOf(certPem: string): { readonly notBeforeMs: number; readonly notAfterMs: number } | null {
  try {
    const { validFrom, validTo } = new X509Certificate(certPem);
    return { notBeforeMs: Date.parse(validFrom), notAfterMs: Date.parse(validTo) };
  } catch {
    // The parser throws if the text is no certificate.
    return null;
  }
}
