/**
 * Certificates as others make them: by the openssl command, in a folder of the test's own. None of our code is
 * involved.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A certificate and its key: as files, and as PEM texts. */
export interface Issued {
  readonly certFile: string;
  readonly keyFile: string;
  readonly certPem: string;
  readonly keyPem: string;
}

export interface IssueOptions {
  /** subjectAltName, as openssl writes it: `DNS:localhost,IP:127.0.0.1`. */
  readonly names?: string;
  /** `YYYYMMDDHHMMSSZ`; by default from an hour ago for a year. */
  readonly from?: string;
  readonly until?: string;
  /** extendedKeyUsage: `clientAuth`. By default any use. */
  readonly usage?: string;
}

const stamp = (wallMs: number): string => new Date(wallMs).toISOString().replace(/\D/g, '').slice(0, 14) + 'Z';
const line = (name: string, value: string | undefined): string => (value === undefined ? '' : `${name} = ${value}\n`);
const HOUR_MS = 3_600_000;

/** A certificate authority of openssl's (`openssl ca`, the only command of 3.0 that sets both dates). */
export class OpensslCa {
  readonly folder: string;
  readonly certPem: string;
  readonly certFile: string;
  #issued = 0;

  constructor(folder: string, commonName = 'Test Root') {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.certFile = join(folder, 'ca.pem');
    const key = join(folder, 'ca.key');
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      this.certFile,
      '-days',
      '30',
      '-subj',
      `/CN=${commonName}`,
      '-sha256',
    );
    this.certPem = readFileSync(this.certFile, 'utf8');
    writeFileSync(join(folder, 'index.txt'), '');
    writeFileSync(join(folder, 'serial'), '1000\n');
    writeFileSync(
      join(folder, 'ca.conf'),
      `[ca]\ndefault_ca = own\n[own]\ndatabase = ${folder}/index.txt\nserial = ${folder}/serial\nnew_certs_dir = ${folder}\n` +
        `certificate = ${this.certFile}\nprivate_key = ${key}\ndefault_md = sha256\npolicy = any\nunique_subject = no\n` +
        `[any]\ncommonName = supplied\norganizationName = optional\n`,
    );
  }

  /** `subject` as openssl writes it: `/CN=1900000109`. */
  issue(subject: string, { names, from, until, usage }: IssueOptions = {}): Issued {
    this.#issued += 1;
    const at = (suffix: string): string => join(this.folder, `issued-${String(this.#issued)}.${suffix}`);
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      at('key'),
      '-out',
      at('csr'),
      '-subj',
      subject,
      '-sha256',
    );
    writeFileSync(
      at('ext'),
      `basicConstraints = critical,CA:FALSE\n${line('subjectAltName', names)}${line('extendedKeyUsage', usage)}`,
    );
    const dates = [
      '-startdate',
      from ?? stamp(Date.now() - HOUR_MS),
      '-enddate',
      until ?? stamp(Date.now() + 365 * 24 * HOUR_MS),
    ];
    openssl(
      'ca',
      '-batch',
      '-notext',
      '-config',
      join(this.folder, 'ca.conf'),
      '-in',
      at('csr'),
      '-out',
      at('pem'),
      '-extfile',
      at('ext'),
      ...dates,
    );
    return {
      certFile: at('pem'),
      keyFile: at('key'),
      certPem: readFileSync(at('pem'), 'utf8'),
      keyPem: readFileSync(at('key'), 'utf8'),
    };
  }
}

/** As WeChat's tool made apiclient_cert.p12 for years: certificates with RC2-40, key with 3DES, SHA-1 MAC. */
export const LEGACY_P12 = ['-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];

/** A PKCS#12 file; returns its path. Without `encryption`, openssl 3's default: AES-256-CBC and a SHA-256 MAC. */
export function p12(
  folder: string,
  { certFile, keyFile }: Issued,
  passphrase: string,
  encryption: readonly string[] = [],
): string {
  const file = join(folder, `apiclient_cert-${String(Math.random()).slice(2)}.p12`);
  openssl(
    'pkcs12',
    '-export',
    ...encryption,
    '-inkey',
    keyFile,
    '-in',
    certFile,
    '-name',
    'Tenpay Certificate',
    '-passout',
    `pass:${passphrase}`,
    '-out',
    file,
  );
  return file;
}
