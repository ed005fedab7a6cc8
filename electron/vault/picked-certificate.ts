/**
 * A certificate during import: one file after another, as a person chooses them, until key and certificate are
 * together.
 */
import type { SetupDraft } from '../../shared/contract/setup.ts';
import type { Result } from '../../shared/result.ts';
import {
  certificateFacts,
  importP12,
  importPem,
  type CertificateProblem,
  type ImportedCertificate,
} from './certificate-import.ts';

export type PickedCertificate =
  | { readonly state: 'none' }
  // No passphrase tried so far opens it.
  | { readonly state: 'p12'; readonly bytes: Uint8Array; readonly wrong: boolean }
  | { readonly state: 'half'; readonly certText: string | null; readonly keyText: string | null }
  | { readonly state: 'refused'; readonly code: CertificateProblem }
  | { readonly state: 'ready'; readonly imported: ImportedCertificate };

const CERT_BEGINS = '-----BEGIN CERTIFICATE-----';
const KEY_BEGINS = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;

/** `files`: what was chosen at once. `before`: what is there already; `files` may contain its missing half. */
export function pickCertificate(
  before: PickedCertificate,
  files: readonly Uint8Array[],
  mchId: string,
  wallMs: number,
): PickedCertificate {
  const texts = files.map((bytes) => Buffer.from(bytes).toString('latin1'));
  const p12 = files.find((_bytes, index) => !(texts[index] ?? '').includes('-----BEGIN '));
  if (p12 !== undefined) return openP12(p12, mchId, wallMs, false);
  const half = before.state === 'half' ? before : { certText: null, keyText: null };
  const certText = texts.find((text) => text.includes(CERT_BEGINS)) ?? half.certText;
  const keyText = texts.find((text) => KEY_BEGINS.test(text)) ?? half.keyText;
  if (certText !== null && keyText !== null) return imported(importPem(certText, keyText, null, wallMs));
  if (certText === null && keyText === null) return { state: 'refused', code: 'cert-unreadable' };
  return { state: 'half', certText, keyText };
}

/** Tries another passphrase on a p12 that is not open yet. Anything else is left as it is. */
export const tryPassphrase = (picked: PickedCertificate, passphrase: string, wallMs: number): PickedCertificate =>
  picked.state === 'p12' ? openP12(picked.bytes, passphrase, wallMs, true) : picked;

function openP12(bytes: Uint8Array, passphrase: string, wallMs: number, wrong: boolean): PickedCertificate {
  const opened = importP12(bytes, passphrase, null, wallMs);
  // A copy: the caller who read the file overwrites its own bytes with zeros.
  return !opened.ok && opened.error === 'p12-passphrase'
    ? { state: 'p12', bytes: Buffer.from(bytes), wrong }
    : imported(opened);
}

const imported = (result: Result<ImportedCertificate, CertificateProblem>): PickedCertificate =>
  result.ok ? { state: 'ready', imported: result.value } : { state: 'refused', code: result.error };

/** What may be shown of it. */
export function pickedView(picked: PickedCertificate): SetupDraft['certificate'] {
  switch (picked.state) {
    case 'none':
      return { state: 'none' };
    case 'p12':
      return { state: 'passphrase-needed', wrong: picked.wrong };
    case 'half':
      return { state: picked.keyText === null ? 'key-missing' : 'certificate-missing' };
    case 'refused':
      return { state: 'refused', code: picked.code };
    case 'ready': {
      const facts = certificateFacts(picked.imported.certPem);
      return facts === null ? { state: 'refused', code: 'cert-unreadable' } : { state: 'ready', facts };
    }
  }
}
