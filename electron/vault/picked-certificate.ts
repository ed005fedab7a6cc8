/**
 * A certificate during import: one file after another, as a person chooses them, until key and certificate are
 * together.
 */
import type { SetupDraft } from '../../shared/contract/setup.ts';
import type { Result } from '../../shared/result.ts';
import { readCertificateFile, together, type CertificateFile } from './certificate-files.ts';
import {
  certificateFacts,
  importP12,
  importRead,
  type CertificateProblem,
  type ImportedCertificate,
} from './certificate-import.ts';

export type PickedCertificate =
  | { readonly state: 'none' }
  // No passphrase tried so far opens it.
  | { readonly state: 'p12'; readonly bytes: Uint8Array; readonly wrong: boolean }
  | ({ readonly state: 'half' } & Pick<CertificateFile, 'certs' | 'keys'>)
  | { readonly state: 'refused'; readonly code: CertificateProblem }
  | { readonly state: 'ready'; readonly imported: ImportedCertificate };

/**
 * `files`: what was chosen at once. `before`: what is there already; `files` may contain its missing half. What is neither
 * certificate nor key does no harm beside a good pair.
 */
export function pickCertificate(
  before: PickedCertificate,
  files: readonly Uint8Array[],
  mchId: string,
  wallMs: number,
): PickedCertificate {
  const each = files.map((bytes) => ({ bytes, read: readCertificateFile(bytes) }));
  const read = together(each.map((file) => file.read));
  const half = before.state === 'half' ? before : { certs: [], keys: [] };
  const certs = read.certs.length > 0 ? read.certs : half.certs;
  const keys = read.keys.length > 0 ? read.keys : half.keys;
  if (certs.length > 0 && keys.length > 0) return imported(importRead({ ...read, certs, keys }, null, wallMs));
  const p12 = each.find((file) => file.read.isP12);
  if (p12 !== undefined) return openP12(p12.bytes, mchId, wallMs, false);
  const [fault] = read.faults;
  if (fault !== undefined) return { state: 'refused', code: fault };
  return certs.length === 0 && keys.length === 0
    ? { state: 'refused', code: 'not-a-certificate' }
    : { state: 'half', certs, keys };
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
      return { state: picked.keys.length === 0 ? 'key-missing' : 'certificate-missing' };
    case 'refused':
      return { state: 'refused', code: picked.code };
    case 'ready': {
      const facts = certificateFacts(picked.imported.certPem);
      return facts === null ? { state: 'refused', code: 'cert-unreadable' } : { state: 'ready', facts };
    }
  }
}
