/** The app as electron-builder packs it for Linux and Windows, around files that replace Electron's. */
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createPackageWithOptions, extractAll, uncacheAll } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { asarFiles, asarHeaderHash, contentFaults } from '../../build/pack/asar-contents.ts';
import { LINUX_SIZES } from '../../build/pack/icons.ts';
import { verifyPacked, type Finding } from '../../build/pack/verify.ts';
import { readWindowsProgram } from '../../build/pack/windows-program.ts';
import { guidePages } from '../../renderer/state/guide-pages.ts';
import { languageSchema } from '../../shared/settings.ts';
import { preparePacking, root, type Packing } from './packed.ts';

let packing: Packing;
let linux: string;
let linuxArm: string;
let windows: string;

beforeAll(async () => {
  packing = await preparePacking();
  linux = await packing.pack('linux', 'x64');
  linuxArm = await packing.pack('linux', 'arm64');
  windows = await packing.pack('win32', 'x64');
});
afterAll(() => {
  packing.remove();
});

const faultsOf = (findings: readonly Finding[]): string[] => findings.filter(({ ok }) => !ok).map(({ what }) => what);

/** Verifies a copy of the folder with one thing wrong in it. */
async function faultsWith(folder: string, spoil: (copy: string) => unknown): Promise<string[]> {
  const copy = join(packing.work, 'spoilt', folder === linux ? 'linux-unpacked' : 'win-unpacked');
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, copy, { recursive: true });
  await spoil(copy);
  return faultsOf(await verifyPacked(copy));
}

/** Packs the archive of `copy` again, with more in it. */
async function withFile(copy: string, path: string, text: string): Promise<void> {
  const archive = join(copy, 'resources/app.asar');
  const app = join(packing.work, 'spoilt/app');
  rmSync(app, { recursive: true, force: true });
  // The library caches an archive by its path.
  uncacheAll();
  extractAll(archive, app);
  mkdirSync(join(app, path, '..'), { recursive: true });
  appendFileSync(join(app, path), text);
  await finished(await createPackageWithOptions(app, archive, { unpack: '*.node' }));
}

