/** Only files that an administrator alone can change are started, and only the helper that was chosen. */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import {
  checkHelper,
  helperHash,
  isProtectedOnWindows,
  type HelperFiles,
} from '../../electron/face-bridge/helper-file.ts';
import { environmentForHelper } from '../../electron/face-bridge/helper-process.ts';
import { fail, ok } from '../../shared/result.ts';

const PROGRAM = '/opt/helper';
const LIBRARY = '/opt/sdk.so';
const sha256 = createHash('sha256').update('program').digest('hex');

const files = (open: readonly string[] = [], content = 'program'): HelperFiles => ({
  real: (path) => {
    if (path !== PROGRAM && path !== LIBRARY) throw new Error('ENOENT');
    return `/real${path}`;
  },
  isProtected: (path) => !open.includes(path),
  read: () => Buffer.from(content),
});

test('what is checked is what is started: the paths without links', () => {
  expect(helperHash({ program: PROGRAM, library: LIBRARY }, files())).toEqual(ok(sha256));
  expect(checkHelper({ program: PROGRAM, library: LIBRARY, sha256 }, files())).toEqual(
    ok({ program: `/real${PROGRAM}`, library: `/real${LIBRARY}` }),
  );
});

test('what is missing, open to others or another file is named', () => {
  const helper = { program: PROGRAM, library: LIBRARY, sha256 };
  expect(checkHelper({ ...helper, program: '/none' }, files())).toEqual(fail('helper-missing'));
  expect(checkHelper({ ...helper, library: '/none' }, files())).toEqual(fail('library-missing'));
  expect(checkHelper(helper, files([`/real${PROGRAM}`]))).toEqual(fail('helper-unprotected'));
  expect(checkHelper(helper, files([`/real${LIBRARY}`]))).toEqual(fail('library-unprotected'));
  expect(checkHelper(helper, files([], 'another'))).toEqual(fail('helper-changed'));
  expect(checkHelper({ program: PROGRAM, library: LIBRARY }, files())).toEqual(fail('helper-changed'));
});

test.each([
  ['C:\\Program Files\\FaceHelper\\face-helper.exe', true],
  ['d:\\program files (x86)\\Tencent\\WxpayFaceSDK.dll', true],
  ['C:/Windows/System32/sdk.dll', true],
  ['C:\\Windows\\Temp\\sdk.dll', false],
  ['C:\\Program Files\\..\\Users\\till\\face-helper.exe', false],
  ['C:\\ProgramData\\face-helper.exe', false],
  ['C:\\Users\\till\\Program Files\\face-helper.exe', false],
  ['\\\\server\\Program Files\\face-helper.exe', false],
])('on Windows %s is protected: %s', (path, isProtected) => {
  expect(isProtectedOnWindows(path)).toBe(isProtected);
});

const folder = mkdtempSync(join(tmpdir(), 'facepay-protected-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() !== 0)(
  'on Linux and macOS root owns the file and every folder above it, and nobody else may write to them',
  () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { mode: 0o755 });
    const program = join(bin, 'helper');
    const library = join(bin, 'sdk.so');
    for (const file of [program, library]) writeFileSync(file, 'program', { mode: 0o755 });
    const hash = (): unknown => helperHash({ program, library });
    expect(hash()).toEqual(ok(sha256));
    chmodSync(program, 0o775);
    expect(hash()).toEqual(fail('helper-unprotected'));
    chmodSync(program, 0o755);
    chownSync(library, 65_534, 65_534);
    expect(hash()).toEqual(fail('library-unprotected'));
    chownSync(library, 0, 0);
    chmodSync(bin, 0o777);
    expect(hash()).toEqual(fail('helper-unprotected'));
  },
);

test('the helper gets nothing of ours in its environment', () => {
  const given = {
    PATH: '/bin',
    SystemRoot: 'C:\\Windows',
    FACEPAY_PASSPHRASE: 'x',
    NODE_OPTIONS: 'x',
    electron_x: 'x',
  };
  expect(environmentForHelper(given)).toEqual({ PATH: '/bin', SystemRoot: 'C:\\Windows' });
});
