/**
 * Turns a merchant's certificate files into PEM texts, once, at set-up. WeChat's apiclient_cert.p12 uses encryption
 * that OpenSSL 3 refuses and BoringSSL accepts. So TLS never gets a p12: node-forge reads it the same way everywhere.
 */
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import forge from 'node-forge';
import type { CertificateFacts, CertificateProblem } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import {
  certificateIn,
  readCertificateFiles,
  type CertificateFile,
  type CertificateFiles,
} from './certificate-files.ts';

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
  return bags.value.keys.length === 0 || bags.value.certs.length === 0
    ? fail('p12-incomplete')
    : imported(bags.value, mchId, wallMs);
}

/**
 * From the files that a person chose or a merchant.json names: PEM, DER or base64, in any order and number. Among several
 * certificates the one counts that belongs to the key.
 */
export function importFiles(
  files: readonly Uint8Array[],
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  return importRead(readCertificateFiles(files), mchId, wallMs);
}

/** The same from files that were read already. */
export function importRead(
  { certs, keys, faults }: CertificateFiles,
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  if (certs.length === 0) return fail('cert-unreadable');
  if (keys.length === 0) return fail(faults.find((fault) => fault !== 'cert-unreadable') ?? 'key-unreadable');
  return imported({ certs, keys }, mchId, wallMs);
}

/** From apiclient_cert.pem and apiclient_key.pem. */
export const importPem = (
  certText: string,
  keyText: string,
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> =>
  importFiles([Buffer.from(certText), Buffer.from(keyText)], mchId, wallMs);

/** The shortest RSA key that OpenSSL and BoringSSL take for TLS, and WeChat issues no shorter one. */
const RSA_BITS_MIN = 2_048;

function imported(
  { certs, keys }: Pick<CertificateFile, 'certs' | 'keys'>,
  mchId: string | null,
  wallMs: number,
): Result<ImportedCertificate, CertificateProblem> {
  const [pair] = keys.flatMap((key) =>
    certs.filter((cert) => cert.checkPrivateKey(key)).map((cert) => ({ cert, key })),
  );
  if (pair === undefined) return fail('key-mismatch');
  const { cert, key } = pair;
  const problem = unsuitable(key) ?? unusable(cert, mchId, wallMs);
  if (problem !== null) return fail(problem);
  const certPem = cert.toString();
  const keyPem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return isTakenByTls(certPem, keyPem)
    ? ok({ certPem, keyPem, notAfterMs: Date.parse(cert.validTo) })
    : fail('cert-refused-by-tls');
}

function unsuitable(key: KeyObject): CertificateProblem | null {
  if (key.asymmetricKeyType !== 'rsa') return 'key-not-rsa';
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS_MIN ? 'key-too-short' : null;
}

/** The first call would meet the same refusal, with a customer waiting. */
function isTakenByTls(certPem: string, keyPem: string): boolean {
  return parsed(() => createSecureContext({ cert: certPem, key: keyPem })) !== null;
}

/**
 * The authorities that `file` names, one or several, as PEM one after the other; each of them is trusted. PEM, DER or
 * base64.
 */
export function authoritiesIn(file: Uint8Array): Result<string, 'cert-unreadable'> {
  const { certs, faults } = readCertificateFiles([file]);
  return certs.length === 0 || faults.includes('cert-unreadable')
    ? fail('cert-unreadable')
    : ok(certs.map((cert) => cert.toString()).join(''));
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

/** node-forge knows RSA alone; what it does not understand it leaves as ASN.1, and Node reads that. */
function p12Bags(
  bytes: Uint8Array,
  passphrase: string,
): Result<Pick<CertificateFile, 'certs' | 'keys'>, CertificateProblem> {
  const asn1 = parsed(() => forge.asn1.fromDer(Buffer.from(bytes).toString('binary')));
  if (asn1 === null) return fail('p12-unreadable');
  const p12 = parsed(() => forge.pkcs12.pkcs12FromAsn1(asn1, passphrase));
  if (p12 === null) return fail('p12-passphrase');
  const bagsOf = (type: string | undefined): readonly forge.pkcs12.Bag[] =>
    type === undefined ? [] : (p12.getBags({ bagType: type })[type] ?? []);
  const { certBag, keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  return ok({
    certs: bagsOf(certBag).flatMap(({ cert, asn1: left }) =>
      certificateIn(leftOver(cert) ? derOf(left) : forge.pki.certificateToPem(cert)),
    ),
    keys: [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].flatMap(({ key, asn1: left }) => {
      const read = parsed(() =>
        createPrivateKey(
          leftOver(key) ? { key: derOf(left), format: 'der', type: 'pkcs8' } : forge.pki.privateKeyToPem(key),
        ),
      );
      return read === null ? [] : [read];
    }),
  });
}

/** Its types say `undefined`; it gives `null`. */
const leftOver = (parsedBag: object | null | undefined): parsedBag is null | undefined =>
  parsedBag === undefined || parsedBag === null;

const derOf = (asn1: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');

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
