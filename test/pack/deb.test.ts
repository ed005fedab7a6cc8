/**
 * The Debian package, installed by dpkg itself into a root of its own: its files, an update, its removal, and whether
 * the installed app starts.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeDeb } from '../../build/pack/deb.ts';
import { verifyPacked } from '../../build/pack/verify.ts';
import { launchKiosk } from '../../build/stand-in/launcher/launch.ts';
import { preparePacking, type Packing } from './packed.ts';

const missing = ['dpkg', 'dpkg-deb'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
const why =
  missing.length > 0
    ? `${missing.join(' and ')} missing`
    : process.getuid?.() === 0
      ? null
      : 'dpkg gives files to root, so this test must be root';
if (why !== null) console.warn(`test/pack/deb.test.ts is SKIPPED: ${why}`);

const SOURCE_DATE = 1_700_000_000;
let packing: Packing;
let packed: string;
let deb: string;
let system: string;

const dpkg = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(
    'dpkg',
    [`--root=${system}`, `--log=${system}/dpkg.log`, '--force-depends', ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`dpkg ${args.join(' ')}: ${stderr}`);
  return stdout;
};

/** An empty Debian: only dpkg's own database. */
function emptySystem(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-root-'));
  for (const name of ['info', 'updates', 'triggers'])
    mkdirSync(join(folder, 'var/lib/dpkg', name), { recursive: true });
  writeFileSync(join(folder, 'var/lib/dpkg/status'), '');
  return folder;
}

describe.skipIf(why !== null)('the Debian package', () => {
  beforeAll(async () => {
    packing = await preparePacking();
    packed = await packing.pack('linux', 'x64');
    deb = makeDeb({ packed, processor: 'x64', into: packing.work, scripts: null, sourceDate: SOURCE_DATE });
    system = emptySystem();
    dpkg('--install', deb);
  });
  afterAll(() => {
    packing.remove();
    rmSync(system, { recursive: true, force: true });
  });
  const at = (path: string): string => join(system, path);
  const INSTALLED = 'opt/FacePay Kiosk';

  it('installs the app as it was packed, with a sandbox helper that is root’s and setuid', async () => {
    expect((await verifyPacked(at(INSTALLED))).filter(({ ok }) => !ok)).toEqual([]);
    const helper = statSync(at(`${INSTALLED}/chrome-sandbox`));
    expect([(helper.mode & 0o7777).toString(8), helper.uid, helper.gid]).toEqual(['4755', 0, 0]);
    const owners = readdirSync(at('opt'), { recursive: true, encoding: 'utf8' }).map(
      (name) => lstatSync(at(`opt/${name}`)).uid,
    );
    expect(new Set(owners)).toEqual(new Set([0]));
    expect(dpkg('--verify')).toBe('');
  });

  it('puts the program on the path, and its entry, icons and licence where a desktop looks for them', () => {
    expect(readlinkSync(at('usr/bin/facepay-kiosk'))).toBe('/opt/FacePay Kiosk/facepay-kiosk');
    expect(readlinkSync(at('usr/bin/facepay'))).toBe('/opt/FacePay Kiosk/command/facepay');
    expect(lstatSync(at('opt/FacePay Kiosk/command/facepay')).mode & 0o777).toBe(0o755);
    expect(readFileSync(at('usr/share/applications/facepay-kiosk.desktop'), 'utf8')).toContain(
      'Exec="/opt/FacePay Kiosk/facepay-kiosk" -- %U',
    );
    expect(readdirSync(at('usr/share/icons/hicolor'))).toContain('512x512');
    expect(readFileSync(at('usr/share/doc/facepay-kiosk/copyright'), 'utf8')).toContain('Permission is hereby granted');
  });

  it('brings an app that starts (unpacked from its archive, which Node cannot read, on the stand-in host)', async () => {
    const app = join(packing.work, 'installed');
    extractAll(at(`${INSTALLED}/resources/app.asar`), app);
    const profile = join(packing.work, 'profile');
    const kiosk = await launchKiosk({
      host: 'stand-in',
      mainBundle: join(app, manifest.main),
      userData: join(profile, 'chromium'),
      env: { FACEPAY_PROFILE: profile },
    });
    await kiosk.page.getByTestId('take-payment').waitFor();
    expect(await kiosk.quit()).toBe(0);
  });

  it('is the same file when it is made again', () => {
    mkdirSync(join(packing.work, 'again'));
    const again = makeDeb({
      packed,
      processor: 'x64',
      into: join(packing.work, 'again'),
      scripts: null,
      sourceDate: SOURCE_DATE,
    });
    expect(readFileSync(again).equals(readFileSync(deb))).toBe(true);
  });

  it('carries the machine’s own scripts where there are some', () => {
    const scripts = join(packing.work, 'scripts');
    mkdirSync(scripts);
    writeFileSync(join(scripts, 'postinst'), '#!/bin/sh\nset -e\n', { mode: 0o644 });
    const file = makeDeb({ packed, processor: 'arm64', into: packing.work, scripts, sourceDate: SOURCE_DATE });
    const control = join(packing.work, 'control');
    expect(spawnSync('dpkg-deb', ['--control', file, control]).status).toBe(0);
    expect((statSync(join(control, 'postinst')).mode & 0o777).toString(8)).toBe('755');
    expect(readFileSync(join(control, 'control'), 'utf8')).toMatch(/^Architecture: arm64$/m);
  });

  it('is updated in place, and when it is removed it leaves only the shop’s own files behind', () => {
    const journal = at('home/till/.facepay-kiosk/live/journal.sqlite');
    mkdirSync(join(journal, '..'), { recursive: true });
    writeFileSync(journal, 'orders');
    rmSync(join(packed, 'vk_swiftshader_icd.json'));
    dpkg(
      '--install',
      makeDeb({ packed, processor: 'x64', into: packing.work, scripts: null, revision: 2, sourceDate: SOURCE_DATE }),
    );
    expect(
      spawnSync('dpkg-query', [`--root=${system}`, '-W', '-f=${Version} ${Status}', 'facepay-kiosk'], {
        encoding: 'utf8',
      }).stdout,
    ).toBe(`${manifest.version}-2 install ok installed`);
    expect(existsSync(at(`${INSTALLED}/vk_swiftshader_icd.json`))).toBe(false);
    dpkg('--purge', 'facepay-kiosk');
    expect(existsSync(at(INSTALLED))).toBe(false);
    expect(
      ['usr/bin/facepay-kiosk', 'usr/share/applications/facepay-kiosk.desktop', 'usr/share/doc/facepay-kiosk'].filter(
        (path) => existsSync(at(path)),
      ),
    ).toEqual([]);
    expect(readFileSync(journal, 'utf8')).toBe('orders');
  });
});
