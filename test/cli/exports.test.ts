/** `facepay export`, `diagnostics` and `reconcile`: the real command over a real profile. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { auditKeyOf } from '../../electron/app/audit/audit-trail.ts';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import { billsFolderOf } from '../../electron/app/bill/kept-bills.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { startPracticeGateway } from '../../electron/practice/gateway-server.ts';
import { newPracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { beijingDay, dayStartMs, DAY_MS } from '../../shared/beijing.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { facepayHere } from '../support/command-here.ts';
import { facepay, plain, temporaryFolder, type Ended } from '../support/command.ts';
import { BILL_MERCHANT, billText } from '../support/gateway/made-bill.ts';
import { write } from '../support/orders/made-orders.ts';
import { thriftyCa } from '../support/secrets/thrifty-ca.ts';

const DAY = '2026-11-23';
const PAID = '4200000272202611230000000001';
const CANCELLED = '4200000272202611230000000002';

let folder: string;
let profile: Profile;
beforeEach(async () => {
  folder = temporaryFolder();
  profile = profileIn(join(folder, 'profile'));
  const merchant = merchantSchema.parse({
    appid: 'wx8888888888888888',
    mchId: BILL_MERCHANT,
    gateway: { primary: 'https://localhost:1' },
    faceGateway: 'https://localhost:1',
  });
  await settingsStore(profile, '').setMerchant(merchant, {
    apiKey: 'k'.repeat(32),
    certPem: '',
    keyPem: '',
    caPem: null,
  });
  const opened = openJournal(profile.journal('practice'), 'practice', dayStartMs(DAY), auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  write(opened.value.journal, {
    orderId: 'paid',
    transactionId: PAID,
    createdAtMs: dayStartMs(DAY) + 1_000,
    phase: { name: 'paid' },
  });
  write(opened.value.journal, {
    orderId: 'cancelled',
    transactionId: CANCELLED,
    createdAtMs: dayStartMs(DAY) + 2_000,
    phase: { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
  });
  opened.value.journal.close();
});

const run = (...args: readonly string[]): Promise<Ended> => facepay(...args, '--profile', profile.folder);
const out = (name: string): string => join(folder, name);
const auditTrailText = async (): Promise<string> => (await plain('audit', 'export', '--profile', profile.folder)).out;

describe('export', () => {
  it('writes the orders of a day, says how many, and is in the trail', async () => {
    const { exitCode, last } = await run('export', '--from', DAY, '--out', out('o.csv'));
    expect([exitCode, last]).toEqual([
      0,
      { type: 'export', file: out('o.csv'), fromDay: DAY, toDay: DAY, state: 'all', orders: 2 },
    ]);
    expect(readFileSync(out('o.csv'), 'utf8').split('\r\n')[1]).toContain(`"\`paid","\`${PAID}",12.80`);
    const noted = await auditTrailText();
    expect(noted).toContain('"what":"orders-exported"');
    expect(noted).toContain(`${DAY} to ${DAY}, all, 2 rows`);
    expect(noted).not.toContain(folder);
  });

  it('overwrites nothing', async () => {
    writeFileSync(out('o.csv'), 'mine');
    expect(await run('export', '--from', DAY, '--out', out('o.csv'))).toMatchObject({
      exitCode: 2,
      last: { code: 'file-exists' },
    });
    expect(readFileSync(out('o.csv'), 'utf8')).toBe('mine');
  });

  it.each([
    [['--out', 'x'], '--from', 'missing'],
    [['--from', 'yesterday', '--out', 'x'], '--from', 'not-a-day'],
    [['--from', DAY, '--to', '2026-11-22', '--out', 'x'], '--to', 'ends-before-it-begins'],
    [['--from', DAY, '--state', 'some', '--out', 'x'], '--state', 'unknown-group'],
    [['--from', DAY, '--language', 'fr', '--out', 'x'], '--language', 'unknown-language'],
    [['--from', DAY], '--out', 'missing'],
  ])('names what is wrong: %j', async (args, field, code) => {
    expect(await facepayHere('export', ...args, '--profile', profile.folder)).toMatchObject({
      exitCode: 2,
      lines: [{ type: 'error', field, code }],
    });
  });
});

describe('diagnostics', () => {
  it('writes one zip, and is in the trail', async () => {
    expect(await run('diagnostics', '--out', out('d.zip'))).toMatchObject({
      exitCode: 0,
      last: { type: 'diagnostics', file: out('d.zip') },
    });
    expect(Object.keys(unzipSync(readFileSync(out('d.zip'))))).toContain('settings.json');
    expect(await auditTrailText()).toContain('"what":"diagnostics-saved"');
  });

  it('works where nothing is set up, and begins nothing', async () => {
    const empty = join(folder, 'empty');
    expect(await facepay('diagnostics', '--out', out('e.zip'), '--profile', empty)).toMatchObject({ exitCode: 0 });
    expect(existsSync(empty)).toBe(false);
    mkdirSync(empty);
    expect(await facepay('diagnostics', '--out', out('no/such/e.zip'), '--profile', empty)).toMatchObject({
      exitCode: 2,
      last: { code: 'folder-not-found' },
    });
  });
});

describe('reconcile', () => {
  const at = { time: `${DAY} 10:00:00` };

  it('ends with 0 where all agrees', async () => {
    writeFileSync(out('bill.csv'), billText([{ transactionId: PAID, outTradeNo: 'paid', ...at }]));
    const { exitCode, last } = await run('reconcile', '--bill', out('bill.csv'));
    expect([exitCode, last]).toMatchObject([
      0,
      { type: 'reconcile', day: DAY, rows: 1, matched: 1, paidFen: 1_280, counts: [] },
    ]);
  });

  it('ends with 4 where something differs, names it, and writes it as a table', async () => {
    writeFileSync(out('bill.csv'), billText([{ transactionId: CANCELLED, outTradeNo: 'cancelled', ...at }]));
    const { exitCode, lines } = await run(
      'reconcile',
      '--bill',
      out('bill.csv'),
      '--day',
      DAY,
      '--out',
      out('diff.csv'),
    );
    expect(exitCode).toBe(4);
    expect(lines.map(({ type, kind }) => [type, kind])).toEqual([
      ['difference', 'cancelled-here-paid-in-bill'],
      ['difference', 'paid-here-not-in-bill'],
      ['reconcile', undefined],
    ]);
    expect(readFileSync(out('diff.csv'), 'utf8')).toContain('本机已撤销');
    const said = await plain('reconcile', '--bill', out('bill.csv'), '--profile', profile.folder);
    expect(said.out).toContain(
      'cancelled: cancelled here, paid in the bill and not given back (here 12.80, bill 12.80, line 2)',
    );
    expect(said.out).toContain('0 orders match, 2 differ');
  });

  it('names the line of what is no bill, and notes the try', async () => {
    writeFileSync(out('bill.csv'), billText([{ transactionId: PAID, outTradeNo: 'paid', mchId: '1900000999' }]));
    expect(await run('reconcile', '--bill', out('bill.csv'))).toMatchObject({
      exitCode: 2,
      last: { field: `${out('bill.csv')}, line 2`, code: 'other-merchant' },
    });
    expect(await run('reconcile', '--bill', out('none.csv'))).toMatchObject({
      exitCode: 2,
      last: { code: 'unreadable' },
    });
    expect(await run('reconcile', '--bill', out('bill.csv'), '--day', '23.11.')).toMatchObject({
      exitCode: 2,
      last: { field: '--day', code: 'not-a-day' },
    });
    expect(await auditTrailText()).toContain('"outcome":"other-merchant"');
  });
});

describe('reconcile without a file', () => {
  const day = beijingDay(Date.now() - 2 * DAY_MS);

  async function atGateway(scenario: Scenario): Promise<void> {
    const ca = await thriftyCa();
    const gateway = await startPracticeGateway({ clock: systemClock(), merchant: newPracticeMerchant(), scenario, ca });
    onTestFinished(() => gateway.close());
    profile = profileIn(join(folder, 'fetching'));
    const { merchant, primary, backup, clientCertPem, clientKeyPem, caPem } = gateway;
    const { appid, mchId, apiKey } = merchant;
    await settingsStore(profile, '').setMerchant(
      merchantSchema.parse({ appid, mchId, gateway: { primary, backup }, faceGateway: primary }),
      { apiKey, certPem: clientCertPem, keyPem: clientKeyPem, caPem },
    );
    gateway.seed({ outTradeNo: 'paid-order', transactionId: PAID, paidAt: `${day}T12:00:00+08:00`, amountFen: 1_280 });
    const opened = openJournal(profile.journal('practice'), 'practice', Date.now(), auditKeyOf(profile));
    if (!opened.ok) throw new Error(opened.error);
    const at = { createdAtMs: dayStartMs(day) + DAY_MS / 2, phase: { name: 'paid' } } as const;
    write(opened.value.journal, { orderId: 'paid-order', transactionId: PAID, ...at });
    opened.value.journal.close();
  }
  const runHere = (...args: readonly string[]): Promise<Ended> =>
    facepayHere('reconcile', ...args, '--profile', profile.folder);

  it('fetches the bill of the day, compares it, and keeps it; a second time as well', async () => {
    await atGateway('paid');
    const { exitCode, last } = await runHere('--day', day);
    expect([exitCode, last]).toMatchObject([0, { type: 'reconcile', day, rows: 1, matched: 1, paidFen: 1_280 }]);
    const kept = join(billsFolderOf(profile.bills('practice'), { mchId: BILL_MERCHANT }), `${day}.csv.gz`);
    expect(gunzipSync(readFileSync(kept)).toString()).toContain('paid-order');
    expect(await runHere('--day', day)).toMatchObject({ exitCode: 0 });
    expect(await auditTrailText()).toContain(`${day}: 1 rows, 1 match, 0 differ`);
    const none = beijingDay(Date.now() - 9 * DAY_MS);
    const { exitCode: ended, lines } = await runHere('--day', none);
    expect([ended, lines.map(({ type }) => type)]).toEqual([0, ['no-bill', 'reconcile']]);
  });

  it('writes what differs as a table, and ends with 4', async () => {
    await atGateway('bill-stranger');
    expect(await runHere('--day', day, '--out', out('diff.csv'))).toMatchObject({ exitCode: 4 });
    expect(readFileSync(out('diff.csv'), 'utf8')).toContain('stranger-');
  });

  it('ends with 3 while WeChat is making it, and with 2 for a day that has none yet or without a day', async () => {
    await atGateway('bill-late');
    expect(await runHere('--day', day)).toMatchObject({ exitCode: 3, last: { field: '--day', code: 'bill-creating' } });
    const today = beijingDay(Date.now());
    expect(await runHere('--day', today)).toMatchObject({ exitCode: 2, last: { code: 'bill-to-come' } });
    expect(await runHere()).toMatchObject({ exitCode: 2, last: { field: '--bill', code: 'missing' } });
  });
});
