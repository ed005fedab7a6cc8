/**
 * Full or read-only disks, and journals that this version must not change: each is reported by name, and nothing is
 * stored halfway.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { facepay, PracticeProcess, secondsAgo, temporaryFolder } from '../support/command.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

let folder: string;
let gateway: PracticeProcess;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  await gateway.seed({ outTradeNo: 'disk-1' });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cancel = (profile: string): ReturnType<typeof facepay> =>
  facepay('cancel', 'disk-1', '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', profile);

describe.skipIf(!canMount())('a disk that cannot be written (needs the right to mount)', () => {
  it.each([
    ['full', 'disk-full'],
    ['read-only', 'read-only'],
  ])('keeps init from storing half of a terminal (%s)', async (how, code) => {
    const disk = smallDisk();
    if (how === 'full') disk.fill();
    else disk.makeReadOnly();
    const { exitCode, lines, said } = await facepay(
      'init',
      '--from',
      gateway.merchantFile,
      '--profile',
      join(disk.path, 'profile'),
    );
    expect(lines, said).toMatchObject([{ type: 'error', field: join(disk.path, 'profile', 'settings.json'), code }]);
    expect(exitCode).toBe(2);
    expect(existsSync(join(disk.path, 'profile', 'settings.json'))).toBe(false);
  });

  it.each([
    ['full', 'disk-full'],
    ['read-only', 'read-only'],
  ])('keeps a cancel from being promised (%s): nothing is sent that is not on disk', async (how, code) => {
    const disk = smallDisk();
    const profile = join(disk.path, 'profile');
    await gateway.setUp(profile);
    if (how === 'full') disk.fill();
    else disk.makeReadOnly();
    const { exitCode, lines, said } = await cancel(profile);
    expect(lines, said).toMatchObject([{ type: 'error', code }]);
    expect(exitCode).toBe(2);
    expect(await gateway.reversesOf('disk-1')).toEqual([]);
  });
});

describe('a journal that this version must not touch', () => {
  const everyByte = (path: string): [string, string][] =>
    readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'hex')]);

  it('is refused where a newer version wrote it, byte for byte untouched', async () => {
    const profile = join(temporaryFolder(), 'profile');
    await gateway.setUp(profile);
    rmSync(join(profile, 'practice'), { recursive: true });
    mkdirSync(join(profile, 'practice'));
    const newer = new DatabaseSync(join(profile, 'practice', 'journal.sqlite'));
    newer.exec(
      "PRAGMA user_version = 1099; CREATE TABLE orders (from_the_future TEXT); INSERT INTO orders VALUES ('kept')",
    );
    newer.close();
    const before = everyByte(join(profile, 'practice'));
    for (const args of [['cancel', 'disk-1'], ['query', 'disk-1'], ['resume'], ['orders']]) {
      const { exitCode, lines } = await facepay(...args, '--profile', profile);
      expect(lines).toMatchObject([{ type: 'error', code: 'newer-file' }]);
      expect(exitCode).toBe(2);
    }
    expect(everyByte(join(profile, 'practice'))).toEqual(before);
  });

  it.each([
    ['damaged', 'journal-damaged', 'no database at all'.repeat(300)],
    ['empty beside its head', 'journal-missing', ''],
  ])(
    'is left as it is by every command where it is %s: nothing is sent, and nobody is told that there are no orders',
    async (_what, code, content) => {
      const profile = join(temporaryFolder(), 'profile');
      await gateway.setUp(profile);
      const reverses = await gateway.reversesOf('disk-1');
      writeFileSync(join(profile, 'practice', 'journal.sqlite'), content);
      const before = everyByte(join(profile, 'practice'));
      for (const args of [
        ['cancel', 'disk-1'],
        ['resume'],
        ['orders', '--stuck'],
        ['export', '--from', '2026-11-01', '--out', join(profile, 'o.csv')],
      ]) {
        const { exitCode, lines, said } = await facepay(...args, '--profile', profile);
        expect(lines, said).toMatchObject([{ type: 'error', code }]);
        expect(exitCode, args.join(' ')).toBe(2);
      }
      expect(everyByte(join(profile, 'practice'))).toEqual(before);
      expect(await gateway.reversesOf('disk-1')).toEqual(reverses);
    },
  );

  it.each([
    ['settings.json', '{"merchant": ', 'damaged'],
    ['credentials.sealed', '{}', 'damaged'],
    ['device.secret', 'x'.repeat(32), 'wrong-key'],
  ])('goes for the other files as well: %s', async (name, content, code) => {
    const profile = join(temporaryFolder(), 'profile');
    await gateway.setUp(profile);
    writeFileSync(join(profile, name), content);
    rmSync(join(profile, `${name}.kept`), { force: true });
    const { exitCode, lines } = await cancel(profile);
    expect(lines).toMatchObject([{ type: 'error', code }]);
    expect(lines[0]?.['field']).toContain(profile);
    expect(exitCode).toBe(2);
    expect(readFileSync(join(profile, name), 'utf8')).toBe(content);
  });
});