describe('what is packed', () => {
  it('is for both systems as it must be', async () => {
    expect(faultsOf(await verifyPacked(linux))).toEqual([]);
    expect(faultsOf(await verifyPacked(windows))).toEqual([]);
  });

  it('is the same app on both, and what runs alone', () => {
    const files = asarFiles(join(linux, 'resources/app.asar'));
    const isNative = ({ path }: { path: string }): boolean => path.endsWith('.node');
    const onWindows = asarFiles(join(windows, 'resources/app.asar'));
    expect(onWindows.filter((file) => !isNative(file))).toEqual(files.filter((file) => !isNative(file)));
    expect([files, onWindows].map((all) => all.filter(isNative).map(({ path }) => path))).toEqual([
      ['out/main/serialport/linux-x64.node'],
      ['out/main/serialport/win-x64.node'],
    ]);
    expect(contentFaults(files)).toEqual([]);
    const { scripts, devDependencies, optionalDependencies, ...kept } = JSON.parse(
      files.find(({ path }) => path === 'package.json')?.text ?? '',
    ) as Record<string, unknown>;
    expect([scripts, devDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
    expect(kept).toMatchObject({
      name: manifest.name,
      version: manifest.version,
      main: manifest.main,
      desktopName: 'facepay-kiosk.desktop',
    });
  });

  it('is byte for byte the same archive when the same sources are bundled and packed again', async () => {
    const again = await preparePacking({ again: true });
    try {
      const folder = await again.pack('linux', 'x64');
      expect(
        readFileSync(join(folder, 'resources/app.asar')).equals(readFileSync(join(linux, 'resources/app.asar'))),
      ).toBe(true);
    } finally {
      again.remove();
    }
  });

  it('bears on Windows the archive’s hash, the app’s versions and its icon', () => {
    const program = readWindowsProgram(readFileSync(join(windows, 'FacePay Kiosk.exe')));
    expect(program.integrity).toEqual([
      { file: 'resources\\app.asar', alg: 'SHA256', value: asarHeaderHash(join(windows, 'resources/app.asar')) },
    ]);
    expect(program.strings).toMatchObject({
      ProductName: 'FacePay Kiosk',
      FileVersion: manifest.version,
      CompanyName: manifest.author,
    });
    expect(program.strings['LegalCopyright']).toContain('MIT');
    expect(program.icons).toBe(1);
    expect(program.signed).toBe(false);
  });

  it('opens the app’s own links on Linux, behind the arguments’ end', () => {
    const entry = readFileSync(join(linux, 'resources/facepay-kiosk.desktop'), 'utf8').split('\n');
    expect(entry).toContain('Exec="/opt/FacePay Kiosk/facepay-kiosk" -- %U');
    expect(entry).toContain('MimeType=x-scheme-handler/facepay-kiosk;');
    expect(entry).toContain('StartupWMClass=facepay-kiosk');
    expect(entry.find((line) => line.startsWith('Name[zh_CN]='))).toBeDefined();
    expect(readdirSync(join(linux, 'resources/icons')).sort()).toEqual(
      LINUX_SIZES.map((size) => `${String(size)}x${String(size)}.png`).sort(),
    );
  });

  it('has the guide beside the program, to be read where the app does not start', () => {
    for (const folder of [linux, windows])
      for (const language of languageSchema.options)
        for (const page of guidePages) {
          const name = `guide/${language}/${page}.md`;
          expect(readFileSync(join(folder, name), 'utf8'), name).toBe(readFileSync(join(root, 'build', name), 'utf8'));
        }
  });

  it('has the licence of each package that is bundled, in the app and beside the program', () => {
    const files = asarFiles(join(linux, 'resources/app.asar'));
    const text = files.find(({ path }) => path === 'out/renderer/third-party.txt')?.text ?? '';
    const table = /\| Bundled \|[\s\S]*?\n\n/.exec(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))?.[0] ?? '';
    const names = [...table.matchAll(/\*\*([@\w/-]+)\*\*/g)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(8);
    const titles = [...text.matchAll(/^=+\n(\S+) (\S+) \((.+)\)\n=+$/gm)];
    expect(titles.map(([, name]) => name)).toEqual(expect.arrayContaining([...names, 'scheduler']));
    // A package may be there twice, in two versions.
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    for (const [, name = '', version = ''] of titles)
      expect(lock).toMatch(new RegExp(`node_modules/${name}": \\{\\s+"version": "${version}"`));
    for (const folder of [linux, windows])
      expect(readFileSync(join(folder, 'LICENSES.packages.txt'), 'utf8')).toBe(text);
  });

  it('has no app of Electron’s own left in it', () => {
    expect(existsSync(join(packing.work, 'electron-linux-x64/resources/default_app.asar'))).toBe(true);
    for (const folder of [linux, windows]) expect(existsSync(join(folder, 'resources/default_app.asar'))).toBe(false);
  });

  it('can be for arm64 as well', async () => {
    const folders = [linuxArm, await packing.pack('win32', 'arm64')];
    for (const folder of folders)
      expect((await verifyPacked(folder)).find(({ what }) => what === 'processor')).toMatchObject({
        found: 'arm64',
        ok: true,
      });
  });
});

describe('verify:dist finds', () => {
  it.each([
    [
      'fuses',
      'a fuse turned back',
      (copy: string) =>
        flipFuses(join(copy, 'facepay-kiosk'), { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: true }),
    ],
    ['app.asar, its files', 'a source file', (copy: string) => withFile(copy, 'electron/main.ts', 'export {};')],
    ['app.asar, its files', 'a package', (copy: string) => withFile(copy, 'node_modules/zod/index.js', 'export {};')],
    ['app.asar, its files', 'a test', (copy: string) => withFile(copy, 'out/main/main.test.js', 'export {};')],
    ['app.asar, its files', 'a source map', (copy: string) => withFile(copy, 'out/main/main.js.map', '{}')],
    [
      'app.asar, its files',
      'the name of a source map',
      (copy: string) => withFile(copy, 'out/main/main.js', '\n//# sourceMappingURL=main.js.map'),
    ],
    [
      'app.asar, its files',
      'an import that nothing answers',
      (copy: string) => withFile(copy, 'out/main/main.js', '\nimport "left-out";'),
    ],
    [
      'app.asar, its size',
      'an archive that grew',
      (copy: string) => withFile(copy, 'out/renderer/index.html', ' '.repeat(4 * 1024 * 1024)),
    ],
    [
      'native files',
      'another system’s native file beside it',
      (copy: string) => {
        writeFileSync(join(copy, 'resources/app.asar.unpacked/out/main/serialport/win-arm64.node'), 'MZ');
      },
    ],
    ['nothing else to load', 'another app beside it', (copy: string) => mkdirSync(join(copy, 'resources/app'))],
    ['languages of Chromium', 'a language too many', (copy: string) => writeFileSync(join(copy, 'locales/fr.pak'), '')],
    ['licences', 'a licence that is gone', (copy: string) => rmSync(join(copy, 'LICENSES.chromium.html'))],
    [
      'permissions',
      'a file that anybody may write',
      (copy: string) => chmodSync(join(copy, 'resources/app.asar'), 0o666),
    ],
    ['permissions', 'a program that cannot be run', (copy: string) => chmodSync(join(copy, 'chrome-sandbox'), 0o644)],
    ['desktop entry', 'no desktop entry', (copy: string) => rmSync(join(copy, 'resources/facepay-kiosk.desktop'))],
    [
      'processor',
      'a program for another processor',
      (copy: string) => cpSync(join(linuxArm, 'facepay-kiosk'), join(copy, 'facepay-kiosk')),
    ],
  ])('%s: %s', async (what, _case, spoil) => {
    expect(await faultsWith(linux, spoil)).toEqual([what]);
  });

  it('on Windows an archive that is not the one in the program, and a program that is not ours', async () => {
    expect(await faultsWith(windows, (copy) => withFile(copy, 'out/main/main.js', '\n// changed'))).toEqual([
      'app.asar, its hash in the program',
    ]);
    const other = (copy: string): void =>
      cpSync(join(packing.work, 'electron-win32-x64/electron.exe'), join(copy, 'FacePay Kiosk.exe'));
    expect(await faultsWith(windows, other)).toEqual([
      'fuses',
      'app.asar, its hash in the program',
      'program',
      'icon in the program',
    ]);
  });

  it('a folder that holds no packed app', async () => {
    await expect(verifyPacked(root)).rejects.toThrow(/neither/);
  });
});
