/** The command line itself: an error is reported with its field and its remedy, and nothing is started. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { merchantFileSchema } from '../../electron/app/setup/merchant-file.ts';
import { facepayHere } from '../support/command-here.ts';
import { facepay, plain, secondsAgo, temporaryFolder } from '../support/command.ts';

const ORDER = 'pos-20261123-1';

const wrongLines: readonly (readonly [string, readonly string[], string, string])[] = [
  ['an order number of 33 characters', ['cancel', '9'.repeat(33)], 'ORDER', 'too-long'],
  ['an order number with a blank in it', ['cancel', 'pos 1'], 'ORDER', 'bad-characters'],
  ['an order number with a blank at its edge', ['query', ' pos-1'], 'ORDER', 'bad-characters'],
  ['an order number in Chinese', ['cancel', '订单1'], 'ORDER', 'bad-characters'],
  ['an empty order number', ['cancel', ''], 'ORDER', 'missing'],
  ['neither of the two numbers (cancel)', ['cancel'], 'ORDER', 'both-missing'],
  ['neither of the two numbers (query)', ['query'], 'ORDER', 'both-missing'],
  ['a transaction id of 33 digits', ['cancel', '--transaction-id', '4'.repeat(33)], '--transaction-id', 'too-long'],
  ['a transaction id with a blank', ['cancel', '--transaction-id', '4200 1'], '--transaction-id', 'bad-characters'],
  ['a time without a zone', ['cancel', ORDER, '--paid-at', '2026-11-23T14:05:00'], '--paid-at', 'not-a-time'],
  ['a time in words', ['cancel', ORDER, '--paid-at', 'yesterday'], '--paid-at', 'not-a-time'],
  ['a day that does not exist', ['cancel', ORDER, '--paid-at', '2026-02-30T10:00:00Z'], '--paid-at', 'not-a-time'],
  ['a time in the future', ['cancel', ORDER, '--paid-at', secondsAgo(-3_600)], '--paid-at', 'in-the-future'],
  [
    'an order older than 7 days',
    ['cancel', ORDER, '--paid-at', secondsAgo(7 * 86_400 + 5)],
    '--paid-at',
    'order-too-old',
  ],
  ['a fraction of a second to wait', ['cancel', ORDER, '--wait', '1.5'], '--wait', 'not-a-number'],
  ['a wait of more than 7 days', ['resume', '--wait', '604801'], '--wait', 'not-a-number'],
  ['a negative wait', ['resume', '--wait=-1'], '--wait', 'not-a-number'],
  ['an option without its value', ['cancel', ORDER, '--wait'], '--wait', 'missing'],
  ['a switch with a value', ['orders', '--stuck=yes'], '--stuck', 'takes-no-value'],
  ['an unknown option', ['cancel', ORDER, '--force'], '--force', 'unknown-option'],
  ['another command’s option', ['query', ORDER, '--paid-at', secondsAgo(20)], '--paid-at', 'unknown-option'],
  ['a second order', ['cancel', ORDER, 'pos-2'], 'pos-2', 'unknown-option'],
  ['an unknown command', ['repay', ORDER], 'repay', 'unknown-command'],
  ['a name that every object has', ['constructor'], 'constructor', 'unknown-command'],
  ['an unknown scenario', ['practice', '--scenario', 'rain'], '--scenario', 'unknown-scenario'],
  ['a port beyond 65535', ['practice', '--port', '65536'], '--port', 'not-a-number'],
  ['a PIN of nobody', ['pin', 'reset'], 'pin', 'pin-reset-whom'],
  ['a PIN of a cashier', ['pin', 'reset', 'cashier'], 'pin', 'pin-reset-whom'],
  ['a PIN shown', ['pin', 'show', 'manager'], 'pin', 'pin-reset-whom'],
  ['a PIN as an argument', ['pin', 'reset', 'manager', '482615'], '482615', 'unknown-option'],
  ['an update to be guessed at', ['update'], 'update', 'update-sign-what'],
  ['signing without a folder', ['update', 'sign', '--key', 'k'], 'update sign', 'update-sign-what'],
  ['signing without a key', ['update', 'sign', 'dist'], '--key', 'missing'],
  [
    'a version of another kind',
    ['update', 'sign', 'dist', '--key', 'k', '--minimum', '1.0-beta'],
    '--minimum',
    'not-a-version',
  ],
  [
    'a stage of more than everybody',
    ['update', 'sign', 'dist', '--key', 'k', '--staging', '101'],
    '--staging',
    'not-a-number',
  ],
  ['init without a file', ['init'], '--from', 'missing'],
];

describe('a command line that is wrong', () => {
  it.each(wrongLines)('is refused with field and code: %s', async (_what, args, field, code) => {
    const profile = join(temporaryFolder(), 'profile');
    const { exitCode, lines } = await facepayHere(...args, '--profile', profile);
    expect(lines).toMatchObject([{ type: 'error', field, code }]);
    // Every code has words of its own.
    expect(lines[0]?.['message']).toMatch(/^(?!is not accepted).+/);
    expect(exitCode).toBe(2);
    expect(existsSync(profile), 'nothing is stored').toBe(false);
  });

  it('is answered with every problem at once', async () => {
    const { exitCode, lines } = await facepay(
      'cancel',
      'a b',
      '--transaction-id',
      'c d',
      '--wait',
      'e',
      '--paid-at',
      'f',
    );
    expect(lines.map(({ field, code }) => [field, code])).toEqual([
      ['ORDER', 'bad-characters'],
      ['--transaction-id', 'bad-characters'],
      ['--wait', 'not-a-number'],
      ['--paid-at', 'not-a-time'],
    ]);
    expect(exitCode).toBe(2);
  });

  it('is explained to people on standard error, in words', async () => {
    const { exitCode, out, err } = await plain('cancel', '9'.repeat(33));
    expect(out).toBe('');
    expect(err).toBe('ORDER: is longer than 32 characters; WeChat Pay numbers are not. Check the number\n');
    expect(exitCode).toBe(2);
  });
});

describe('a terminal that is not set up', () => {
  it.each([['cancel', ORDER], ['query', ORDER], ['resume']])(
    'refuses %s and says how to set it up',
    async (...args) => {
      const profile = join(temporaryFolder(), 'profile');
      const { exitCode, lines } = await facepay(...args, '--profile', profile);
      expect(lines).toMatchObject([{ type: 'error', field: '--profile', code: 'not-set-up' }]);
      expect(lines[0]?.['message']).toContain('init --from');
      expect(exitCode).toBe(2);
      expect(existsSync(profile)).toBe(false);
    },
  );
});

test('version says the version, and the commit if it was made into one program', async () => {
  const { exitCode, last } = await facepayHere('version');
  expect([exitCode, last]).toMatchObject([0, { type: 'version', version: packageJson.version, commit: null }]);
});

describe('help', () => {
  it.each([[[]], [['help']], [['--help']], [['cancel', '--help']]])(
    'is what %j prints, and is no failure',
    async (args) => {
      const { exitCode, out } = await plain(...args);
      expect(out).toContain('cancel ORDER [--transaction-id T] [--paid-at ISO8601] [--reason-code CODE]');
      expect(exitCode).toBe(0);
    },
  );

  it('of init lists every field that merchant.json may have, the proxy’s too', async () => {
    const { exitCode, out } = await plain('init', '--help');
    expect(exitCode).toBe(0);
    const { gateway, ...fields } = merchantFileSchema.shape;
    const { proxy, ...hosts } = gateway.unwrap().shape;
    const names = [fields, hosts, proxy.unwrap().shape].flatMap((shape) => Object.keys(shape));
    expect(names.length).toBeGreaterThan(15);
    for (const name of [...names, 'gateway', 'gateway.proxy', 'p12File', 'passphrase', 'certFile', 'keyFile'])
      expect(out).toMatch(new RegExp(`(?<![\\w.])"?${name}"?(?!\\w)`));
  });
});
