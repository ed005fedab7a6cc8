/**
 * Payments by a scanner on a serial port: a code pays once, and only where a payment waits for it; unplugged, the till says
 * so and goes on by itself. The codes stay nowhere.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPty, Pty, PTY_FOLDER } from '../../support/pty.ts';
import { onTill, openShop, tap, type Shop } from '../../support/screen/shop.ts';
import { setPin, signIn } from '../../support/screen/staff-screen.ts';
import { secretsIn, secretsUnder } from '../../support/secrets/canaries.ts';
import { heapSnapshot } from '../../support/secrets/page-heap.ts';

const PIN = '482615';

describe.skipIf(!hasPty)('a till with a scanner on a serial port', () => {
  let shop: Shop;
  let page: Page;
  let folder: string;
  let scanner: Pty;

  const codes: Record<string, string> = {};
  const newCode = (): string => {
    const number = String(Object.keys(codes).length + 1);
    const code = `14${number.padStart(4, '8')}315972046${number.padStart(3, '0')}`;
    codes[`code ${number}`] = code;
    return code;
  };
  const note = (what: string): Promise<void> =>
    page.locator(`[data-testid="scan-note"][data-what="${what}"]`).waitFor();
  const payCalls = (): number => shop.gateway.requests.filter(({ path }) => path === '/pay/micropay').length;
  const notice = () => page.locator('[data-testid="notice"][data-code="scanner-not-connected"]');
  const begin = async (): Promise<void> => {
    await tap(page, 'key-5');
    await tap(page, 'take-payment');
    await page.getByTestId('stage-code').waitFor();
  };
  const end = async (): Promise<void> => {
    await onTill(page, 'paid');
    await tap(page, 'next-customer');
    await page.getByTestId('stage-none').waitFor();
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(PTY_FOLDER, 'facepay-serial-'));
    scanner = new Pty(join(folder, 'scanner'));
    await scanner.plugIn();
    shop = await openShop({ device: 'code', codePort: { path: scanner.link }, ownChromium: true });
    page = shop.page;
    await setPin(page, 'technician', PIN);
    await page.keyboard.press('Escape');
    await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  });
  afterAll(async () => {
    await shop.close();
    await scanner.unplug();
    rmSync(folder, { recursive: true, force: true });
  });

  test('pays by a code that comes in pieces, and by the first of two that come at once', async () => {
    await begin();
    const code = newCode();
    scanner.send(code.slice(0, 7));
    scanner.send(`${code.slice(7)}\r`);
    await end();
    await begin();
    scanner.send(`${newCode()}\r${newCode()}\r`);
    await note('second-code');
    await end();
    expect(payCalls()).toBe(2);
  });

  test('drops a code where no payment waits, and names what is none of WeChat Pay’s', async () => {
    scanner.send(`${newCode()}\r`);
    await note('no-payment');
    scanner.send('20261123150007\r');
    await note('only-codes');
    await begin();
    scanner.send('281234567890123456\r');
    await note('alipay');
    scanner.send(`${newCode().slice(0, 17)}\r`);
    await note('other-scan');
    expect(payCalls()).toBe(2);
    // By the keyboard too: both are heard.
    scanner.send(`\0${newCode()}\r\n`);
    await end();
    expect(payCalls()).toBe(3);
  });

  test('says that the scanner is unplugged, on the code’s stage too, and goes on once it is back', async () => {
    await begin();
    await scanner.unplug();
    await notice().waitFor();
    await page.locator('[data-testid="stage-code"][data-scanner="gone"]').waitFor();
    await scanner.plugIn();
    await notice().waitFor({ state: 'detached' });
    scanner.send(`${newCode()}\r`);
    await end();
    expect(payCalls()).toBe(4);
  });

  test('the self-test says that it is connected, and a trial shows its length and pays for nothing', async () => {
    await signIn(page, 'technician', PIN);
    await tap(page, 'tab-self-test');
    await tap(page, 'self-test-run');
    await page.locator('[data-testid="line-face-device"][data-code="port-connected"]').waitFor();
    // When the run ends, the row of buttons changes: a click that goes down before and up after it meets no button.
    await page.locator('[data-testid="self-test-run"]:enabled').waitFor();
    await tap(page, 'code-try-open');
    await page.locator('[data-testid="code-try-found"][data-port="connected"]').waitFor();
    scanner.send(`${newCode()}\r`);
    await page.locator('[data-testid="code-try-found"][data-found="code"]').waitFor();
    expect(await page.getByTestId('code-try-found').textContent()).toContain('18');
    await tap(page, 'code-try-close');
    expect(payCalls()).toBe(4);
  });

  test('and no code is in any file of the terminal, in its output or in the page’s memory', async () => {
    expect(Object.keys(codes).length).toBeGreaterThan(7);
    expect(secretsUnder(shop.profile.folder, codes)).toEqual([]);
    expect(secretsIn(Buffer.from(shop.kiosk.output()), codes)).toEqual([]);
    expect(secretsIn(await heapSnapshot(page), codes)).toEqual([]);
  });
});
