/**
 * The rpm, as rpm itself reads and installs it, into a root of its own: its files, and that its scripts do the same as
 * the Debian package's.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeRpm } from '../../build/pack/rpm.ts';
import { verifyPacked } from '../../build/pack/verify.ts';
import { preparePacking, root, type Packing } from './packed.ts';

const missing = ['rpm', 'rpmbuild'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
const why =
  missing.length > 0
    ? `${missing.join(' and ')} missing`
    : process.getuid?.() === 0
      ? null
      : 'rpm gives files to root, so this test must be root';
if (why !== null) console.warn(`test/pack/rpm.test.ts is SKIPPED: ${why}`);

const SCRIPTS = join(root, 'build/machine/linux/deb');
const order = { processor: 'x64', scripts: SCRIPTS, sourceDate: 1_700_000_000 } as const;
let packing: Packing;
let packed: string;
let rpm: string;
let system: string;

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

type Moment = 'PREIN' | 'POSTIN' | 'PREUN' | 'POSTUN';

/** Runs one of its scripts as rpm would; `count` is the number of installed packages afterwards. */
const script = (moment: Moment, count: number): string =>
  run('sh', ['-c', run('rpm', ['-qp', '--queryformat', `%{${moment}}`, rpm]), 'scriptlet', String(count)], {
    DPKG_ROOT: system,
  });

describe.skipIf(why !== null)('the rpm', () => {
  beforeAll(async () => {
    packing = await preparePacking();
    packed = await packing.pack('linux', 'x64');
    rpm = makeRpm({ ...order, packed, into: packing.work });
    system = mkdtempSync(join(tmpdir(), 'facepay-root-'));
    // The scripts are tested below by running them directly: in a root without a shell rpm cannot run them.
    run('rpm', ['--root', system, '--nodeps', '--noscripts', '--install', rpm]);
  });
  afterAll(() => {
    packing.remove();
    rmSync(system, { recursive: true, force: true });
  });
  const at = (path: string): string => join(system, path);
  const INSTALLED = 'opt/FacePay Kiosk';

  it('installs the app as it was packed, root’s, with a sandbox helper that is setuid', async () => {
    expect((await verifyPacked(at(INSTALLED))).filter(({ ok }) => !ok)).toEqual([]);
    expect((statSync(at(`${INSTALLED}/chrome-sandbox`)).mode & 0o7777).toString(8)).toBe('4755');
    expect(
      new Set(run('rpm', ['-qp', '--queryformat', '[%{FILEUSERNAME}:%{FILEGROUPNAME}\n]', rpm]).trim().split('\n')),
    ).toEqual(new Set(['root:root']));
    expect(readlinkSync(at('usr/bin/facepay-kiosk'))).toBe('/opt/FacePay Kiosk/facepay-kiosk');
    expect(readlinkSync(at('usr/bin/facepay'))).toBe('/opt/FacePay Kiosk/command/facepay');
    expect(lstatSync(at('opt/FacePay Kiosk/command/facepay')).mode & 0o777).toBe(0o755);
    expect(existsSync(at('usr/share/applications/facepay-kiosk.desktop'))).toBe(true);
    expect(run('rpm', ['-qp', '--queryformat', '%{NAME} %{VERSION} %{ARCH} %{LICENSE}', rpm])).toBe(
      `facepay-kiosk ${manifest.version} x86_64 MIT`,
    );
  });

  it('puts the lock’s command on the path when it is installed, and again when it is updated', () => {
    script('PREIN', 1);
    script('POSTIN', 1);
    expect(readlinkSync(at('usr/sbin/facepay-kiosk-setup'))).toBe(
      '/opt/FacePay Kiosk/resources/machine/linux/facepay-kiosk-setup',
    );
    script('PREIN', 2);
    script('POSTIN', 2);
    // In an update the old package's scripts run last; they must remove nothing.
    script('PREUN', 1);
    script('POSTUN', 1);
    expect(lstatSync(at('usr/sbin/facepay-kiosk-setup')).isSymbolicLink()).toBe(true);
  });

  it('unlocks the machine when it is removed, and leaves the journal', () => {
    const setup = at(`${INSTALLED}/resources/machine/linux/facepay-kiosk-setup`);
    run(setup, ['apply', '--root', system, '--app', at(`${INSTALLED}/facepay-kiosk`)]);
    mkdirSync(at('var/lib/facepay'), { recursive: true });
    expect(existsSync(at('etc/systemd/system/facepay-kiosk.service'))).toBe(true);
    script('PREUN', 0);
    script('POSTUN', 0);
    expect(existsSync(at('etc/systemd/system/facepay-kiosk.service'))).toBe(false);
    expect(existsSync(at('usr/sbin/facepay-kiosk-setup'))).toBe(false);
    run('rpm', ['--root', system, '--noscripts', '--erase', 'facepay-kiosk']);
    expect([INSTALLED, 'var/lib/facepay'].map((path) => existsSync(at(path)))).toEqual([false, true]);
  });

  it('is the same file when it is made again, and names the other processor where it is for that', () => {
    const into = join(packing.work, 'again');
    mkdirSync(into);
    expect(readFileSync(makeRpm({ ...order, packed, into })).equals(readFileSync(rpm))).toBe(true);
    expect(makeRpm({ ...order, packed, into, processor: 'arm64' })).toContain(
      `facepay-kiosk-${manifest.version}-1.aarch64.rpm`,
    );
  });
});
