/**
 * The other end must prove that it is WeChat Pay's: no flag, no setting and nothing in the environment switches this
 * check off.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { merchantSchema } from '../../shared/settings.ts';
import { certificates, IndependentGateway, LOOPBACK_NAMES } from '../support/gateway/independent-gateway.ts';
import { OpensslCa, type Issued } from '../support/secrets/openssl.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let ca: OpensslCa;
let merchant: Issued;
let impostorCa: OpensslCa;
let impostors: Issued;
let impostor: IndependentGateway;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  ({ ca, merchant } = certificates(join(folder, 'own')));
  impostorCa = new OpensslCa(join(folder, 'impostor'), 'Impostor Root');
  impostors = impostorCa.issue('/CN=localhost', { names: LOOPBACK_NAMES });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  impostor = await IndependentGateway.start(impostors, ca);
});
afterEach(async () => {
  await impostor.close();
});

async function callWith(
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  caFile = '',
): Promise<string> {
  const script = join(import.meta.dirname, 'one-call.ts');
  const args = [...flags, script, `${impostor.origin}/pay`, merchant.certFile, merchant.keyFile, caFile];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

describe('a server with a certificate of somebody else’s authority', () => {
  it('is not taken for ours, although a client that trusts that authority would get an answer', async () => {
    expect(await callWith({}, [], impostorCa.certFile)).toBe('answered');
    expect(impostor.seen).toHaveLength(1);
  });

  const environments: readonly (readonly [string, () => Readonly<Record<string, string>>, readonly string[]])[] = [
    ['nothing', () => ({}), []],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), []],
    ['NODE_EXTRA_CA_CERTS', () => ({ NODE_EXTRA_CA_CERTS: impostorCa.certFile }), []],
    [
      'NODE_OPTIONS=--use-openssl-ca and SSL_CERT_FILE',
      () => ({ NODE_OPTIONS: '--use-openssl-ca', SSL_CERT_FILE: impostorCa.certFile }),
      [],
    ],
    [
      'NODE_OPTIONS=--use-system-ca and SSL_CERT_FILE',
      () => ({ NODE_OPTIONS: '--use-system-ca', SSL_CERT_FILE: impostorCa.certFile }),
      [],
    ],
    ['the flag --use-openssl-ca', () => ({ SSL_CERT_FILE: impostorCa.certFile }), ['--use-openssl-ca']],
    ['the flag --tls-min-v1.0', () => ({}), ['--tls-min-v1.0']],
  ];
  it.each(environments)('gets nothing of a call, whatever is set: %s', async (_name, env, flags) => {
    for (const caFile of ['', ca.certFile]) expect(await callWith(env(), flags, caFile)).toBe('server-not-trusted');
    expect(impostor.seen).toEqual([]);
  });
});

describe('the settings', () => {
  const merchantWith = (extra: object): boolean =>
    merchantSchema.safeParse({ appid: 'wx1', mchId: '1900000109', ...extra }).success;

  it('have no field that weakens it', () => {
    expect(merchantWith({})).toBe(true);
    for (const name of [
      'rejectUnauthorized',
      'insecure',
      'verify',
      'checkServerIdentity',
      'ca',
      'caPem',
      'servername',
    ]) {
      expect(merchantWith({ [name]: false }), name).toBe(false);
    }
  });

  it('take no address without TLS', () => {
    expect(merchantWith({ gateway: { primary: 'http://api.mch.weixin.qq.com' } })).toBe(false);
    expect(merchantWith({ faceGateway: 'http://payapp.weixin.qq.com' })).toBe(false);
  });
});

it('no source but the practice gateway’s own server speaks of leaving a certificate unchecked', () => {
  const files = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const weak =
    /rejectUnauthorized: (?!true)|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate-errors|setCertificateVerifyProc|certificate-error|checkServerIdentity: \(\)/;
  expect(
    files.filter(
      (name) => weak.test(readFileSync(join(root, 'electron', name), 'utf8')) && !name.startsWith('practice'),
    ),
  ).toEqual([]);
});
