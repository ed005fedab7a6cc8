/**
 * Payments by payment code, with scanners of every speed: one whole code pays once, and only where a payment waits for it.
 * Everywhere else a code stays nowhere.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scanAt, scanIn, SCANNER_MODES } from '../../support/screen/scanners.ts';
import { onTill, openShop, tap, type Shop } from '../../support/screen/shop.ts';
import { setPin, signIn } from '../../support/screen/staff-screen.ts';
import { secretsIn, secretsUnder } from '../../support/secrets/canaries.ts';
import { heapSnapshot } from '../../support/secrets/page-heap.ts';

const PIN = '482615';

let shop: Shop;
let page: Page;

/** Every code that a test has shown, to be looked for at the end. */
const codes: Record<string, string> = {};
const newCode = (): string => {
  const number = String(Object.keys(codes).length + 1);
  const code = `15${number.padStart(4, '7')}204861935${number.padStart(3, '0')}`;
  codes[`code ${number}`] = code;
  return code;
};

const note = (what: string): Promise<void> => page.locator(`[data-testid="scan-note"][data-what="${what}"]`).waitFor();
const payCalls = (): number => shop.gateway.requests.filter(({ path }) => path === '/pay/micropay').length;
const everyText = (): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.textContent,
      ...Array.from(document.querySelectorAll('input, textarea'), (field) => Reflect.get(field, 'value') as string),
    ].join('\n'),
  );

async function begin(): Promise<void> {
  await tap(page, 'key-5');
  await tap(page, 'take-payment');
  await page.getByTestId('stage-code').waitFor();
}
async function end(): Promise<void> {
  await onTill(page, 'paid');
  await tap(page, 'next-customer');
  await page.getByTestId('stage-none').waitFor();
}

describe('a till that takes payments by code', () => {
  beforeAll(async () => {
    shop = await openShop({ device: 'code', ownChromium: true });
    page = shop.page;
    await setPin(page, 'technician', PIN);
    await page.keyboard.press('Escape');
    await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  });
  afterAll(() => shop.close());

  test.each([
    [1, true],
    [20, true],
    [49, false],
    [60, true],
    [60, false],
    [1, false],
  ])('takes a code with its keys %i ms apart, with Enter: %s, and the Enter presses nothing', async (gapMs, enter) => {
    const before = payCalls();
    await begin();
    await page.getByTestId('stop').focus();
    await scanAt(page, [newCode()], { gapMs, enter });
    await end();
    expect(payCalls()).toBe(before + 1);
  });

  test.each(SCANNER_MODES)('takes a code that comes by %s', async (mode) => {
    await begin();
    await scanIn(page, mode, newCode());
    await end();
  });

  test.each([true, false])('pays once with a code that is scanned twice, with Enter: %s', async (enter) => {
    const before = payCalls();
    const code = newCode();
    await begin();
    await scanAt(page, [code, code], { gapMs: 2, enter });
    await end();
    expect(payCalls()).toBe(before + 1);
  });

  test('pays with the first of two customers’ codes, says so of the second, and takes that one for the next payment only', async () => {
    const before = payCalls();
    await begin();
    await scanAt(page, [newCode(), newCode()], { gapMs: 2, enter: true });
    await note('second-code');
    await end();
    expect(payCalls()).toBe(before + 1);
  });

  test('takes no part of a code and no other wallet’s, names it, and goes on waiting', async () => {
    const before = payCalls();
    await begin();
    for (const [scanned, what] of [
      [newCode().slice(0, 17), 'other-scan'],
      [newCode() + newCode(), 'other-scan'],
      ['20261123150007', 'other-scan'],
      ['281234567890123456', 'alipay'],
      ['6222021234567890123', 'unionpay'],
    ] as const) {
      await scanAt(page, [scanned], { gapMs: 2, enter: true });
      await note(what);
    }
    expect(payCalls()).toBe(before);
    await page.keyboard.press('Escape');
    await page.locator('[data-testid="stage-stopped"][data-code="by-cashier"]').waitFor();
    await scanAt(page, [newCode()], { gapMs: 2, enter: true });
    await note('no-payment');
    await tap(page, 'next-customer');
    expect(payCalls()).toBe(before);
  });

  test('drops a code where no payment waits: at the keypad, under a PIN, in a dialog and in a search', async () => {
    const before = payCalls();
    const scan = async (what: string): Promise<void> => {
      const code = newCode();
      await scanAt(page, [code], { gapMs: 2, enter: true });
      await note(what);
      expect(await everyText()).not.toContain(code.slice(0, 8));
    };
    await tap(page, 'key-5');
    await scan('no-payment');
    expect(await page.getByTestId('number-input').count()).toBe(0);
    await page.keyboard.press('F6');
    await page.getByTestId('number-input').click();
    await scan('no-payment');
    await tap(page, 'number-close');
    await tap(page, 'staff');
    await tap(page, 'pin-role-technician');
    await page.getByTestId('pin-dots').waitFor();
    await scan('no-payment');
    expect(await page.getByTestId('pin-dots').getAttribute('data-count')).toBe('0');
    await page.keyboard.press('Escape');
    expect(payCalls()).toBe(before);
  });

  test('the self-test page says how long a code was and what it is, and shows no digit of it', async () => {
    await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
    await signIn(page, 'technician', PIN);
    await tap(page, 'tab-self-test');
    await tap(page, 'code-try-open');
    const code = newCode();
    await scanAt(page, [code], { gapMs: 60, enter: true });
    await page.locator('[data-testid="code-try-found"][data-found="code"]').waitFor();
    const said = await page.getByTestId('code-try-found').textContent();
    expect(said).toContain('18');
    expect(await everyText()).not.toContain(code.slice(0, 8));
    await scanAt(page, [code.slice(0, 9)], { gapMs: 2, enter: true });
    await page.locator('[data-testid="code-try-found"][data-found="other-scan"]').waitFor();
    await tap(page, 'code-try-close');
  });

  test('the acceptance takes one fen with a code, gives it back by itself, and says that it is proved', async () => {
    await tap(page, 'acceptance-open');
    await tap(page, 'acceptance-begin');
    await page.locator('[data-testid="acceptance"][data-state="code"]').waitFor();
    await scanAt(page, [newCode()], { gapMs: 2, enter: true });
    await page.locator('[data-testid="acceptance"][data-state="returning"]').waitFor();
    expect(await page.getByTestId('acceptance-close').isDisabled()).toBe(true);
    await page.locator('[data-testid="acceptance"][data-state="accepted"]').waitFor();
    const [order] = shop.gateway.ledger.orders().filter(({ amountFen }) => amountFen === 1);
    expect(order).toMatchObject({ paidFen: 1, refundedFen: 1, reverses: 1 });
    expect(await page.getByTestId('paper').textContent()).toContain(order?.outTradeNo);
    await tap(page, 'acceptance-close');
    await page.getByTestId('acceptance').waitFor({ state: 'detached' });
  });

  test('and no code is in any file of the terminal, in its output or in the page’s memory', async () => {
    expect(Object.keys(codes).length).toBeGreaterThan(15);
    expect(secretsUnder(shop.profile.folder, codes)).toEqual([]);
    expect(secretsIn(Buffer.from(shop.kiosk.output()), codes)).toEqual([]);
    expect(secretsIn(await heapSnapshot(page), codes)).toEqual([]);
  });
});

