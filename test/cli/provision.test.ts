/**
 * `facepay provision`: a file made at the office is applied at the terminal and then removed; every refusal names the
 * field and the remedy.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemWords } from '../../electron/cli/words.ts';
import { certificateProblemSchema, setupProblemSchema } from '../../shared/contract/setup.ts';
import { facepayHereWith } from '../support/command-here.ts';
import { facepay, facepayWith, plain, PracticeProcess, temporaryFolder, type Ended } from '../support/command.ts';
import { openssl } from '../support/secrets/openssl.ts';

const PASSPHRASE = 'river, stone and a boat';
const TECHNICIAN_PIN = '825731';

let folder: string;
let gateway: PracticeProcess;
let terminalFile: string;
let fleetKey: string;
let fleetPub: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  terminalFile = join(folder, 'terminal.json');
  writeFileSync(
    terminalFile,
    JSON.stringify({
      terminal: { storeName: '江边便利店', deviceId: 'till-7' },
      pins: { technician: TECHNICIAN_PIN, manager: '730952' },
    }),
  );
  [fleetKey, fleetPub] = [join(folder, 'fleet.key'), join(folder, 'facepay-fleet.pub')];
  openssl('genpkey', '-algorithm', 'ed25519', '-out', fleetKey);
  openssl('pkey', '-in', fleetKey, '-pubout', '-out', fleetPub);
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

const makeBy =
  (run: typeof facepayWith) =>
  (out: string, passphrase: string, ...more: readonly string[]): Promise<Ended> =>
    run(
      { FACEPAY_PROVISION_PASSPHRASE: passphrase },
      'provision',
      'make',
      '--from',
      gateway.merchantFile,
      '--out',
      out,
      ...more,
    );
const make = makeBy(facepayWith);
const makeHere = makeBy(facepayHereWith);
const apply = (file: string, profile: string, passphrase = ''): Promise<Ended> =>
  facepayWith({ FACEPAY_PROVISION_PASSPHRASE: passphrase }, 'provision', 'apply', '--file', file, '--profile', profile);
const problems = ({ lines }: Ended): unknown[] => lines.map(({ type, field, code }) => [type, field, code]);

describe('provision', () => {
  it('makes a file under a passphrase that sets a terminal up, and wipes it', async () => {
    const [file, profile] = [join(temporaryFolder(), 'facepay-provision.json'), join(temporaryFolder(), 'profile')];
    const made = await make(file, PASSPHRASE, '--terminal', terminalFile);
    expect([made.exitCode, made.last]).toEqual([
      0,
      { type: 'provision-made', file, sealed: 'passphrase', deviceId: null },
    ]);
    const text = readFileSync(file, 'utf8');
    const applied = await apply(file, profile, PASSPHRASE);
    expect([applied.exitCode, applied.last]).toEqual([
      0,
      { type: 'set-up', mchId: '1900000109', environment: 'practice', probe: 'answered', file: 'wiped' },
    ]);
    expect(existsSync(file)).toBe(false);
    expect(JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8'))).toMatchObject({
      merchant: { mchId: '1900000109' },
      terminal: { storeName: '江边便利店', deviceId: 'till-7' },
    });
    expect(JSON.parse(readFileSync(join(profile, 'pins.json'), 'utf8'))).toMatchObject({
      manager: { trial: false },
      technician: { trial: false },
    });
    const asked = await facepay('query', 'nobody-has-it', '--profile', profile);
    expect(asked.exitCode).toBe(0);
    const { apiKey } = JSON.parse(readFileSync(gateway.merchantFile, 'utf8')) as { apiKey: string };
    for (const canary of [apiKey, TECHNICIAN_PIN, PASSPHRASE, 'PRIVATE KEY'])
      expect(
        [text, made.said, applied.said, readFileSync(join(profile, 'pins.json'), 'utf8')].join('\n'),
      ).not.toContain(canary);
    const exported = await facepay('audit', 'export', '--profile', profile);
    expect(exported.lines.map(({ what, outcome }) => `${String(what)} ${String(outcome)}`)).toEqual(
      expect.arrayContaining(['set-up ok', 'provision-file wiped']),
    );
    expect(exported.said).not.toContain(apiKey);
  });

  it('signs a file with the fleet’s key, for one terminal; it counts where the public key is', async () => {
    const [file, profile] = [join(temporaryFolder(), 'facepay-provision.json'), join(temporaryFolder(), 'profile')];
    const made = await make(file, '', '--terminal', terminalFile, '--key', fleetKey, '--device', hostname());
    expect(made.last).toEqual({ type: 'provision-made', file, sealed: 'signature', deviceId: hostname() });
    const before = readFileSync(file, 'utf8');
    expect(problems(await apply(file, profile))).toEqual([['error', file, 'provision-no-fleet-key']]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    writeFileSync(join(profile, 'facepay-fleet.pub'), readFileSync(fleetPub));
    expect((await apply(file, profile)).last).toMatchObject({ type: 'set-up', file: 'wiped' });
    const elsewhere = join(temporaryFolder(), 'for-another.json');
    await make(elsewhere, '', '--key', fleetKey, '--device', `${hostname()}-not`);
    expect(problems(await apply(elsewhere, profile))).toEqual([['error', 'deviceId', 'provision-other-device']]);
  });

  it('says in words what is wrong and what to do, and never the passphrase', async () => {
    const file = join(temporaryFolder(), 'facepay-provision.json');
    await make(file, PASSPHRASE, '--terminal', terminalFile);
    const profile = join(temporaryFolder(), 'profile');
    const ended = await apply(file, profile, 'another passphrase');
    expect([ended.exitCode, problems(ended)]).toEqual([2, [['error', 'passphrase', 'provision-passphrase']]]);
    expect(ended.said).toContain('FACEPAY_PROVISION_PASSPHRASE');
    expect(ended.said).not.toContain('another passphrase');
    const noPin = join(temporaryFolder(), 'no-pin.json');
    await make(noPin, PASSPHRASE);
    expect(problems(await apply(noPin, profile, PASSPHRASE))).toEqual([['error', profile, 'pin-first']]);
  });

  it('names the settings where these are what keeps it from knowing which orders are under way, and leaves all as it is', async () => {
    const profile = join(temporaryFolder(), 'profile');
    const settings = join(profile, 'settings.json');
    const file = join(temporaryFolder(), 'facepay-provision.json');
    await make(file, PASSPHRASE, '--terminal', terminalFile);
    mkdirSync(profile);
    writeFileSync(settings, '{"merchant":');
    const ended = await apply(file, profile, PASSPHRASE);
    expect([ended.exitCode, problems(ended), readFileSync(settings, 'utf8'), existsSync(file)]).toEqual([
      2,
      [['error', settings, 'damaged']],
      '{"merchant":',
      true,
    ]);
  });

  const wrong: readonly [string, string, readonly string[], [string, string][]][] = [
    ['without any protection', '', [], [['protection', 'provision-unprotected']]],
    ['under a passphrase that is too short', 'short', [], [['FACEPAY_PROVISION_PASSPHRASE', 'too-short']]],
    ['under both', PASSPHRASE, ['--key', 'KEY'], [['--key', 'provision-protected-twice']]],
    ['with a key that is none', '', ['--key', 'TERMINAL'], [['--key', 'unsuitable-key']]],
    ['with a key that is not there', '', ['--key', '/nowhere/fleet.key'], [['--key', 'file-not-found']]],
    [
      'with names that are wrong',
      PASSPHRASE,
      ['--terminal', 'BAD'],
      [
        ['--terminal terminal.storeName', 'bad-characters'],
        ['--terminal colour', 'unknown-field'],
      ],
    ],
    ['with names that are no JSON', PASSPHRASE, ['--terminal', 'KEY'], [['--terminal', 'not-json']]],
    ['over a file that is there', PASSPHRASE, ['--out', 'TERMINAL'], [['--out', 'file-exists']]],
    ['into a folder that is not there', PASSPHRASE, ['--out', '/nowhere/file.json'], [['--out', 'folder-not-found']]],
    ['with an option of apply', PASSPHRASE, ['--file', 'x'], [['--file', 'unknown-option']]],
  ];
  it.each(wrong)('makes nothing %s', async (_what, passphrase, more, expected) => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, JSON.stringify({ terminal: { storeName: 'a\tb' }, colour: 'red' }));
    const named: Readonly<Record<string, string>> = { KEY: fleetKey, TERMINAL: terminalFile, BAD: bad };
    const out = join(temporaryFolder(), 'out.json');
    const ended = await makeHere(out, passphrase, ...more.map((word) => named[word] ?? word));
    expect([ended.exitCode, problems(ended)]).toEqual([2, expected.map((problem) => ['error', ...problem])]);
    expect([existsSync(out), ended.said.includes('is not accepted')]).toEqual([false, false]);
  });

  it('is make or apply, and each says what it misses', async () => {
    expect(problems(await facepay('provision'))).toEqual([['error', 'provision', 'make-or-apply']]);
    expect(problems(await facepay('provision', 'make'))).toEqual([
      ['error', '--from', 'missing'],
      ['error', '--out', 'missing'],
    ]);
    expect(problems(await facepay('provision', 'apply', '--from', 'x'))).toEqual([
      ['error', '--from', 'unknown-option'],
      ['error', '--file', 'missing'],
    ]);
    expect((await plain('help')).out).toContain('provision apply --file FILE');
  });
});

describe('the words', () => {
  it('cover everything that can be wrong with a set-up', () => {
    const { code } = setupProblemSchema.shape;
    const without = [...code.options, ...certificateProblemSchema.options].filter((one) =>
      problemWords({ field: 'appid', code: one }).includes('is not accepted'),
    );
    // Codes of the form on the screen, which the terminal command never gives.
    expect(without).toEqual(['must-be-empty', 'stored-unreadable']);
  });
});
