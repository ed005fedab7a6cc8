/**
 * Turns a merchant's certificate files into PEM texts, once, at set-up. WeChat's apiclient_cert.p12 uses encryption that
 * OpenSSL 3 refuses and BoringSSL takes, so TLS is never handed one: node-forge reads it the same way everywhere.
 */
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { fail, ok, type Result } from '../../shared/result.ts';

export interface ImportedCertificate {
  readonly certPem: string;
  /** PKCS#8, not encrypted: it goes into the vault, never into a file. */
  readonly keyPem: string;
  /** UTC ms. */
  readonly notAfterMs: number;
}

export type CertificateProblem =
  | 'p12-passphrase' // wrong, or the file is damaged: the two cannot be told apart
  | 'p12-unreadable'
  | 'p12-incomplete' // no key or no certificate in it
  | 'cert-unreadable'
  | 'key-unreadable'
  | 'key-mismatch' // certificate and key do not belong together
  | 'cert-expired'
  | 'cert-not-yet-valid'
  | 'cert-of-other-merchant'; // the subject names another mch_id

/** From PKCS#12 bytes. The passphrase is the mch_id unless the merchant changed it. */
export function importP12(
  bytes: Uint8Array,
  passphrase: string,
  mchId: string,
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
  mchId: string,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  const cert = parsed(() => new X509Certificate(certText));
  if (cert === null) return fail('cert-unreadable');
  const key = parsed(() => createPrivateKey(keyText));
  if (key === null) return fail('key-unreadable');
  const problem = problemOf(cert, key, mchId, wallMs);
  if (problem !== null) return fail(problem);
  return ok({
    certPem: cert.toString(),
    keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    notAfterMs: Date.parse(cert.validTo),
  });
}

function problemOf(cert: X509Certificate, key: KeyObject, mchId: string, wallMs: number): CertificateProblem | null {
  if (!cert.checkPrivateKey(key)) return 'key-mismatch';
  if (wallMs > Date.parse(cert.validTo)) return 'cert-expired';
  if (wallMs < Date.parse(cert.validFrom)) return 'cert-not-yet-valid';
  const named = /^CN=(\d+)$/m.exec(cert.subject)?.[1];
  return named !== undefined && named !== mchId ? 'cert-of-other-merchant' : null;
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

/** The parsers' one way to say "unreadable" is to throw; what they say differs by engine, so only that they did counts. */
function parsed<Value>(parse: () => Value): Value | null {
  try {
    return parse();
  } catch {
    return null;
  }
}
