/**
 * A manager at the till: a decision about money is confirmed first, and no key, tap or command of the page makes it
 * alone.
 */
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { facepay } from '../../support/command.ts';
import { invoke, onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';
import { enterAs } from '../../support/screen/staff-screen.ts';

let shop: Shop | null = null;
afterEach(async () => {
  await shop?.close();
  shop = null;
});

/** A paid order on the till, and a manager signed in. */
async function paidOnTill(): Promise<{ readonly here: Shop; readonly page: Page; readonly orderId: string }> {
  const here = await openShop({ scenario: 'paid' });
  shop = here;
  const { page } = here;
  const orderId = await takePayment(page, '8.00');
  await onTill(page, 'paid');
  await enterAs(page, 'manager');
  await tap(page, 'back-office-close');
  await onTill(page, 'paid');
  await page.getByTestId('cancel').waitFor();
  return { here, page, orderId };
}

test('F4 on a paid order asks why; a key press refunds nothing, a held button does, and the record says who and why', async () => {
  const { here, page, orderId } = await paidOnTill();
  const { gateway, profile } = here;
  await page.keyboard.press('F4');
  await page.getByTestId('act-sheet').waitFor();
  expect(await page.getByTestId('act-hold').isEnabled(), 'no reason yet').toBe(false);
  await page.keyboard.press('F4');
  await tap(page, 'why-wrong-amount');
  await page.getByTestId('act-hold').focus();
  await page.keyboard.press('Enter');
  await tap(page, 'act-hold');
  await page.keyboard.press('Escape');
  await page.getByTestId('act-sheet').waitFor({ state: 'detached' });
  await onTill(page, 'paid');
  expect(gateway.ledger.verdict(orderId)).toMatchObject({ charged: true, refunded: false });

  await tap(page, 'cancel');
  await page.getByTestId('act-sheet').waitFor();
  await tap(page, 'why-wrong-amount');
  await page.locator('[data-testid="act-hold"]:enabled').focus();
  await page.keyboard.down('Space');
  await page.waitForTimeout(1_200);
  await page.keyboard.up('Space');
  await page.getByTestId('act-sheet').waitFor({ state: 'detached' });
  await onTill(page, 'cancelled');
  expect(gateway.ledger.verdict(orderId)).toMatchObject({ charged: true, refunded: true });
  const { lines } = await facepay('audit', 'export', '--profile', profile.folder);
  expect(lines.filter((line) => line['order'] === orderId && line['what'] === 'cancel-tapped')).toMatchObject([
    { who: 'screen', role: 'manager' },
  ]);
  const details = await invoke(page, 'history.order', { orderId });
  expect(details).toMatchObject({
    value: {
      timeline: expect.arrayContaining([
        expect.objectContaining({ what: 'cancel-armed', result: 'manager', reason: 'wrong-amount' }),
      ]),
    },
  });
  expect(gateway.ledger.violations).toEqual([]);
});

test('what the page asks main for by itself refunds nothing either', async () => {
  const { here, page, orderId } = await paidOnTill();
  expect(await invoke(page, 'order.cancel', { orderId })).toEqual({ ok: false, code: 'reason-needed', field: null });
  const act = { action: 'cancel', orderIds: [orderId], reason: { code: 'duplicate', note: null } };
  expect(await invoke(page, 'manager.act', act)).toMatchObject({ ok: false, code: 'bad-input', field: 'confirmation' });
  const begun = (await invoke(page, 'manager.confirm', { action: 'cancel', orders: [{ orderId, phase: 'paid' }] })) as {
    value: { confirmation: string };
  };
  expect(await invoke(page, 'manager.act', { ...act, confirmation: begun.value.confirmation })).toEqual({
    ok: false,
    code: 'not-held',
    field: null,
  });
  expect(here.gateway.ledger.verdict(orderId)).toMatchObject({ charged: true, refunded: false });
  await onTill(page, 'paid');
});

test('the question is the manager’s who asked for it: it goes when they sign out', async () => {
  const { page } = await paidOnTill();
  await page.keyboard.press('F4');
  await page.getByTestId('act-sheet').waitFor();
  expect(await invoke(page, 'staff.sign-out', {})).toMatchObject({ ok: true });
  await page.getByTestId('act-sheet').waitFor({ state: 'detached' });
  await page.getByTestId('cancel').waitFor({ state: 'detached' });
});
