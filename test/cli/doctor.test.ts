/** `facepay doctor`: the self-test by the real command, on healthy terminals and on terminals that cannot open. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkIdSchema } from '../../shared/self-test/self-test.ts';
import {
  facepay,
  facepayWith,
  plain,
  PracticeProcess,
  temporaryFolder,
  type Ended,
  type Line,
} from '../support/command.ts';

let gatewayFolder: string;
let gateway: PracticeProcess;
let profile: string;
beforeAll(async () => {
  gatewayFolder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(gatewayFolder);
});
afterAll(async () => {
  await gateway.stop();
  rmSync(gatewayFolder, { recursive: true, force: true });
});
beforeEach(() => {
  profile = join(temporaryFolder(), 'profile');
});

const doctor = (): Promise<Ended> => facepay('doctor', '--profile', profile);
const lineIn = ({ lines }: Ended, id: string): Line | undefined => lines.find((line) => line['id'] === id);

describe('doctor', () => {
  it('says of a terminal that is well a line for each check, ends with 0, and is in the trail itself', async () => {
    await gateway.setUp(profile);
    const ended = await facepayWith({ TZ: 'Asia/Shanghai' }, 'doctor', '--profile', profile);
    expect(ended.lines.map(({ id }) => id).slice(0, -1)).toEqual(checkIdSchema.options);
    expect(ended.last).toMatchObject({
      type: 'self-test',
      fail: 0,
      version: '0.1.0',
      terminal: { environment: 'practice' },
    });
    // The disk is this machine's, and may be slow while others use it; then the sum in the last line says so too.
    expect(ended.lines.slice(0, -1).filter(({ id, verdict }) => id !== 'disk-sync' && verdict === 'warn')).toEqual([]);
    expect(lineIn(ended, 'query')).toMatchObject({
      verdict: 'ok',
      code: 'proved',
      found: expect.stringContaining('key, algorithm and ids are right') as string,
      remedy: null,
    });
    expect(lineIn(ended, 'screen')).toMatchObject({
      verdict: 'skipped',
      found: 'Not looked at: only the running app can',
    });
    expect(ended.exitCode).toBe(0);
    const exported = await facepay('audit', 'export', '--profile', profile);
    expect(exported.lines.filter(({ what }) => what === 'self-test-run')).toMatchObject([
      { outcome: ended.last?.['verdict'] },
    ]);
  });

  it('says of a key that WeChat does not know what to compare, and ends with 5', async () => {
    await gateway.setUp(profile, { apiKey: 'x'.repeat(32) });
    const ended = await doctor();
    expect(lineIn(ended, 'query')).toMatchObject({
      verdict: 'fail',
      code: 'signature',
      remedy: expect.stringContaining('APIv2 key') as string,
    });
    expect([ended.exitCode, ended.last]).toMatchObject([5, { verdict: 'fail', fail: 1 }]);
  });

  it('reads for people like a list: the failure, its figure, and under it what to do', async () => {
    await gateway.setUp(profile);
    writeFileSync(join(profile, 'settings.json'), '{');
    rmSync(join(profile, 'settings.json.kept'));
    const { exitCode, out, err } = await plain('doctor', '--profile', profile);
    expect(out).toMatch(
      /^FAIL {2}Settings +The settings file is damaged\n +-> Restore settings\.json from a backup, or set the terminal up again\nok {4}API key +Loads/,
    );
    expect(out).toMatch(/\n\d+ ok, \d+ warnings, 1 failures, \d+ not looked at, in \d+\.\d s\.\n$/);
    expect([exitCode, err]).toEqual([5, '']);
    expect(readFileSync(join(profile, 'settings.json'), 'utf8')).toBe('{');
  });

  it('is no failure on a machine that has no terminal yet, and makes none', async () => {
    const ended = await doctor();
    expect([ended.exitCode, ended.last]).toMatchObject([
      0,
      { verdict: 'warn', terminal: { environment: 'practice', merchant: null } },
    ]);
    expect(existsSync(profile)).toBe(false);
  });

  it('leaves a damaged journal as it lies, and writes nothing about it', async () => {
    await gateway.setUp(profile);
    const journal = join(profile, 'practice', 'journal.sqlite');
    const bytes = Buffer.from('not a database'.repeat(100));
    writeFileSync(journal, bytes);
    const ended = await doctor();
    expect([ended.exitCode, lineIn(ended, 'journal')]).toMatchObject([5, { code: 'damaged' }]);
    expect(readFileSync(journal).equals(bytes)).toBe(true);
  });

  it('says nothing secret', async () => {
    await gateway.setUp(profile);
    const { said } = await doctor();
    const { apiKey, mchId } = JSON.parse(readFileSync(gateway.merchantFile, 'utf8')) as {
      apiKey: string;
      mchId: string;
    };
    for (const secret of [apiKey, mchId, 'BEGIN']) expect(said).not.toContain(secret);
  });

  it.each([[['more']], [['--wait', '5']]])('takes no other words: %j', async (words) => {
    const { exitCode, last } = await facepay('doctor', ...words, '--profile', profile);
    expect([exitCode, last?.type]).toEqual([2, 'error']);
  });
});
