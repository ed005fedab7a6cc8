/** `facepay settle`: a manager's statement about an order that retrying could not solve. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { facepayHere } from '../support/command-here.ts';
import { facepay, PracticeProcess, secondsAgo } from '../support/command.ts';

let folder: string;
let gateway: PracticeProcess;
let profile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'));
  profile = join(folder, 'profile');
  await gateway.setUp(profile, { callTimeoutMs: 1_000 });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]): ReturnType<typeof facepay> => facepay(...args, '--profile', profile);

it('takes a stuck order off the list, with the reason, and sends nothing', async () => {
  await gateway.seed({ outTradeNo: 'stuck-1', state: 'NOTPAY', scenario: 'expired' });
  expect((await run('cancel', 'stuck-1', '--paid-at', secondsAgo(20))).exitCode).toBe(4);
  expect((await run('orders', '--stuck')).lines).toHaveLength(1);
  const before = await gateway.order('stuck-1');
  const { exitCode, last } = await run('settle', 'stuck-1', '--reason', 'refunded in the merchant platform');
  expect([exitCode, last]).toMatchObject([0, { type: 'result', order: { outTradeNo: 'stuck-1', phase: 'settled' } }]);
  expect((await run('orders', '--stuck')).lines).toEqual([]);
  expect(await gateway.order('stuck-1')).toEqual(before);
});

it.each([
  ['an order that stands before nobody', ['settle', 'free-1', '--reason', 'x'], 'ORDER', 'not-stuck'],
  ['a number this terminal does not know', ['settle', 'nowhere', '--reason', 'x'], 'ORDER', 'order-not-found'],
  ['no reason', ['settle', 'free-1'], '--reason', 'missing'],
  ['a reason of blanks', ['settle', 'free-1', '--reason', '  '], '--reason', 'missing'],
  ['a reason of 201 characters', ['settle', 'free-1', '--reason', 'x'.repeat(201)], '--reason', 'reason-too-long'],
])('refuses %s', async (_name, args, field, code) => {
  await gateway.seed({ outTradeNo: 'free-1' });
  await facepayHere('query', 'free-1', '--profile', profile);
  const { exitCode, last } = await facepayHere(...args, '--profile', profile);
  expect([exitCode, last]).toMatchObject([2, { type: 'error', field, code }]);
});
