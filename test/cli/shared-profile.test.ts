/** Several commands on one profile at the same time, and what is on its disk afterwards. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { facepay, plain, PracticeProcess, secondsAgo } from '../support/command.ts';

let folder: string;
let gateway: PracticeProcess;
let profile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  profile = join(folder, 'profile');
  await gateway.setUp(profile);
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('commands that cancel the same order at once', () => {
  it('all end with the same proof, and the gateway never sees two reverses at once', async () => {
    await gateway.seed({ outTradeNo: 'race-1', scenario: 'recall-twice' });
    // The profile is new, so they also compete to create its journal.
    const args = ['cancel', 'race-1', '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', profile];
    const ended = await Promise.all([1, 2, 3].map(() => facepay(...args)));
    expect(
      ended.map(({ exitCode }) => exitCode),
      ended.map(({ said }) => said).join('\n'),
    ).toEqual([0, 0, 0]);
    const [first, ...others] = ended.map(({ last }) => last);
    expect(first).toMatchObject({
      type: 'result',
      order: { outTradeNo: 'race-1', phase: 'cancelled', outcome: 'refunded' },
    });
    for (const other of others) expect(other).toEqual(first);

    expect(await gateway.reversesOf('race-1')).toHaveLength(3);
    // Each reverse was sent after the answer to the one before was on disk.
    const calls = ended[0]?.lines
      .map(({ what }) => what)
      .filter((what) => what === 'reverse-left' || what === 'reverse-answered');
    expect(calls).toEqual([
      'reverse-left',
      'reverse-answered',
      'reverse-left',
      'reverse-answered',
      'reverse-left',
      'reverse-answered',
    ]);
    expect(await gateway.order('race-1')).toMatchObject({
      state: 'REFUND',
      paidFen: 100,
      refundedFen: 100,
      reverses: 3,
    });
    expect(await gateway.violations()).toEqual([]);
  });

  it('wait for the one reverse that is out, however long its answer takes', async () => {
    await gateway.seed({ outTradeNo: 'race-2', scenario: 'slow' });
    const args = ['cancel', 'race-2', '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', profile];
    const ended = await Promise.all([1, 2].map(() => facepay(...args)));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(await gateway.reversesOf('race-2')).toHaveLength(1);
  });

  it('cancel different orders side by side', async () => {
    const numbers = ['side-1', 'side-2'];
    for (const outTradeNo of numbers) await gateway.seed({ outTradeNo });
    const ended = await Promise.all(
      numbers.map((number) =>
        facepay('cancel', number, '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', profile),
      ),
    );
    expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    for (const number of numbers) expect(await gateway.reversesOf(number)).toHaveLength(1);
  });
});

describe('the secrets of the merchant', () => {
  const filesIn = (path: string): string[] =>
    readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((name) => join(path, name))
      .filter((file) => statSync(file).isFile());

  it('are on no disk and in no output in the clear, whatever the commands did', async () => {
    const own = join(folder, 'canary');
    const file = z.object({ apiKey: z.string(), certificate: z.object({ keyFile: z.string() }) });
    const { apiKey, certificate } = file.parse(JSON.parse(readFileSync(gateway.merchantFile, 'utf8')));
    const keyPem = readFileSync(certificate.keyFile, 'utf8');
    const setUp = await facepay('init', '--from', gateway.merchantFile, '--profile', own);
    await gateway.seed({ outTradeNo: 'canary-1' });
    await gateway.seed({ outTradeNo: 'canary-2', scenario: 'expired' });
    await gateway.seed({ outTradeNo: 'canary-3', scenario: 'wrong-key' });
    const runs = [
      setUp.said,
      (await facepay('cancel', 'canary-1', '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', own))
        .said,
      (await facepay('cancel', 'canary-2', '--paid-at', secondsAgo(20), '--reason-code', 'duplicate', '--profile', own))
        .said,
      (
        await facepay(
          'cancel',
          'canary-3',
          '--paid-at',
          secondsAgo(20),
          '--reason-code',
          'duplicate',
          '--wait',
          '2',
          '--profile',
          own,
        )
      ).said,
      Object.values(await plain('orders', '--profile', own)).join(''),
    ];
    const keyLines = keyPem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
    const secrets = [apiKey, ...[keyLines[1], keyLines[10], keyLines.at(-2)].filter((line) => line !== undefined)];
    const canaries = secrets.flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
    const places = [...runs, ...filesIn(own).map((path) => readFileSync(path, 'latin1'))];
    expect(filesIn(own).length).toBeGreaterThan(4);
    for (const canary of canaries) {
      expect(
        places.filter((text) => text.includes(canary)),
        `something of ${canary.slice(0, 4)}… is in the clear`,
      ).toEqual([]);
    }
    // Upper-case hex of 32 or 64 digits looks like a signature.
    expect(
      places.filter((text) =>
        /(?<![0-9A-F])(?:[0-9A-F]{32}|[0-9A-F]{64})(?![0-9A-F])/.test(text.replace(/[0-9]{28,64}/g, '')),
      ),
    ).toEqual([]);
  });

  it('lie where only this user can read, as does all that tells of the shop’s orders', () => {
    const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(profile)).toBe('700');
    expect(['credentials.sealed', 'device.secret', 'settings.json'].map((name) => modeOf(join(profile, name)))).toEqual(
      ['600', '600', '600'],
    );
    expect(['logs', 'practice'].map((name) => modeOf(join(profile, name)))).toEqual(['700', '700']);
  });
});