describe('practice without a merchant', () => {
  beforeAll(async () => {
    shop = await openShop({ setUp: false });
    page = shop.page;
    await tap(page, 'scenario');
    await tap(page, 'source-code');
    await page.locator('[data-testid="source-code"][aria-pressed="true"]').waitFor();
    await tap(page, 'scenarios-close');
  });
  afterAll(() => shop.close());

  const shown = async (kind: string): Promise<string> => {
    await tap(page, `practice-code-${kind}`);
    const figure = page.locator(`[data-testid="practice-code"][data-kind="${kind}"][data-code]`);
    await figure.waitFor();
    return (await figure.getAttribute('data-code')) ?? '';
  };

  test('shows a code that can be scanned, and one that a tap uses', async () => {
    await begin();
    await scanAt(page, [await shown('usual')], { gapMs: 5, enter: true });
    await end();
    await begin();
    await tap(page, 'use-practice-code');
    await end();
  });

  test('another wallet’s code is named and pays nothing; one that was used before is refused, and charging again is free', async () => {
    await begin();
    await scanAt(page, [await shown('other-wallet')], { gapMs: 5, enter: true });
    await note('alipay');
    await scanAt(page, [await shown('spent')], { gapMs: 5, enter: true });
    await onTill(page, 'failed');
    await tap(page, 'next-customer');
  });

  test('pays the same amount where the face failed, and the next payment waits for a face again', async () => {
    await tap(page, 'scenario');
    await tap(page, 'source-face');
    await tap(page, 'scenarios-close');
    await tap(page, 'key-5');
    await tap(page, 'take-payment');
    await page.getByTestId('stage-look').waitFor();
    await tap(page, 'stop');
    await page.locator('[data-testid="stage-stopped"][data-code="by-cashier"]').waitFor();
    await tap(page, 'scan-instead');
    await page.getByTestId('stage-code').waitFor();
    await scanAt(page, [await shown('usual')], { gapMs: 5, enter: true });
    await end();
    await tap(page, 'key-5');
    await tap(page, 'take-payment');
    await page.getByTestId('stage-look').waitFor();
    await tap(page, 'scan-instead');
    await page.getByTestId('stage-code').waitFor();
    await tap(page, 'use-practice-code');
    await end();
    await tap(page, 'scenario');
    await tap(page, 'source-code');
    await tap(page, 'scenarios-close');
  });

  test('one that needs a password waits for the customer, and a cancel can be tapped', async () => {
    await begin();
    await scanAt(page, [await shown('needs-password')], { gapMs: 5, enter: true });
    await page.locator('[data-testid="phase-paying"]').waitFor();
    await tap(page, 'cancel');
    await page.locator('[data-testid="phase-armed"]').waitFor();
  });
});
