/** Slips, tables, diagnostics and the bill on the real bundles: the content of the screen and of the files. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beijingDay, DAY_MS } from '../../../shared/beijing.ts';
import { billText } from '../../support/gateway/made-bill.ts';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop;
let folder: string;
let cancelled: string;
const out = (name: string): string => join(folder, name);
const text = async (page: Page, testId: string): Promise<string> =>
  (await page.getByTestId(testId).textContent()) ?? '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-e2e-'));
  shop = await openShop({
    scenario: 'never-answers',
    viewport: { width: 1280, height: 800 },
    env: { STANDIN_PRINTERS: 'Microsoft Print to PDF|EPSON TM-T82|Kitchen' },
  });
  cancelled = await takePayment(shop.page, '8');
  await tap(shop.page, 'cancel');
  await onTill(shop.page, 'cancelled');
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const MM_PER_POINT = 25.4 / 72;

/** The size of the only page of a PDF, in mm. */
function pageOf(pdf: Buffer): { readonly widthMm: number; readonly heightMm: number; readonly pages: number } {
  const source = pdf.toString('latin1');
  const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/.exec(source) ?? [];
  return {
    widthMm: Math.round(Number(width) * MM_PER_POINT),
    heightMm: Math.round(Number(height) * MM_PER_POINT),
    pages: source.match(/\/Type\s*\/Page\b/g)?.length ?? 0,
  };
}

test('a slip of a cancelled order is shown, and saved as a PDF of its paper’s size, on one page', async () => {
  const { page, kiosk } = shop;
  await tap(page, 'slip-open');
  await page.getByTestId('slip-print').waitFor();
  expect(await page.getByTestId('slip-save').count(), 'a cashier prints').toBe(0);
  await page.keyboard.press('Escape');
  await enterAs(page, 'manager');
  await tap(page, 'back-office-close');
  await tap(page, 'slip-open');
  await page.getByTestId('slip-dialog').waitFor();
  const slip = await page.getByTestId('slip-preview').innerText();
  expect(slip.replaceAll(' ', '')).toContain(cancelled);
  expect(slip).toContain('¥8.00');
  expect(slip).toContain('练习');
  for (const [paper, widthMm] of [
    ['58mm', 58],
    ['80mm', 80],
    ['a4', 210],
  ] as const) {
    await page.getByTestId(`paper-${paper}`).check();
    await kiosk.answerDialog({ save: out(`${paper}.pdf`) });
    await tap(page, 'slip-save');
    await expect.poll(() => text(page, 'slip-done')).toContain(`${paper}.pdf`);
    const size = pageOf(readFileSync(out(`${paper}.pdf`)));
    expect(size, paper).toMatchObject({ widthMm, pages: 1 });
    if (paper !== 'a4') expect(size.heightMm, paper).toBeGreaterThan(90);
  }
  // A key of the till does nothing behind the slip; Escape closes the slip and nothing else.
  await page.keyboard.press('F6');
  expect(await page.getByTestId('number-input').count()).toBe(0);
  await page.keyboard.press('Escape');
  await page.getByTestId('slip-dialog').waitFor({ state: 'detached' });
  await onTill(page, 'cancelled');
});

test('a slip goes to no printer that a system with a virtual one might choose, and says what to do', async () => {
  const { page } = shop;
  if (shop.kiosk.kind === 'electron') return;
  await tap(page, 'slip-open');
  await tap(page, 'slip-print');
  await page.locator('[data-testid="slip-error"][data-code="printer-not-chosen"]').waitFor();
  await tap(page, 'slip-close');
});

test('a manager compares the bill: money in doubt comes first, WeChat is asked, and the differences are taken along', async () => {
  const { page, kiosk, gateway } = shop;
  await openBackOffice(page);
  await tap(page, 'tab-bill');
  const time = `${beijingDay(Date.now())} 12:00:00`;
  const rows = [
    {
      transactionId: '4200000272202611230000000001',
      outTradeNo: cancelled,
      yuan: '8.00',
      time,
      mchId: gateway.merchant.mchId,
    },
    {
      transactionId: '4200000272202611230000000002',
      outTradeNo: 'till-2',
      device: 'kiosk-2',
      time,
      mchId: gateway.merchant.mchId,
    },
  ];
  writeFileSync(out('cut.csv'), billText(rows, 5));
  await kiosk.answerDialog({ open: [out('cut.csv')] });
  await tap(page, 'bill-choose');
  await page.locator('[data-testid="bill-refused"][data-code="totals-differ"]').waitFor();
  expect(await text(page, 'bill-refused')).toContain('5');

  const daysAgo = (days: number): string => beijingDay(Date.now() - days * DAY_MS);
  const ofManyDays = Array.from({ length: 9 }, (_, days) => ({
    transactionId: `420000027220261123000000001${String(days)}`,
    outTradeNo: `till-2-${String(days)}`,
    device: 'kiosk-2',
    time: `${daysAgo(days)} 12:00:00`,
    mchId: gateway.merchant.mchId,
  }));
  writeFileSync(out('month.csv'), billText(ofManyDays));
  await kiosk.answerDialog({ open: [out('month.csv')] });
  await tap(page, 'bill-choose');
  await page.locator('[data-testid="bill-refused"][data-code="several-days"]').waitFor();
  expect(await page.locator('[data-testid^="bill-day-2"]').count(), 'the likely days').toBe(6);
  await page.getByTestId('bill-day').fill(daysAgo(30));
  await expect.poll(() => text(page, 'bill-day-missing')).not.toBe('');
  expect(await page.getByTestId('bill-day-take').isDisabled()).toBe(true);
  await page.getByTestId('bill-day').fill(daysAgo(8).replaceAll('-', ''));
  await tap(page, 'bill-day-take');
  await page.getByTestId('bill-summary').waitFor();
  expect(await text(page, 'bill-summary')).toContain(daysAgo(8));

  writeFileSync(out('bill.csv'), billText(rows));
  await kiosk.answerDialog({ open: [out('bill.csv')] });
  await tap(page, 'bill-choose');
  await page.getByTestId('bill-summary').waitFor();
  expect(await text(page, 'bill-verdict')).toContain('1');
  const first = page.getByTestId('difference').first();
  expect(await first.getAttribute('data-kind')).toBe('cancelled-here-paid-in-bill');
  expect(await page.getByTestId('difference').count()).toBe(1);
  expect(await text(page, 'bill-others')).toContain('12.80');
  await first.getByTestId('difference-ask').click();
  // The practice gateway proved this cancel: WeChat's answer counts, not the bill.
  await expect.poll(() => first.getByTestId('difference-answer').textContent()).toMatch(/\S{4}/);
  await kiosk.answerDialog({ save: out('differences.csv') });
  await tap(page, 'bill-export');
  await expect.poll(() => text(page, 'bill-saved')).toContain('differences.csv');
  expect(readFileSync(out('differences.csv'), 'utf8')).toContain(`"\`${cancelled}"`);
  await first.getByTestId('difference-open').click();
  await onTill(page, 'cancelled');
});

