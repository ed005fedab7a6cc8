/** Certificates as a person picks them in the dialog: one file after the other, in any order, of either kind. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { merchantProblem } from '../../electron/vault/certificate-import.ts';
import {
  pickCertificate,
  pickedView,
  tryPassphrase,
  type PickedCertificate,
} from '../../electron/vault/picked-certificate.ts';
import { LEGACY_P12, openssl, OpensslCa, p12, type Issued } from '../support/secrets/openssl.ts';

const MCH_ID = '1900000109';
const NOW = Date.now();
const NONE: PickedCertificate = { state: 'none' };

let folder: string;
let own: Issued;
let stranger: Issued;
let expired: Issued;
let early: Issued;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  const ca = new OpensslCa(folder);
  own = ca.issue(`/O=Some Shop/CN=${MCH_ID}`);
  stranger = ca.issue('/CN=1900000110');
  expired = ca.issue(`/CN=${MCH_ID}`, { from: '20240101000000Z', until: '20250101000000Z' });
  early = ca.issue(`/CN=${MCH_ID}`, { from: '20900101000000Z', until: '20910101000000Z' });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pick = (files: readonly string[], before: PickedCertificate = NONE, mchId = MCH_ID): PickedCertificate =>
  pickCertificate(
    before,
    files.map((file) => readFileSync(file)),
    mchId,
    NOW,
  );
const pickText = (text: string): PickedCertificate => pickCertificate(NONE, [Buffer.from(text)], MCH_ID, NOW);

function factsByOpenssl({ certFile }: Issued): object {
  const said = openssl('x509', '-in', certFile, '-noout', '-serial', '-fingerprint', '-sha256', '-enddate');
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'im').exec(said)?.[1] ?? '';
  return {
    serial: value('serial'),
    fingerprint: value('sha256 Fingerprint'),
    notAfterMs: Date.parse(value('notAfter')),
  };
}

describe('a picked p12', () => {
  it.each([
    ['of WeChat’s old tool (RC2-40)', LEGACY_P12],
    ['of openssl 3 (AES-256)', []],
  ])('%s is opened with the merchant’s number, and says what openssl says of the certificate', (_what, encryption) => {
    const view = pickedView(pick([p12(folder, own, MCH_ID, encryption)]));
    expect(view).toMatchObject({
      state: 'ready',
      facts: { subject: `CN=${MCH_ID}, O=Some Shop`, ...factsByOpenssl(own) },
    });
    expect(JSON.stringify(view)).not.toContain('PRIVATE');
  });

  it.each([[LEGACY_P12], [[]]])('under a passphrase of its own asks for it, until it is right (%j)', (encryption) => {
    const shut = pick([p12(folder, own, 'chosen', encryption)]);
    expect(pickedView(shut)).toEqual({ state: 'passphrase-needed', wrong: false });
    const still = tryPassphrase(shut, 'guessed', NOW);
    expect(pickedView(still)).toEqual({ state: 'passphrase-needed', wrong: true });
    expect(pickedView(tryPassphrase(still, 'chosen', NOW))).toMatchObject({ state: 'ready' });
  });

  it('without a merchant’s number typed yet asks for the passphrase', () => {
    const shut = pick([p12(folder, own, MCH_ID)], NONE, '');
    expect(pickedView(shut)).toEqual({ state: 'passphrase-needed', wrong: false });
    expect(pickedView(tryPassphrase(shut, MCH_ID, NOW))).toMatchObject({ state: 'ready' });
  });

  it('takes no passphrase where there is nothing to open', () => {
    for (const picked of [NONE, pick([own.certFile])]) expect(tryPassphrase(picked, 'x', NOW)).toBe(picked);
  });
});

describe('a picked pair of PEM files', () => {
  it('is taken at once, or one after the other in either order, or in one file', () => {
    const both = `${own.certPem}\n${own.keyPem}`;
    expect(pickedView(pick([own.keyFile, own.certFile]))).toMatchObject({ state: 'ready' });
    expect(pickedView(pick([own.certFile]))).toEqual({ state: 'key-missing' });
    expect(pickedView(pick([own.keyFile]))).toEqual({ state: 'certificate-missing' });
    expect(pickedView(pick([own.keyFile], pick([own.certFile])))).toMatchObject({ state: 'ready' });
    expect(pickedView(pick([own.certFile], pick([own.keyFile])))).toMatchObject({ state: 'ready' });
    expect(pickedView(pickText(both))).toMatchObject({ state: 'ready' });
  });

  it('takes a .cer as Windows exports it (DER) for the half that it is, and asks for the key', () => {
    const cer = join(folder, 'export.cer');
    openssl('x509', '-in', own.certFile, '-outform', 'DER', '-out', cer);
    expect(pickedView(pick([cer]))).toEqual({ state: 'key-missing' });
    expect(pickedView(pick([own.keyFile], pick([cer])))).toMatchObject({ state: 'ready' });
    expect(pickedView(pick([p12(folder, own, MCH_ID)], pick([cer])))).toMatchObject({ state: 'ready' });
  });

  it('is not spoilt by a stray file chosen with it', () => {
    const stray = join(folder, 'readme.txt');
    writeFileSync(stray, '证书使用说明');
    expect(pickedView(pick([stray, own.keyFile, own.certFile]))).toMatchObject({ state: 'ready' });
  });

  it('has its wrong half replaced by picking another', () => {
    expect(pickedView(pick([own.certFile], pick([stranger.certFile])))).toEqual({ state: 'key-missing' });
  });

  it.each<[string, () => PickedCertificate, string]>([
    ['of two downloads', () => pick([own.certFile, stranger.keyFile]), 'key-mismatch'],
    ['that has expired', () => pick([expired.certFile, expired.keyFile]), 'cert-expired'],
    ['that is not valid yet', () => pick([early.certFile, early.keyFile]), 'cert-not-yet-valid'],
    [
      'that is something else',
      () => pickText('-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----'),
      'not-a-certificate',
    ],
    ['with half a certificate', () => pickText(`${own.certPem.slice(0, 300)}\n${own.keyPem}`), 'cert-unreadable'],
    ['with half a key', () => pickText(`${own.certPem}\n${own.keyPem.slice(0, 300)}`), 'key-unreadable'],
    [
      'that is a picture',
      () => pickCertificate(NONE, [Buffer.from([0x89, 0x50, 0x4e, 0x47])], MCH_ID, NOW),
      'not-a-certificate',
    ],
  ])('%s is refused', (_what, picked, code) => {
    expect(pickedView(picked())).toEqual({ state: 'refused', code });
  });

  it('of another merchant is taken while the number is not certain, and refused for this one', () => {
    const picked = pick([stranger.certFile, stranger.keyFile]);
    if (picked.state !== 'ready') throw new Error(picked.state);
    expect(merchantProblem(picked.imported.certPem, MCH_ID, NOW)).toBe('cert-of-other-merchant');
    expect(merchantProblem(picked.imported.certPem, '1900000110', NOW)).toBeNull();
    expect(merchantProblem('no certificate', MCH_ID, NOW)).toBe('cert-unreadable');
  });
});
