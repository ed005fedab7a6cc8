/** Finds a Chromium and a Chinese font, installs them with Debian's package manager where it may, or says what is missing. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../test/host/browser.ts';
import { run } from './run.ts';

/** What is still missing in the end, in words; empty where nothing is. */
export async function prepareBrowser(): Promise<readonly string[]> {
  const packages = [...(findChromium() === null ? ['chromium'] : []), ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])];
  if (packages.length === 0) return [];
  if (!mayInstall()) return packages.map((name) => `${name} is missing; install it (Debian: sudo apt-get install ${name})`);
  console.log(`Installing ${packages.join(' and ')} with apt-get (needed to show and test the screen) ...`);
  const unattended = { env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const options = ['-qq', '-y', '--no-install-recommends'];
  const updated = await run('apt-get', ['-qq', 'update'], unattended);
  const installed = updated === 0 ? await run('apt-get', [...options, 'install', ...packages], unattended) : updated;
  return installed === 0 ? [] : packages.map((name) => `${name} could not be installed: apt-get ended with ${String(installed)}`);
}

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Windows and macOS come with one. */
function hasChineseFont(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return execFileSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    // No fontconfig on this machine, so no font it would find.
    return false;
  }
}