test('a manager takes the day’s orders along as a table', async () => {
  const { page, kiosk } = shop;
  await openSupport(page);
  await tap(page, 'tab-history');
  await tap(page, 'history-export');
  await kiosk.answerDialog({ save: out('orders.csv') });
  await tap(page, 'save-orders');
  await expect.poll(() => text(page, 'orders-status')).toContain('orders.csv');
  expect(readFileSync(out('orders.csv'), 'utf8')).toContain(`"\`${cancelled}"`);
  // Digits are enough; a day is judged when it is left.
  await page.getByTestId('orders-to').click();
  await page.keyboard.type('20260230');
  expect(await page.getByTestId('orders-to').inputValue()).toBe('2026-02-30');
  await page.getByTestId('orders-from').click();
  await page.getByTestId('orders').getByTestId('field-error').filter({ visible: true }).waitFor();
  await page.keyboard.type('20260228');
  await page.getByTestId('orders-to').fill('2026-02-27');
  expect(await page.getByTestId('save-orders').isDisabled()).toBe(true);
  // The month opens at the day that is given; arrows and Enter pick another.
  await tap(page, 'orders-to-open');
  await page.locator('[data-testid="day-2026-02-27"]:focus').waitFor();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  await page.locator('[data-testid="day-2026-03-28"]:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('month-sheet').waitFor({ state: 'detached' });
  expect(await page.getByTestId('orders-to').inputValue()).toBe('2026-03-28');
  expect(await page.getByTestId('save-orders').isEnabled()).toBe(true);
  await tap(page, 'history-search');
});

test('diagnostics are saved and the trail is checked and exported', async () => {
  const { page, kiosk } = shop;
  await openSupport(page);
  await kiosk.answerDialog({ save: out('d.zip') });
  await tap(page, 'save-diagnostics');
  await expect.poll(() => text(page, 'diagnostics-status')).toContain('d.zip');
  const files = unzipSync(readFileSync(out('d.zip')));
  expect(Object.keys(files)).toContain('app.json');
  expect(Object.values(files).some((bytes) => Buffer.from(bytes).includes(cancelled))).toBe(false);
  await tap(page, 'audit-verify');
  await page.getByTestId('audit-intact').waitFor();
  await kiosk.answerDialog({ save: out('audit.jsonl') });
  await tap(page, 'audit-export');
  await expect.poll(() => text(page, 'audit-status')).toContain('audit.jsonl');
  const trail = readFileSync(out('audit.jsonl'), 'utf8');
  for (const act of [
    'slip-saved',
    'bill-compared',
    'differences-exported',
    'orders-exported',
    'diagnostics-saved',
    'audit-verified',
  ])
    expect(trail).toContain(act);
  expect(trail).not.toContain(folder);
  expect(existsSync(out('d.zip.part'))).toBe(false);
});

async function openSupport(page: Page): Promise<void> {
  if ((await page.getByTestId('back-office').count()) === 0) await openBackOffice(page);
  await tap(page, 'tab-support');
}

/** The manager has signed in before. */
async function openBackOffice(page: Page): Promise<void> {
  await tap(page, 'staff');
  await tap(page, 'staff-back-office');
}

test('a technician chooses the slip printer among those that make paper, and the next slip comes out of it', async () => {
  const { page } = shop;
  if (shop.kiosk.kind === 'electron') return;
  await tap(page, 'staff');
  await tap(page, 'staff-sign-out');
  await page.getByTestId('staff-dialog').waitFor({ state: 'detached' });
  await enterAs(page, 'technician', '739164');
  await tap(page, 'tab-support');
  await page.getByTestId('printer-virtual').waitFor();
  expect(await text(page, 'printer-virtual')).toContain('Microsoft Print to PDF');
  expect(await page.getByTestId('printer-is-Microsoft Print to PDF').count()).toBe(0);
  await tap(page, 'printer-is-EPSON TM-T82');
  await expect
    .poll(() => readFileSync(join(shop.profile.folder, 'settings.json'), 'utf8'))
    .toContain('"slipPrinter": "EPSON TM-T82"');
  await tap(page, 'back-office-close');
  await tap(page, 'slip-open');
  await tap(page, 'slip-print');
  await expect.poll(() => text(page, 'slip-done')).not.toBe('');
});
