/**
 * Finds what the scripts need beyond npm. Installs it with Debian's package manager if that is allowed, otherwise says
 * what is missing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hasCompiler, hasHeaders } from '../test/crash/compiler.ts';
import { fontsOf, missingFontPackages } from './test/test-fonts.ts';
import { findChromium } from './stand-in/browser/browser.ts';
import { run } from './run.ts';

/** By the name of the Debian package that contains it, or a common name if one of several packages does. */
const NEEDS = {
  chromium: () => findChromium() !== null,
  // Windows and macOS already have one.
  'a Chinese font': () => process.platform !== 'linux' || prints('fc-list', [':lang=zh-cn']),
  // The fonts for tests, these and no others.
  fontconfig: () => process.platform !== 'linux' || prints('fc-list', []),
  'fonts-noto-cjk': () => !missingFontPackages().includes('fonts-noto-cjk'),
  'fonts-dejavu-core': () => !missingFontPackages().includes('fonts-dejavu-core'),
  // For certificates that the tests make without our own code.
  openssl: () => prints('openssl', ['version']),
  // Signs a Windows program on Linux.
  osslsigncode: () => process.platform !== 'linux' || prints('osslsigncode', ['--version']),
  // For the library that the crash tests put between a process and the C library, and for the helper of the face SDK.
  gcc: () => process.platform !== 'linux' || hasCompiler(),
  'libc6-dev': () => process.platform !== 'linux' || hasHeaders(),
  // Compile the helper of the face SDK for Windows.
  'gcc-mingw-w64-i686-win32': () => prints('i686-w64-mingw32-gcc', ['--version']),
  'gcc-mingw-w64-x86-64-win32': () => prints('x86_64-w64-mingw32-gcc', ['--version']),
  // For the installers and the machine's scripts (test/pack/rpm.test.ts, test/machine).
  rpm: () => process.platform !== 'linux' || prints('rpmbuild', ['--version']),
  nsis: () => prints('makensis', ['-VERSION']),
  shellcheck: () => prints('shellcheck', ['--version']),
  // For the Debian in which Wine runs Windows' Node (build/test/test-windows.ts).
  debootstrap: () => existsSync('/usr/sbin/debootstrap'),
} as const;

export type Need = keyof typeof NEEDS;

/** What is still missing at the end, in words; empty if nothing is. */
export async function prepare(needs: readonly Need[]): Promise<readonly string[]> {
  const missing = needs.filter((name) => !NEEDS[name]());
  if (missing.length === 0) return [];
  if (!mayInstall())
    return missing.map(
      (name) => `${name} is missing${drawnWith(name)}; install it (Debian: sudo apt-get install ${packageOf(name)})`,
    );
  const packages = missing.map(packageOf);
  console.log(`Installing ${packages.join(', ')} with apt-get (needed to show or test the app) ...`);
  const unattended = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const updated = await run('apt-get', ['-qq', 'update'], unattended);
  const options = ['-qq', '-y', '--no-install-recommends'];
  const installed = updated === 0 ? await run('apt-get', [...options, 'install', ...packages], unattended) : updated;
  return installed === 0
    ? []
    : packages.map((name) => `${name} could not be installed: apt-get ended with ${String(installed)}`);
}

const packageOf = (need: Need): string => (need === 'a Chinese font' ? 'fonts-noto-cjk' : need);

const drawnWith = (need: Need): string =>
  need === 'fonts-noto-cjk' || need === 'fonts-dejavu-core' ? ` (tests draw with ${fontsOf(need)})` : '';

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Whether a program exists and prints something. */
function prints(program: string, args: readonly string[]): boolean {
  const { error, stdout } = spawnSync(program, [...args], { encoding: 'utf8' });
  return error === undefined && stdout.trim() !== '';
}
