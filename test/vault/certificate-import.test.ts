/** Certificates as openssl makes them, and as WeChat's own tool made them for years. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authoritiesIn,
  importFiles,
  importP12,
  importPem,
  type CertificateProblem,
  type ImportedCertificate,
} from '../../electron/vault/certificate-import.ts';
import type { Result } from '../../shared/result.ts';
import { LEGACY_P12, openssl, OpensslCa, p12, type Issued } from '../support/secrets/openssl.ts';

const MCH_ID = '1900000109';
const NOW = Date.now();

let folder: string;
let ca: OpensslCa;
let own: Issued;
let stranger: Issued;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  ca = new OpensslCa(folder);
  own = ca.issue(`/O=Some Shop/CN=${MCH_ID}`);
  stranger = ca.issue('/CN=1900000110');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

type Imported = Result<ImportedCertificate, CertificateProblem>;
const fromP12 = (file: string, passphrase = MCH_ID, mchId = MCH_ID, wallMs = NOW): Imported =>
  importP12(readFileSync(file), passphrase, mchId, wallMs);
const fails = (code: CertificateProblem): Imported => ({ ok: false, error: code });

function expectOwn(imported: Imported): void {
  if (!imported.ok) throw new Error(imported.error);
  const { certPem, keyPem, notAfterMs } = imported.value;
  const cert = new X509Certificate(certPem);
  expect(cert.fingerprint256).toBe(new X509Certificate(own.certPem).fingerprint256);
  expect(cert.checkPrivateKey(createPrivateKey(keyPem))).toBe(true);
  expect(keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(notAfterMs).toBe(Date.parse(cert.validTo));
  expect(() => createSecureContext({ cert: certPem, key: keyPem })).not.toThrow();
}

describe('a p12 file', () => {
  it.each<[string, () => readonly string[]]>([
    ['WeChat’s old tool makes it (RC2-40 and 3DES), which OpenSSL 3 itself refuses', () => LEGACY_P12],
    ['openssl 3 makes it (AES-256, SHA-256 MAC)', () => []],
    [
      'it is made with 3DES throughout',
      () => ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['it carries the authority along', () => [...LEGACY_P12, '-certfile', ca.certFile]],
    ['nothing in it is encrypted but the key', () => ['-certpbe', 'NONE']],
  ])('is read as %s', (_what, encryption) => {
    expectOwn(fromP12(p12(folder, own, MCH_ID, encryption())));
  });

  it('is read under a passphrase of the merchant’s own', () => {
    for (const passphrase of ['my own, not the number', '&<>"\'\\', 'x'.repeat(100)])
      expectOwn(fromP12(p12(folder, own, passphrase), passphrase));
    expectOwn(fromP12(p12(folder, own, '密码', LEGACY_P12), '密码'));
  });

  it('is refused under a passphrase that is not ASCII where it is a modern one: node-forge reads no such file (a known limit)', () => {
    expect(fromP12(p12(folder, own, '密码'), '密码')).toEqual(fails('p12-passphrase'));
  });

  it.each([[LEGACY_P12], [[]]])('is refused under a wrong passphrase (%j)', (encryption) => {
    const file = p12(folder, own, MCH_ID, encryption);
    for (const passphrase of ['wrong', '', `${MCH_ID} `])
      expect(fromP12(file, passphrase)).toEqual(fails('p12-passphrase'));
  });

  it('is refused where it is damaged', () => {
    const bytes = readFileSync(p12(folder, own, MCH_ID));
    expect(importP12(bytes.subarray(0, 500), MCH_ID, MCH_ID, NOW).ok).toBe(false);
    const edited = Buffer.from(bytes);
    edited[700] = (edited[700] ?? 0) ^ 1;
    expect(importP12(edited, MCH_ID, MCH_ID, NOW)).toEqual(fails('p12-passphrase'));
  });

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('apiclient_cert')],
    ['a PEM certificate', Buffer.from('-----BEGIN CERTIFICATE-----')],
  ])('is none where it is %s', (_what, bytes) => {
    expect(importP12(bytes, MCH_ID, MCH_ID, NOW)).toEqual(fails('p12-unreadable'));
  });

  it('is refused without a key or without a certificate in it', () => {
    const certOnly = join(folder, 'cert-only.p12');
    openssl('pkcs12', '-export', '-nokeys', '-in', own.certFile, '-passout', `pass:${MCH_ID}`, '-out', certOnly);
    expect(fromP12(certOnly)).toEqual(fails('p12-incomplete'));
    const keyOnly = join(folder, 'key-only.p12');
    openssl('pkcs12', '-export', '-nocerts', '-inkey', own.keyFile, '-passout', `pass:${MCH_ID}`, '-out', keyOnly);
    expect(fromP12(keyOnly)).toEqual(fails('p12-incomplete'));
  });

  it('is refused where it is another merchant’s', () => {
    expect(fromP12(p12(folder, stranger, '1900000110'), '1900000110')).toEqual(fails('cert-of-other-merchant'));
  });
});

describe('a pair of PEM files', () => {
  const pair = (cert: string, key: string, wallMs = NOW): Imported => importPem(cert, key, MCH_ID, wallMs);

  it('is read, whatever form the key has', () => {
    expectOwn(pair(own.certPem, own.keyPem));
    expectOwn(pair(own.certPem, openssl('rsa', '-in', own.keyFile, '-traditional')));
    expectOwn(pair(`\r\n${own.certPem.replaceAll('\n', '\r\n')}`, own.keyPem.replaceAll('\n', '\r\n')));
  });

  it('is refused where one half is missing, another’s or locked', () => {
    expect(pair('', own.keyPem)).toEqual(fails('cert-unreadable'));
    expect(pair(own.certPem, '')).toEqual(fails('key-unreadable'));
    expect(pair(own.certPem, own.certPem)).toEqual(fails('key-unreadable'));
    for (const locked of [
      openssl('pkcs8', '-topk8', '-in', own.keyFile, '-passout', 'pass:locked'),
      openssl('rsa', '-in', own.keyFile, '-traditional', '-aes256', '-passout', 'pass:locked'),
    ])
      expect(pair(own.certPem, locked)).toEqual(fails('key-encrypted'));
    expect(pair(own.certPem, stranger.keyPem)).toEqual(fails('key-mismatch'));
    expect(pair(stranger.certPem, stranger.keyPem)).toEqual(fails('cert-of-other-merchant'));
  });

  it('is refused before its time and after it, to the second', () => {
    const { validFrom, validTo } = new X509Certificate(own.certPem);
    expect(pair(own.certPem, own.keyPem, Date.parse(validTo)).ok).toBe(true);
    expect(pair(own.certPem, own.keyPem, Date.parse(validTo) + 1)).toEqual(fails('cert-expired'));
    expect(pair(own.certPem, own.keyPem, Date.parse(validFrom)).ok).toBe(true);
    expect(pair(own.certPem, own.keyPem, Date.parse(validFrom) - 1)).toEqual(fails('cert-not-yet-valid'));
  });

  it('is taken where its name is no merchant number: that it must be one is not documented', () => {
    const named = ca.issue('/CN=Some Shop');
    expect(importPem(named.certPem, named.keyPem, MCH_ID, NOW).ok).toBe(true);
  });
});

/** A certificate of its own that openssl signs with a key made by `newkey`. */
function selfSigned(name: string, newkey: readonly string[]): Issued {
  const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  openssl('req', '-x509', '-nodes', ...newkey, '-subj', `/CN=${MCH_ID}`, '-keyout', keyFile, '-out', certFile);
  return { certFile, keyFile, certPem: readFileSync(certFile, 'utf8'), keyPem: readFileSync(keyFile, 'utf8') };
}

