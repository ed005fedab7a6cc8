/**
 * Whom the terminal trusts as WeChat Pay, and how it proves its own identity. The same for calls and for the self-test.
 * No switch turns it off.
 */
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { NoAnswer } from '../../shared/order/order.ts';

/** What proves our identity to the gateway. PEM texts, decrypted only in the memory of the main process. */
export interface TlsIdentity {
  readonly certPem: string;
  readonly keyPem: string;
  /** Only for a private gateway (practice): trusted instead of the built-in roots. */
  readonly caPem: string | null;
}

/** Without `own` only the other end proves its identity. */
export const secureContextOf = (
  caPem: string | null,
  own: Pick<TlsIdentity, 'certPem' | 'keyPem'> | null,
): SecureContext =>
  createSecureContext({
    minVersion: 'TLSv1.2',
    ...(own === null ? {} : { cert: own.certPem, key: own.keyPem }),
    // Listed explicitly even if they are Node's defaults: otherwise NODE_EXTRA_CA_CERTS and NODE_OPTIONS would add to
    // them.
    ca: caPem ?? [...rootCertificates],
  });

/** TLS forbids an IP address as server name (SNI). The certificate is then checked against the address itself. */
export const serverName = (host: string): string => (/^[\d.]+$|:/.test(host) ? '' : host);

/**
 * The possible errors when a server's certificate is checked, as Node names them: X.509 errors, and Node's own for the
 * name.
 */
const SERVER_NOT_TRUSTED = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * OpenSSL (Node) and BoringSSL (Electron) use different words for TLS alerts. The alerts about certificates have these
 * words in common.
 */
const CERTIFICATE_ALERT = /alert.*(certificate|unknown.?ca|access.?denied|decrypt.?error)/i;

export function reasonOf(error: Error): NoAnswer {
  if (SERVER_NOT_TRUSTED.has(codeOf(error))) return 'server-not-trusted';
  return CERTIFICATE_ALERT.test(`${codeOf(error)} ${error.message}`) ? 'certificate-refused' : 'broken';
}

export const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.name);
