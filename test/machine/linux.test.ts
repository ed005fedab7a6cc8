/** The Linux lock, applied and undone in reality, in a folder that represents the machine's root. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { partWords, sliceOf } from '../support/slice.ts';

const linux = resolve(import.meta.dirname, '../../build/machine/linux');
const setup = join(linux, 'facepay-kiosk-setup');
const files = readdirSync(join(linux, 'files'), { recursive: true, withFileTypes: true }).flatMap((entry) =>
  entry.isFile() ? [join(entry.parentPath, entry.name).slice(join(linux, 'files').length + 1)] : [],
);
const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, [...args]).error === undefined;
const onLinux = process.platform === 'linux';
if (!onLinux) console.warn('SKIPPED: the Linux lock is tried on Linux alone');

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** A machine that has some of the files already, its own display manager, and an app with a blank in its path. */
function machine(): { readonly root: string; readonly app: string } {
  const root = mkdtempSync(join(tmpdir(), 'facepay-machine-'));
  roots.push(root);
  const app = join(root, 'opt/FacePay Kiosk/facepay-kiosk');
  for (const folder of [dirname(app), join(root, 'etc/pam.d'), join(root, 'etc/systemd/system')])
    mkdirSync(folder, { recursive: true });
  writeFileSync(app, '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(join(root, 'etc/pam.d/facepay-kiosk'), 'what was here before\n\0', { mode: 0o640 });
  utimesSync(join(root, 'etc/pam.d/facepay-kiosk'), 1_000_000_000, 1_000_000_000);
  symlinkSync('/lib/systemd/system/gdm.service', join(root, 'etc/systemd/system/display-manager.service'));
  return { root, app };
}

const run = (act: string, root: string, ...more: readonly string[]): { status: number | null; out: string } => {
  const { status, stdout, stderr } = spawnSync(setup, [act, '--root', root, ...more], { encoding: 'utf8' });
  return { status, out: stdout + stderr };
};

/** Every path with its kind, mode, time (of files) and bytes. */
function everything(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(root, name);
      const { mode, mtimeMs } = lstatSync(path);
      if (lstatSync(path).isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
      return lstatSync(path).isDirectory()
        ? `${name}/ ${mode.toString(8)}`
        : `${name} ${mode.toString(8)} ${String(mtimeMs)} ${readFileSync(path, 'base64')}`;
    });
}

describe.runIf(onLinux)('facepay-kiosk-setup', () => {
  it('applies once or twice to the same end, says so, and gives everything back byte for byte', () => {
    const { root, app } = machine();
    const before = everything(root);
    expect(run('status', root)).toEqual({ status: 3, out: 'not locked\n' });
    expect(run('apply', root, '--app', app)).toEqual({ status: 0, out: '' });
    const once = everything(root);
    expect(run('apply', root, '--app', app)).toEqual({ status: 0, out: '' });
    expect(everything(root)).toEqual(once);
    expect(run('status', root)).toEqual({ status: 0, out: 'locked\n' });
    expect(readlinkSync(join(root, 'etc/systemd/system/display-manager.service'))).toBe(
      '/etc/systemd/system/facepay-kiosk.service',
    );
    expect(run('undo', root).status).toBe(0);
    expect(everything(root)).toEqual(before);
    expect(run('undo', root).status).toBe(0);
    expect(everything(root)).toEqual(before);
  });

  it.each(sliceOf('locked files', [...files, 'etc/systemd/system/ctrl-alt-del.target'], 3))(
    `notices that %s was changed, mends it, and still gives back what was first (${partWords})`,
    (file) => {
      const { root, app } = machine();
      const before = everything(root);
      run('apply', root, '--app', app);
      rmSync(join(root, file));
      writeFileSync(join(root, file), 'edited');
      const { status, out } = run('status', root);
      expect([status, out.split('\n').slice(1, -1)]).toEqual([4, [file]]);
      run('apply', root, '--app', app);
      expect(run('status', root).status).toBe(0);
      run('undo', root);
      expect(everything(root)).toEqual(before);
    },
  );

  it('takes an apply up that was cut short, and leaves a folder that others have since used', () => {
    const { root, app } = machine();
    const before = everything(root);
    run('apply', root, '--app', app);
    rmSync(join(root, 'var/lib/facepay-kiosk-setup/marks/etc+udev+rules.d+70-facepay-kiosk.rules'));
    rmSync(join(root, 'etc/udev/rules.d/70-facepay-kiosk.rules'));
    expect(run('apply', root, '--app', app).status).toBe(0);
    writeFileSync(join(root, 'etc/udev/rules.d/99-theirs.rules'), '');
    run('undo', root);
    expect(existsSync(join(root, 'etc/udev/rules.d/99-theirs.rules'))).toBe(true);
    rmSync(join(root, 'etc/udev'), { recursive: true });
    expect(everything(root)).toEqual(before);
  });

  it('changes nothing where the app is missing or its path could not stand in a unit', () => {
    const { root, app } = machine();
    const odd = join(root, 'opt/100%/facepay-kiosk');
    cpSync(app, odd);
    const before = everything(root);
    expect(run('apply', root, '--app', join(root, 'nowhere/app')).status).toBe(2);
    expect(run('apply', root, '--app', odd).status).toBe(2);
    expect(run('frob', root).status).toBe(2);
    expect(everything(root)).toEqual(before);
  });
});

