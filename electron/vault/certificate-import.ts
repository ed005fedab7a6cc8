/**
 * Turns a merchant's certificate files into PEM texts, once, at set-up. WeChat's apiclient_cert.p12 uses encryption
 * that OpenSSL 3 refuses and BoringSSL accepts. So TLS never gets a p12: node-forge reads it the same way everywhere.
 */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import forge from 'node-forge';
import type { CertificateFacts, CertificateProblem } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

export interface ImportedCertificate {
  readonly certPem: string;
  /** PKCS#8, not encrypted: it goes into the vault, never into a file. */
  readonly keyPem: string;
  /** UTC ms. */
  readonly notAfterMs: number;
}

export type { CertificateProblem } from '../../shared/contract/setup.ts';

/**
 * From PKCS#12 bytes. The passphrase is the mch_id unless the merchant changed it. `mchId` is null if the merchant is
 * not known yet; then `merchantProblem` must be called later.
 */
export function importP12(
  bytes: Uint8Array,
  passphrase: string,
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  const bags = p12Bags(bytes, passphrase);
  if (!bags.ok) return bags;
  const { key, certs } = bags.value;
  const own = certs.find((cert) => belongsTo(cert, key));
  if (own === undefined) return fail(certs.length === 0 ? 'p12-incomplete' : 'key-mismatch');
  return importPem(forge.pki.certificateToPem(own), forge.pki.privateKeyToPem(key), mchId, wallMs);
}

/** From apiclient_cert.pem and apiclient_key.pem. */
export function importPem(
  certText: string,
  keyText: string,
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  const cert = parsed(() => new X509Certificate(certText));
  if (cert === null) return fail('cert-unreadable');
  const key = parsed(() => createPrivateKey(keyText));
  if (key === null) return fail('key-unreadable');
  const problem = cert.checkPrivateKey(key) ? unusable(cert, mchId, wallMs) : 'key-mismatch';
  if (problem !== null) return fail(problem);
  return ok({
    certPem: cert.toString(),
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    notAfterMs: Date.parse(cert.validTo),
  });
}

/** What a certificate says about itself; `null` if the text is not a certificate. */
export function certificateFacts(certPem: string): CertificateFacts | null {
  const cert = parsed(() => new X509Certificate(certPem));
  if (cert === null) return null;
  return {
    subject: cert.subject.split('\n').join(', '),
    serial: cert.serialNumber,
    notBeforeMs: Date.parse(cert.validFrom),
    notAfterMs: Date.parse(cert.validTo),
    fingerprint: cert.fingerprint256,
  };
}

/** Why a certificate cannot be used for this merchant now; `null` if it can. */
export function merchantProblem(certPem: string, mchId: string, wallMs: number): CertificateProblem | null {
  const cert = parsed(() => new X509Certificate(certPem));
  return cert === null ? 'cert-unreadable' : unusable(cert, mchId, wallMs);
}

function unusable(cert: X509Certificate, mchId: string | null, wallMs: number): CertificateProblem | null {
  if (wallMs > Date.parse(cert.validTo)) return 'cert-expired';
  if (wallMs < Date.parse(cert.validFrom)) return 'cert-not-yet-valid';
  const named = /^CN=(\d+)$/m.exec(cert.subject)?.[1];
  return named !== undefined && mchId !== null && named !== mchId ? 'cert-of-other-merchant' : null;
}

interface Bags {
  readonly key: forge.pki.rsa.PrivateKey;
  readonly certs: readonly forge.pki.Certificate[];
}

function p12Bags(bytes: Uint8Array, passphrase: string): Result<Bags, CertificateProblem> {
  const asn1 = parsed(() => forge.asn1.fromDer(Buffer.from(bytes).toString('binary')));
  if (asn1 === null) return fail('p12-unreadable');
  const p12 = parsed(() => forge.pkcs12.pkcs12FromAsn1(asn1, passphrase));
  if (p12 === null) return fail('p12-passphrase');
  const bagsOf = (type: string | undefined): readonly forge.pkcs12.Bag[] =>
    type === undefined ? [] : (p12.getBags({ bagType: type })[type] ?? []);
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const certs = bagsOf(certBag).flatMap(({ cert }) => (cert === undefined ? [] : [cert]));
  const key = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].find((bag) => bag.key !== undefined)?.key;
  return key === undefined ? fail('p12-incomplete') : ok({ key, certs });
}

function belongsTo({ publicKey }: forge.pki.Certificate, key: forge.pki.rsa.PrivateKey): boolean {
  return 'n' in publicKey && publicKey.n.compareTo(key.n) === 0;
}

/**
 * The parsers report "unreadable" by throwing. Their messages differ by engine, so only the fact that they threw
 * counts.
 */
function parsed<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
