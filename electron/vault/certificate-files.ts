/** What a certificate file holds, decided by its content: its name and ending say little. Pure. */
import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';
import type { CertificateProblem } from '../../shared/contract/setup.ts';
import { decodeText } from '../base/text-file.ts';

/** `faults`: what it holds besides and cannot be read. `isP12`: it begins like a p12; more shows when it is opened. */
export interface CertificateFile {
  readonly certs: readonly X509Certificate[];
  readonly keys: readonly KeyObject[];
  readonly faults: readonly CertificateProblem[];
  readonly isP12: boolean;
}

const NOTHING: CertificateFile = { certs: [], keys: [], faults: [], isP12: false };

/** A block that was cut off has no end. */
const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(?:[\s\S]*?-----END \1-----)?/g;
/** Base64 alone: PEM whose header lines were lost, as when somebody copies the text without them. */
const BARE_BASE64 = /^[A-Za-z0-9+/\s]{200,}={0,2}\s*$/;

/** Reads PEM (UTF-8 or UTF-16), DER, base64 without its header lines, and knows a p12 by its first bytes. */
export function readCertificateFile(bytes: Uint8Array): CertificateFile {
  const text = decodeText(bytes);
  if (text === null) return readDer(bytes);
  if (text.includes('-----BEGIN ')) return readPem(text);
  return BARE_BASE64.test(text) ? readDer(Buffer.from(text, 'base64')) : readDer(bytes);
}

/** What several files hold together. */
export type CertificateFiles = Omit<CertificateFile, 'isP12'>;

export const readCertificateFiles = (files: readonly Uint8Array[]): CertificateFiles =>
  together(files.map(readCertificateFile));

export const together = (read: readonly CertificateFile[]): CertificateFiles => ({
  certs: read.flatMap(({ certs }) => certs),
  keys: read.flatMap(({ keys }) => keys),
  faults: read.flatMap(({ faults }) => faults),
});

function readPem(text: string): CertificateFile {
  const certs: X509Certificate[] = [];
  const keys: KeyObject[] = [];
  const faults: CertificateProblem[] = [];
  for (const [block, label = ''] of text.matchAll(BLOCK)) {
    if (label.endsWith('CERTIFICATE')) {
      const cert = certificateIn(block);
      certs.push(...cert);
      if (cert.length === 0) faults.push('cert-unreadable');
    } else if (label.endsWith('PRIVATE KEY')) {
      const key = keyIn(block);
      keys.push(...key);
      if (key.length === 0) faults.push(block.includes('ENCRYPTED') ? 'key-encrypted' : 'key-unreadable');
    }
  }
  return { ...NOTHING, certs, keys, faults };
}

function readDer(bytes: Uint8Array): CertificateFile {
  const certs = certificateIn(bytes);
  if (certs.length > 0) return { ...NOTHING, certs };
  const keys = [...derKeyIn(bytes, 'pkcs8'), ...derKeyIn(bytes, 'pkcs1')].slice(0, 1);
  return keys.length > 0 ? { ...NOTHING, keys } : { ...NOTHING, isP12: looksLikeP12(bytes) };
}

/** PFX is a SEQUENCE that begins with the INTEGER 3 (RFC 7292, 4). Its length may be written in several ways. */
function looksLikeP12(bytes: Uint8Array): boolean {
  const length = bytes[1] ?? 0;
  const start = length > 0x80 && length < 0x85 ? 2 + (length - 0x80) : 2;
  return bytes[0] === 0x30 && bytes[start] === 0x02 && bytes[start + 1] === 0x01 && bytes[start + 2] === 0x03;
}

export const certificateIn = (content: string | Uint8Array): X509Certificate[] =>
  given(() => new X509Certificate(content));

const keyIn = (pem: string): KeyObject[] => given(() => createPrivateKey(pem));

const derKeyIn = (bytes: Uint8Array, type: 'pkcs1' | 'pkcs8'): KeyObject[] =>
  given(() => createPrivateKey({ key: Buffer.from(bytes), format: 'der', type }));

/** The parsers report "not such a thing" by throwing, each engine in words of its own. */
function given<Value>(parse: () => Value): Value[] {
  try {
    return [parse()];
  } catch {
    return [];
  }
}
