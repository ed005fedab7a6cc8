/**
 * A certificate authority that lives as long as its process, and the certificates it signs. Practice mode and the tests
 * need it for mutual TLS without a file, a tool or a secret that outlives them. BoringSSL (Electron) is stricter than
 * OpenSSL (Node), so chains follow RFC 5280: critical basicConstraints and keyUsage, positive serial numbers, key
 * identifiers.
 */
import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

const HOUR_MS = 3_600_000;
const VALID_FOR_MS = 365 * 24 * HOUR_MS;

/** A certificate with its private key (PKCS#8, not encrypted), both PEM. */
export interface KeyedCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

/** UTC, in ms. The default is from an hour ago (clocks differ) for a year. */
export interface Validity {
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface ThrowawayCa {
  readonly caPem: string;
  /** For `localhost`, `127.0.0.1` and `::1`. */
  issueServer(): Promise<KeyedCertificate>;
  /** A merchant's client certificate, as apiclient_cert.pem: its common name is the merchant number. */
  issueMerchant(mchId: string, validity?: Validity): Promise<KeyedCertificate>;
}

/** Makes the authority. `nowMs` is UTC. `random` returns the requested number of unpredictable bytes. */
export async function createThrowawayCa(
  nowMs: number,
  random: (size: number) => Uint8Array = randomBytes,
): Promise<ThrowawayCa> {
  const usual: Validity = { fromMs: nowMs - HOUR_MS, untilMs: nowMs + VALID_FOR_MS };
  const { publicKey, privateKey: caKey } = await newKeys();
  const caName = [{ name: 'commonName', value: `FacePay practice CA ${serialFrom(random).slice(0, 8)}` }];
  const ca = blank(publicKey, serialFrom(random), usual);
  ca.setSubject(caName);
  ca.setIssuer(caName);
  ca.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(forge.pki.privateKeyFromPem(caKey), forge.md.sha256.create());

  async function issue(
    commonName: string,
    validity: Validity,
    extensions: readonly object[],
  ): Promise<KeyedCertificate> {
    const keys = await newKeys();
    const certificate = blank(keys.publicKey, serialFrom(random), validity);
    certificate.setSubject([{ name: 'commonName', value: commonName }]);
    certificate.setIssuer(caName);
    certificate.setExtensions([
      { name: 'basicConstraints', critical: true, cA: false },
      { name: 'keyUsage', critical: true, digitalSignature: true },
      ...extensions,
      { name: 'subjectKeyIdentifier' },
      { name: 'authorityKeyIdentifier', keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes() },
    ]);
    certificate.sign(forge.pki.privateKeyFromPem(caKey), forge.md.sha256.create());
    return { certPem: forge.pki.certificateToPem(certificate), keyPem: keys.privateKey };
  }

  return {
    caPem: forge.pki.certificateToPem(ca),
    issueServer: () => issue('localhost', usual, [{ name: 'extKeyUsage', serverAuth: true }, LOOPBACK_NAMES]),
    issueMerchant: (mchId, validity = usual) => issue(mchId, validity, [{ name: 'extKeyUsage', clientAuth: true }]),
  };
}

/** RFC 5280, 4.2.1.6: type 2 is a DNS name, type 7 an address. */
const LOOPBACK_NAMES = {
  name: 'subjectAltName',
  altNames: [
    { type: 2, value: 'localhost' },
    { type: 7, ip: '127.0.0.1' },
    { type: 7, ip: '::1' },
  ],
} as const;

/** apiclient_cert.p12 as WeChat Pay's merchant platform issues it: 3DES, with the merchant number as its passphrase. */
export function toPkcs12({ certPem, keyPem }: KeyedCertificate, passphrase: string): Buffer {
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(keyPem),
    forge.pki.certificateFromPem(certPem),
    passphrase,
    { algorithm: '3des', friendlyName: 'Tenpay Certificate' },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

interface PemKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Native and off the main thread; node-forge's own generator takes seconds. */
const newKeys = (): Promise<PemKeys> =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });

function blank(publicKeyPem: string, serialNumber: string, validity: Validity): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKeyPem);
  certificate.serialNumber = serialNumber;
  certificate.validity.notBefore = new Date(validity.fromMs);
  certificate.validity.notAfter = new Date(validity.untilMs);
  return certificate;
}

/** 128 bits in hex. A first byte of 40..7f keeps the number positive and its encoding the shortest. */
function serialFrom(random: (size: number) => Uint8Array): string {
  const bytes = Buffer.from(random(16));
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}
