/** The files that a technician brings, made by openssl in a folder of the test's own: correct ones and wrong ones. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import { LEGACY_P12, OpensslCa, p12, type Issued } from '../secrets/openssl.ts';

export interface SetupFiles {
  /** Their folder. */
  readonly folder: string;
  /** As WeChat's tool makes it: the passphrase is the merchant's number. */
  readonly p12: string;
  /** The same, after somebody changed its passphrase to this. */
  readonly lockedP12: string;
  readonly passphrase: string;
  readonly certPem: string;
  readonly keyPem: string;
  /** From another download. */
  readonly otherKeyPem: string;
  readonly expiredP12: string;
  readonly otherMerchantP12: string;
  /** The gateway's authority. */
  readonly authority: string;
  readonly apiKey: string;
  /** A file that holds something other than a key. */
  readonly noKey: string;
  remove(): void;
}

/** What `make` makes, made when it is asked for first. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: { readonly value: Made } | null = null;
  return () => (made ??= { value: make() }).value;
};

const PASSPHRASE = 'of our own: 7g!';

export function setupFiles({ merchant, clientCertPem, clientKeyPem, caPem }: PracticeGateway): SetupFiles {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-usb-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const own: Issued = {
    certPem: clientCertPem,
    keyPem: clientKeyPem,
    certFile: file('apiclient_cert.pem', clientCertPem),
    keyFile: file('apiclient_key.pem', clientKeyPem),
  };
  // Each costs some starts of openssl, and few tests bring them all.
  const ca = once(() => new OpensslCa(join(folder, 'authority')));
  const other = once(() => ca().issue('/CN=1900000200'));
  const expired = once(() =>
    ca().issue(`/CN=${merchant.mchId}`, { from: '20200101000000Z', until: '20210101000000Z' }),
  );
  const usualP12 = once(() => p12(folder, own, merchant.mchId, LEGACY_P12));
  const lockedP12 = once(() => p12(folder, own, PASSPHRASE));
  const expiredP12 = once(() => p12(folder, expired(), merchant.mchId));
  const otherMerchantP12 = once(() => p12(folder, other(), merchant.mchId));
  return {
    folder,
    get p12() {
      return usualP12();
    },
    get lockedP12() {
      return lockedP12();
    },
    passphrase: PASSPHRASE,
    certPem: own.certFile,
    keyPem: own.keyFile,
    get otherKeyPem() {
      return other().keyFile;
    },
    get expiredP12() {
      return expiredP12();
    },
    get otherMerchantP12() {
      return otherMerchantP12();
    },
    authority: file('ca.pem', caPem),
    apiKey: file('api-key.txt', `${merchant.apiKey}\n`),
    noKey: file('notes.txt', 'the key is in the safe'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
