/** `facepay pay` and `accept` against a practice gateway in a process of its own, over real mutual TLS. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCommandLine } from '../../electron/cli/arguments.ts';
import { refusedCode } from '../../electron/practice/offered-codes.ts';
import { facepay, facepayTyping, PracticeProcess } from '../support/command.ts';

let folder: string;
let gateway: PracticeProcess;
let profile: string;
let orders = 0;
let order: string;

/** Every code that a test has given, to be looked for at the end. */
const given: string[] = [];
const newCode = (): string => {
  given.push(`15${String(given.length).padStart(4, '7')}204861935777`);
  return given.at(-1) ?? '';
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  gateway = await PracticeProcess.start(join(folder, 'gateway'), '--scenario', 'paid');
  profile = join(folder, 'profile');
  await gateway.setUp(profile, { family: 'micropay', device: 'code' });
});
afterAll(async () => {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  orders += 1;
  order = `sale-${String(orders)}`;
});

const pay = (code: string, ...args: readonly string[]): ReturnType<typeof facepay> =>
  facepayTyping(`${code}\n`, 'pay', ...args, '--profile', profile);
const payTaken = (code: string, ...args: readonly string[]): ReturnType<typeof facepay> =>
  pay(code, '12.50', '--code-stdin', '--order', order, ...args);

const payCalls = async (): Promise<number> => (await gateway.requestsTo('/pay/micropay', order)).length;

describe('pay', () => {
  it('ends 0 with the paid order as its last line, and asks for its number with one of this terminal’s own', async () => {
    const { exitCode, last } = await pay(newCode(), '12.5', '--code-stdin');
    expect([exitCode, last]).toMatchObject([0, { type: 'result', order: { phase: 'paid', amountFen: 1_250 } }]);
  });

  it('pays a number once, however often it is run: what it was is told again', async () => {
    const first = await payTaken(newCode());
    const again = await payTaken(newCode());
    expect([first, again].map(({ exitCode, last }) => [exitCode, last])).toMatchObject([
      [0, { order: { outTradeNo: order, phase: 'paid' } }],
      [0, { order: { outTradeNo: order, phase: 'paid' } }],
    ]);
    expect(await payCalls()).toBe(1);
  });

  it('ends 6 once it is sure that the customer was not charged', async () => {
    const { exitCode, last } = await payTaken(refusedCode('NOTSUPORTCARD', '0000000001'));
    expect([exitCode, last]).toMatchObject([6, { order: { phase: 'failed', cause: 'NOTSUPORTCARD' } }]);
  });

  it('ends 3 while nobody knows, names the command that cancels it, and 6 once that has proved it', async () => {
    const unknown = await payTaken(refusedCode('NOTENOUGH', '0000000002'), '--wait', '1');
    expect([unknown.exitCode, unknown.lines.at(-2)]).toEqual([
      3,
      { type: 'unknown', cancel: `facepay cancel ${order}` },
    ]);
    expect(unknown.last).toMatchObject({ type: 'result', order: { phase: 'paying' } });
    expect((await facepay('cancel', order, '--profile', profile)).exitCode).toBe(0);
    expect((await payTaken(newCode())).exitCode).toBe(6);
    expect(await payCalls()).toBe(1);
  });

  it('refuses another amount under the number of an order, and pays nothing', async () => {
    await payTaken(newCode());
    const { exitCode, last } = await pay(newCode(), '99', '--code-stdin', '--order', order);
    expect([exitCode, last]).toMatchObject([2, { type: 'error', field: 'YUAN', code: 'amount-differs' }]);
    expect(await payCalls()).toBe(1);
  });

  it.each([
    ['a code of Alipay', '281234567890123456', 'code-of-alipay'],
    ['nothing', '', 'no-payment-code'],
  ])('refuses %s by its name, and pays nothing', async (_what, typed, code) => {
    const { exitCode, last, said } = await payTaken(typed);
    expect([exitCode, last]).toMatchObject([2, { type: 'error', field: 'code', code }]);
    if (typed !== '') expect(said).not.toContain(typed);
    expect(await payCalls()).toBe(0);
  });

  it.each([
    [['12.50', '--code-stdin', 'CODE'], 'code-as-argument'],
    [['12.50', 'CODE'], 'code-as-argument'],
    [['12.50', '--code-stdin', '--order', 'CODE'], 'code-as-argument'],
    [['CODE', '--code-stdin'], 'not-a-sum'],
    [['12.50'], 'code-only-stdin'],
    [['--code-stdin'], 'not-a-sum'],
    [['0', '--code-stdin'], 'not-a-sum'],
    [['12.345', '--code-stdin'], 'not-a-sum'],
    [['60000', '--code-stdin'], 'not-a-sum'],
  ] as const)('refuses %j and repeats no code', (args, code) => {
    const paid = newCode();
    const line = readCommandLine(['pay', ...args.map((word) => (word === 'CODE' ? paid : word))], Date.now());
    const problems = line.ok ? [] : line.error;
    expect(problems.map((each) => each.code)).toContain(code);
    expect(problems.map((each) => each.field).join()).not.toContain(paid);
  });

  it('refuses where no payment codes are set up, before anything leaves', async () => {
    const other = join(folder, 'face-profile');
    await gateway.setUp(other, {});
    const { exitCode, last } = await facepayTyping(
      newCode(),
      'pay',
      '1',
      '--code-stdin',
      '--order',
      order,
      '--profile',
      other,
    );
    expect([exitCode, last]).toMatchObject([2, { type: 'error', field: 'device', code: 'no-codes' }]);
    expect(await payCalls()).toBe(0);
  });
});

describe('accept', () => {
  const accept = (code: string, ...args: readonly string[]): ReturnType<typeof facepay> =>
    facepayTyping(`${code}\n`, 'accept', '--code-stdin', ...args, '--profile', profile);

  it('takes one fen, gives it back, and writes the page that proves it', async () => {
    const out = join(folder, 'acceptance.txt');
    const { exitCode, last } = await accept(newCode(), '--out', out);
    expect([exitCode, last]).toMatchObject([0, { type: 'acceptance', state: 'accepted', environment: 'practice' }]);
    const { outTradeNo } = z.object({ outTradeNo: z.string() }).parse(last);
    expect(await gateway.order(outTradeNo)).toMatchObject({ paidFen: 1, refundedFen: 1, reverses: 1 });
    const page = readFileSync(out, 'utf8');
    for (const words of ['PRACTICE', '1900000109', outTradeNo, 'pay-left', 'reverse', 'ACCEPTED: 0.01 yuan'])
      expect(page).toContain(words);
    expect((await accept(newCode(), '--out', out)).last).toMatchObject({ field: '--out', code: 'file-exists' });
  });

  it('ends 6 where WeChat Pay refuses the payment, and says that it is not accepted', async () => {
    const { exitCode, last } = await accept(refusedCode('AUTHCODEEXPIRE', '0000000003'));
    expect([exitCode, last]).toMatchObject([6, { type: 'acceptance', state: 'not-charged' }]);
  });
});

it('leaves no code in any file of the profile', () => {
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map(({ name }) => name)).toContain('device.secret');
  const found = files.filter(({ parentPath, name }) => {
    const text = readFileSync(join(parentPath, name), 'latin1');
    return given.some((code) => text.includes(code));
  });
  expect(found.map(({ name }) => name)).toEqual([]);
});