describe.runIf(onLinux)('the maintainer scripts', () => {
  const script = (name: string, root: string, ...args: readonly string[]): string =>
    execFileSync(join(linux, 'deb', name), [...args], {
      encoding: 'utf8',
      env: { ...process.env, DPKG_ROOT: root, DEBIAN_FRONTEND: 'noninteractive' },
    });

  it('lock nothing by installing, leave a lock alone when upgrading, lift it when removing, and keep the journal when purging', () => {
    const { root, app } = machine();
    cpSync(linux, join(dirname(app), 'resources/machine/linux'), { recursive: true });
    mkdirSync(join(root, 'var/lib/facepay'), { recursive: true });
    writeFileSync(join(root, 'var/lib/facepay/journal.sqlite'), 'orders');
    const before = everything(root);
    script('postinst', root, 'configure', '');
    expect(run('status', root).status).toBe(3);
    run('apply', root, '--app', app);
    const locked = everything(root);
    script('prerm', root, 'upgrade', '2');
    script('postinst', root, 'configure', '1');
    expect(everything(root)).toEqual(locked);
    script('prerm', root, 'remove');
    script('postrm', root, 'remove');
    expect(script('postrm', root, 'purge')).toContain('The journal is kept');
    rmSync(join(root, 'usr'), { recursive: true });
    expect(everything(root)).toEqual(before);
  });
});

describe('the scripts and the unit', () => {
  const scripts = [setup, ...['postinst', 'prerm', 'postrm'].map((name) => join(linux, 'deb', name))];
  it.runIf(onLinux).each(scripts)('%s is POSIX shell', (path) => {
    execFileSync('sh', ['-n', path]);
  });

  const shellcheck = has('shellcheck', '--version');
  if (!shellcheck) console.warn('SKIPPED: shellcheck is missing (Debian: apt-get install shellcheck)');
  it.runIf(shellcheck).each(scripts)('%s passes shellcheck', (path) => {
    const { status, stdout } = spawnSync('shellcheck', [path], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, '']);
  });

  const analyze = has('systemd-analyze', '--version');
  if (!analyze) console.warn('SKIPPED: systemd-analyze is missing (Debian: apt-get install systemd)');
  it.runIf(analyze)('pass systemd-analyze verify, with the paths put in', () => {
    const { root, app } = machine();
    run('apply', root, '--app', app, '--cage', '/bin/sh');
    const unit = join(root, 'etc/systemd/system/facepay-kiosk.service');
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    expect([status, stderr.split('\n').filter((line) => line.includes('facepay-kiosk.service'))]).toEqual([0, []]);
  });

  it('let the till’s account use the screen, the touch, the slip printer and a scanner on a serial port', () => {
    const account = readFileSync(join(linux, 'files/etc/sysusers.d/facepay-kiosk.conf'), 'utf8').split('\n');
    for (const group of ['video', 'render', 'input', 'lp', 'dialout']) expect(account).toContain(`m facepay ${group}`);
  });

  it('never take away what Chromium’s sandbox is made of, and start again without limit', () => {
    const unit = readFileSync(join(linux, 'files/etc/systemd/system/facepay-kiosk.service'), 'utf8');
    const settings = unit.split('\n').filter((line) => /^[A-Z]\w+=/.test(line));
    const breaks =
      /^(NoNewPrivileges|RestrictNamespaces|PrivateDevices|PrivateUsers|MemoryDenyWriteExecute|SystemCall\w+|RestrictSUIDSGID|RestrictRealtime|RestrictAddressFamilies|LockPersonality|ProtectKernel\w+|ProtectClock|DynamicUser|WatchdogSec)=/;
    expect(settings.filter((line) => breaks.test(line))).toEqual([]);
    expect(settings).toEqual(
      expect.arrayContaining([
        'Restart=always',
        'StartLimitIntervalSec=0',
        'User=facepay',
        'ExecStart="@CAGE@" -- "@APP@"',
      ]),
    );
  });
});
