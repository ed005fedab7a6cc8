/**
 * Replacing the app: which way is possible, and that an AppImage is complete at every moment. Windows' installer cannot
 * run here.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { installerFor, installWayOf, type InstalledAs } from '../../electron/updates/install.ts';
import type { KeptRelease } from '../../electron/updates/kept-releases.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-install-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const kept = (path: string): KeptRelease => {
  const file = { name: 'facepay-1.1.0.AppImage', sha512: '', size: 1 };
  return {
    release: {
      facepayUpdate: 1,
      channel: 'latest',
      version: '1.1.0',
      minimumVersion: '0.0.0',
      releasedAt: '',
      stagingPercentage: 100,
      files: [file],
    },
    file,
    path,
  };
};

it('goes the way that this app was installed, and by hand where it would take an administrator', () => {
  const windows: InstalledAs = {
    platform: 'win32',
    isPackaged: true,
    isStandIn: false,
    appImage: null,
    isPortable: false,
    appFolder: folder,
  };
  const missing = join(folder, 'none');
  expect(installWayOf(windows)).toBe('nsis');
  // A folder that cannot be written: root may write anywhere, so the test uses one that does not exist.
  expect(installWayOf({ ...windows, appFolder: missing })).toBe('by-hand');
  // A portable program unpacks itself into a folder where anybody may write.
  expect(installWayOf({ ...windows, isPortable: true })).toBe('by-hand');
  expect(installWayOf({ ...windows, platform: 'linux' })).toBe('by-hand');
  expect(installWayOf({ ...windows, platform: 'linux', appImage: join(folder, 'a.AppImage') })).toBe('appimage');
  expect(installWayOf({ ...windows, platform: 'linux', appImage: join(missing, 'a.AppImage') })).toBe('by-hand');
  expect(installWayOf({ ...windows, isPackaged: false })).toBe('not-here');
  expect(installWayOf({ ...windows, isStandIn: true })).toBe('recorded');
});

it('replaces an AppImage in one step and starts it, after the lock is let go', async () => {
  const [appImage, next, sign] = [join(folder, 'facepay.AppImage'), join(folder, 'next'), join(folder, 'started')];
  writeFileSync(appImage, 'the old one');
  writeFileSync(next, `#!/bin/sh\necho "$0" > '${sign}.new' && mv '${sign}.new' '${sign}'\n`);
  const letGo = vi.fn(() => {
    expect(existsSync(sign)).toBe(false);
  });
  const install = installerFor({ way: 'appimage', appImage, letGo, recordFile: join(folder, 'recorded.json') });
  expect(await install(kept(next))).toEqual({ ok: true, value: null });
  expect(letGo).toHaveBeenCalledOnce();
  expect(statSync(appImage).mode & 0o777).toBe(0o755);
  expect(readFileSync(appImage)).toEqual(readFileSync(next));
  await vi.waitFor(() => expect(readFileSync(sign, 'utf8').trim()).toBe(appImage), { timeout: 90_000 });
});

it('leaves the old AppImage where the new one cannot be read', async () => {
  const appImage = join(folder, 'facepay.AppImage');
  writeFileSync(appImage, 'the old one');
  const install = installerFor({ way: 'appimage', appImage, letGo: () => undefined, recordFile: '' });
  expect(await install(kept(join(folder, 'gone')))).toEqual({ ok: false, error: 'not-begun' });
  expect(readFileSync(appImage, 'utf8')).toBe('the old one');
});

it('runs Windows’ installer silently, as an update, without a shell', async () => {
  const [program, sign] = [join(folder, "set up; 'x'.exe"), join(folder, 'arguments')];
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > '${sign}.new' && mv '${sign}.new' '${sign}'\n`);
  chmodSync(program, 0o755);
  const install = installerFor({ way: 'nsis', appImage: null, letGo: () => undefined, recordFile: '' });
  expect((await install(kept(program))).ok).toBe(true);
  await vi.waitFor(() => expect(readFileSync(sign, 'utf8')).toBe('--updated\n/S\n--force-run\n'), { timeout: 90_000 });
  expect(await install(kept(join(folder, 'gone.exe')))).toEqual({ ok: false, error: 'not-begun' });
});

it('on a stand-in writes down what it would have done, and says that it did not do it', async () => {
  const recordFile = join(folder, 'recorded.json');
  const install = installerFor({ way: 'recorded', appImage: null, letGo: () => undefined, recordFile });
  expect((await install(kept('x'))).ok).toBe(true);
  expect(JSON.parse(readFileSync(recordFile, 'utf8'))).toEqual({
    version: '1.1.0',
    file: 'facepay-1.1.0.AppImage',
    installed: false,
  });
});