describe('a key that cannot be used', () => {
  it('is named for what it is, in PEM and in a p12, and nothing crashes: EC, and RSA too short for TLS', () => {
    for (const [name, newkey, code] of [
      ['ec', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], 'key-not-rsa'],
      ['short', ['-newkey', 'rsa:1024'], 'key-too-short'],
    ] as const) {
      const made = selfSigned(name, newkey);
      expect(importPem(made.certPem, made.keyPem, MCH_ID, NOW)).toEqual(fails(code));
      for (const encryption of [[], LEGACY_P12])
        expect(fromP12(p12(folder, made, MCH_ID, encryption))).toEqual(fails(code));
    }
  });
});

describe('files of all kinds', () => {
  const der = (pem: string, ...kind: readonly string[]): Buffer => {
    const out = join(folder, `der-${String(Math.random()).slice(2)}`);
    openssl(...kind, '-in', pem, '-outform', 'DER', '-out', out);
    return readFileSync(out);
  };
  const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const withoutHeader = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[^-]+-----/g, ''));

  it.each<[string, () => readonly Uint8Array[]]>([
    ['with a byte order mark', () => [Buffer.from(`\uFEFF${own.certPem}`), Buffer.from(`\uFEFF${own.keyPem}`)]],
    ['in UTF-16', () => [utf16(own.certPem), utf16(own.keyPem)]],
    ['in DER', () => [der(own.certFile, 'x509'), der(own.keyFile, 'pkey')]],
    ['in DER, the key in its old form', () => [der(own.certFile, 'x509'), der(own.keyFile, 'rsa', '-traditional')]],
    ['without their header lines', () => [withoutHeader(own.certPem), withoutHeader(own.keyPem)]],
    ['with the authority first in one file', () => [Buffer.from(ca.certPem + own.certPem), Buffer.from(own.keyPem)]],
    ['in each other’s place', () => [Buffer.from(own.keyPem), Buffer.from(own.certPem)]],
    [
      'with the text that openssl prints around them',
      () => [
        Buffer.from(`Bag Attributes\n    friendlyName: 微信支付\n${own.certPem}`),
        Buffer.from(`Key Attributes: <No Attributes>\n${own.keyPem}`),
      ],
    ],
    [
      'beside a read-me, a picture and another’s certificate',
      () => [
        Buffer.from('证书使用说明.txt'),
        Buffer.from([0x89, 0x50, 0x4e, 0x47]),
        Buffer.from(stranger.certPem),
        Buffer.from(own.certPem),
        Buffer.from(own.keyPem),
      ],
    ],
  ])('are read %s', (_what, files) => {
    expectOwn(importFiles(files(), MCH_ID, NOW));
  });

  it('name every authority, so that a server under any of them is trusted', () => {
    const second = new OpensslCa(join(folder, 'second'), 'Second Root');
    const both = authoritiesIn(utf16(`${ca.certPem}${second.certPem}`));
    if (!both.ok) throw new Error(both.error);
    for (const { certPem } of [ca, second]) expect(both.value).toContain(new X509Certificate(certPem).toString());
    expect(authoritiesIn(der(second.certFile, 'x509')).ok).toBe(true);
    expect(authoritiesIn(Buffer.from(own.keyPem)).ok).toBe(false);
    expect(authoritiesIn(Buffer.from(`${ca.certPem}${second.certPem.slice(0, 200)}`)).ok).toBe(false);
  });
});
