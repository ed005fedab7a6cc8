/**
 * Signing for Windows with a certificate file, by electron-builder and osslsigncode, with a certificate of the test's
 * own; Azure's service cannot be tried here.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { COMMAND_FOLDER, commandFile } from '../../build/pack/command-place.ts';
import { readWindowsProgram } from '../../build/pack/windows-program.ts';
import { verifyPacked, type Finding } from '../../build/pack/verify.ts';
import { preparePacking, type Packing } from './packed.ts';

const missing = ['osslsigncode', 'openssl'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
if (missing.length > 0) console.warn(`test/pack/signing.test.ts is SKIPPED: ${missing.join(' and ')} missing`);

const run = (program: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program}: ${stdout}${stderr}`);
  return stdout;
};

describe.skipIf(missing.length > 0)('a Windows build with a certificate', () => {
  let packing: Packing;
  let p12: string;
  let certificate: string;

  beforeAll(async () => {
    // The staged app knows that it will be signed; electron-builder reads the rest from the environment.
    packing = await preparePacking({ env: { WIN_CSC_LINK: 'shop.p12' }, icons: false });
    const at = (name: string): string => join(packing.work, name);
    [p12, certificate] = [at('shop.p12'), at('shop.pem')];
    run(
      'openssl',
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=Shop',
      '-addext',
      'extendedKeyUsage=codeSigning',
      '-keyout',
      at('shop.key'),
      '-out',
      certificate,
    );
    run(
      'openssl',
      'pkcs12',
      '-export',
      '-in',
      certificate,
      '-inkey',
      at('shop.key'),
      '-out',
      p12,
      '-passout',
      'pass:trial',
    );
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(() => {
    packing.remove();
  });

  const pack = (password: string): Promise<string> => {
    vi.stubEnv('WIN_CSC_LINK', p12);
    vi.stubEnv('WIN_CSC_KEY_PASSWORD', password);
    vi.stubEnv('USE_SYSTEM_OSSLSIGNCODE', 'true');
    // Without a time stamp, which would come from the network.
    vi.stubEnv('ELECTRON_BUILDER_OFFLINE', 'true');
    return packing.pack('win32', 'x64');
  };
  const signedOf = (findings: readonly Finding[]): Finding | undefined =>
    findings.find(({ what }) => what === 'signed');

  it('is signed with the command in it, after the fuses and the archive’s hash, as osslsigncode confirms', async () => {
    const folder = await pack('trial');
    for (const program of ['FacePay Kiosk.exe', join(COMMAND_FOLDER, commandFile('win'))]) {
      expect(run('osslsigncode', 'verify', '-CAfile', certificate, '-in', join(folder, program)), program).toContain(
        'Signature verification: ok',
      );
    }
    const findings = await verifyPacked(folder);
    expect(signedOf(findings)).toEqual({ what: 'signed', found: 'yes', ok: true });
    expect(findings.filter(({ what }) => what === 'fuses' || what.includes('hash')).map(({ ok }) => ok)).toEqual([
      true,
      true,
    ]);
  });

  it('is not made at all where signing fails', async () => {
    await expect(pack('another password')).rejects.toThrow(/mac verify failure/);
  });

  it('and one that says it is signed and is not is found', async () => {
    const folder = await packing.pack('win32', 'arm64').catch((error: unknown) => String(error));
    // Without a certificate, electron-builder gives up when a signature is required; the folder that it leaves must not
    // be shipped.
    expect(folder).toMatch(/sign/i);
    const left = join(packing.work, 'packed/win-arm64-unpacked');
    expect(readWindowsProgram(readFileSync(join(left, 'FacePay Kiosk.exe'))).signed).toBe(false);
    expect(signedOf(await verifyPacked(left))?.ok).toBe(false);
  });
});
