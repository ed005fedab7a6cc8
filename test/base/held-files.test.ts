/** Files that another program (a virus scanner, a backup) holds for a moment, with the errors that Windows gives. */
import type * as Fs from 'node:fs';
import { readdirSync, readFileSync, writeFileSync, type PathOrFileDescriptor } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { deviceSecretOrNew } from '../../electron/vault/device-secret.ts';
import { renameSafely, writeFileSafely } from '../../electron/base/safe-file.ts';
import { temporaryFolder } from '../support/command.ts';

/** How often each of these will still be refused, and with which error. */
const refusals = vi.hoisted(() => ({ renameSync: 0, openSync: 0, readFileSync: 0, code: 'EBUSY' }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof Fs>();
  const refused = (name: 'renameSync' | 'openSync' | 'readFileSync'): void => {
    if (refusals[name] === 0) return;
    refusals[name] -= 1;
    throw Object.assign(new Error(`${refusals.code}: held, ${name}`), { code: refusals.code });
  };
  const renameSync: typeof Fs.renameSync = (...args) => {
    refused('renameSync');
    real.renameSync(...args);
  };
  const openSync: typeof Fs.openSync = (...args) => {
    if (args[1] !== 'r') refused('openSync');
    return real.openSync(...args);
  };
  const readBytes = (path: PathOrFileDescriptor): Buffer => {
    refused('readFileSync');
    return real.readFileSync(path);
  };
  const readText = (path: PathOrFileDescriptor, how: Parameters<typeof Fs.readFileSync>[1]): string | Buffer =>
    real.readFileSync(path, how);
  const read = (path: PathOrFileDescriptor, how?: Parameters<typeof Fs.readFileSync>[1]): string | Buffer =>
    how === undefined ? readBytes(path) : readText(path, how);
  return { ...real, renameSync, openSync, readFileSync: read };
});

afterEach(() => {
  Object.assign(refusals, { renameSync: 0, openSync: 0, readFileSync: 0, code: 'EBUSY' });
});

function paused(): { readonly pause: (ms: number) => void; readonly pauses: number[] } {
  const pauses: number[] = [];
  return { pause: (ms) => pauses.push(ms), pauses };
}
const sum = (all: readonly number[]): number => all.reduce((before, ms) => before + ms, 0);
const codeOf = (act: () => void): unknown => {
  try {
    act();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'none';
};

describe('a file that is held', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES'])(
    'for a moment (%s) is written and renamed all the same, after about a second at most',
    (code) => {
      const folder = temporaryFolder();
      const path = join(folder, 'file.json');
      const { pause, pauses } = paused();
      writeFileSync(path, 'old');
      Object.assign(refusals, { code, renameSync: 4, openSync: 3 });
      writeFileSafely(path, 'new', pause);
      expect(readFileSync(path, 'utf8')).toBe('new');
      expect(pauses).toHaveLength(7);
      Object.assign(refusals, { code, renameSync: 10 });
      renameSafely(path, join(folder, 'other.json'), pause);
      expect(readdirSync(folder)).toEqual(['other.json']);
      expect(sum(pauses.slice(7))).toBeGreaterThanOrEqual(900);
      expect(sum(pauses.slice(7))).toBeLessThanOrEqual(1_100);
    },
  );

  it('for a moment is read all the same: a device has one secret, even if a program holds its file', () => {
    const path = join(temporaryFolder(), 'device.secret');
    const secret = deviceSecretOrNew(path);
    Object.assign(refusals, { code: 'EACCES', readFileSync: 3 });
    expect(deviceSecretOrNew(path)).toEqual(secret);
    expect(refusals.readFileSync).toBe(0);
  });

  it('for longer is reported as held, keeps its content, and delays nobody a second time until it is released', () => {
    const path = join(temporaryFolder(), 'file.json');
    writeFileSync(path, 'old');
    refusals.renameSync = Infinity;
    const first = paused();
    expect(codeOf(() => { writeFileSafely(path, 'new', first.pause); })).toBe('EBUSY'); // prettier-ignore
    expect(readFileSync(path, 'utf8')).toBe('old');
    const again = paused();
    expect(codeOf(() => { writeFileSafely(path, 'new', again.pause); })).toBe('EBUSY'); // prettier-ignore
    expect(again.pauses).toEqual([]);
    refusals.renameSync = 0;
    writeFileSafely(path, 'new', again.pause);
    refusals.renameSync = 1;
    writeFileSafely(path, 'newer', again.pause);
    expect([readFileSync(path, 'utf8'), again.pauses.length]).toEqual(['newer', 1]);
  });

  it('is not what a full disk is: that is said at once', () => {
    const { pause, pauses } = paused();
    Object.assign(refusals, { code: 'ENOSPC', openSync: 1 });
    expect(codeOf(() => { writeFileSafely(join(temporaryFolder(), 'file'), 'x', pause); })).toBe('ENOSPC'); // prettier-ignore
    expect(pauses).toEqual([]);
  });
});
