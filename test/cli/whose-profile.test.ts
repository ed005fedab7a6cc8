/** Which profile a command works on, and that an administrator leaves nothing in it that its owner cannot read. */
import { chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { ownerFor, profileFolderOf } from '../../electron/cli/whose-profile.ts';
import { facepayTyping } from '../support/command.ts';

const folder = mkdtempSync(join(tmpdir(), 'facepay-whose-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const KIOSK = '/var/lib/facepay/.facepay-kiosk';
const OWN = '/home/me/.facepay-kiosk';

describe('the profile', () => {
  test.each([
    ['its own, if there is one', {}, [OWN, KIOSK], OWN],
    ['the kiosk user’s, if only that is there', {}, [KIOSK], KIOSK],
    ['its own, if there is none yet', {}, [], OWN],
    ['the one that FACEPAY_PROFILE names, there or not', { FACEPAY_PROFILE: '/data/till' }, [OWN, KIOSK], '/data/till'],
  ] as const)('is %s', (_what, env, there, folderOf) => {
    const isThere = (path: string): boolean => there.some((known) => known === path);
    expect(profileFolderOf({ env, home: '/home/me', platform: 'linux', isThere })).toBe(folderOf);
  });

  it('stands beside the administrator’s own folder on Windows', () => {
    const seen: string[] = [];
    const isThere = (path: string): boolean => seen.push(path) === 2;
    expect(profileFolderOf({ env: {}, home: 'C:/Users/boss', platform: 'win32', isThere })).toContain('facepay');
    expect(seen[1]).toBe('C:/Users/facepay/.facepay-kiosk');
  });
});

describe('the owner', () => {
  const owners = new Map([
    ['/', { uid: 0, gid: 0 }],
    ['/var/lib/facepay', { uid: 990, gid: 989 }],
  ]);
  const ownerOf = (path: string): { uid: number; gid: number } | null => owners.get(path) ?? null;

  it('of a folder that is not there yet is that of the closest one above it', () => {
    expect(ownerFor(KIOSK, ownerOf)).toEqual({ uid: 990, gid: 989 });
  });

  it('is nobody else where root owns it', () => {
    expect(ownerFor('/root/.facepay-kiosk', ownerOf)).toBeNull();
  });
});

test('a command of root writes into another user’s profile as that user', async () => {
  const profile = join(folder, 'profile');
  mkdirSync(profile, { mode: 0o700 });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chownSync(profile, 12_345, 12_345);
    chownSync(folder, 12_345, 12_345);
  }
  const owner = isRoot ? 12_345 : statSync(folder).uid;
  const { exitCode, said } = await facepayTyping('583920\n', 'pin', 'reset', 'technician', '--profile', profile);
  expect({ exitCode, said }).toMatchObject({ exitCode: 0 });
  const left = readdirSync(profile, { recursive: true, encoding: 'utf8' });
  expect(left).not.toEqual([]);
  expect(left.filter((name) => statSync(join(profile, name)).uid !== owner)).toEqual([]);
});
