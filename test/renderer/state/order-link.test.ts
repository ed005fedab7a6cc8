/** A link to an order: shown on the screen if it disturbs nobody, otherwise kept in the tray. */
import { describe, expect, test } from 'vitest';
import {
  createKioskStore,
  leftTill,
  shownLink,
  tookLink,
  tookStage,
  type KioskState,
} from '../../../renderer/state/store.ts';
import { order } from '../../support/screen/fake-orders.ts';

const paid = order({ name: 'paid' }, { standing: 'done' });
const paying = order(
  { name: 'paying', windowEndsInMs: 12_000, declined: null, cancelFirst: false },
  { standing: 'open' },
);
const known = { number: 'pos-1', order: { ...paid, orderId: 'pos-1' } };
const unknown = { number: 'pos-2', order: null };

const at = (change: Partial<KioskState>): KioskState => ({ ...createKioskStore().getState(), ...change });
const afterLink = (state: KioskState, link = known as Parameters<typeof tookLink>[1]): KioskState => ({
  ...state,
  ...tookLink(state, link, 0),
});
const orderOnTill = (view: typeof paid): Partial<KioskState> => ({
  stage: { name: 'order', amountFen: 1, orderId: view.orderId },
  orders: new Map([[view.orderId, { view, bornAtMs: 0, deadline: null, endedAtMs: null }]]),
});

describe('a link', () => {
  test('to a known order shows it, from the keypad, from another order and from a payment that is over', () => {
    for (const state of [
      at({}),
      at({ viewing: 'other' }),
      at({ about: true }),
      at(orderOnTill(paid)),
      at({ stage: { name: 'stopped', amountFen: 1, code: 'no-face' } }),
    ]) {
      const after = afterLink(state);
      expect([after.viewing, after.orders.has('pos-1'), after.asked, after.about]).toEqual([
        'pos-1',
        true,
        null,
        false,
      ]);
    }
  });

  test('that comes while "next customer" is on its way stays on the screen, and so do digits of the next amount', () => {
    const before = at({ viewing: 'other' });
    const meanwhile = afterLink(before);
    expect({ ...meanwhile, ...leftTill(meanwhile, before) }.viewing).toBe('pos-1');
    expect(leftTill(before, before)).toEqual({ viewing: null, amount: '' });
    expect(leftTill({ ...before, amount: '3' }, before).amount).toBe('3');
  });

  test('to the very order that is being left by "next customer" keeps it on the screen', () => {
    const before = at({
      viewing: 'pos-1',
      orders: new Map([['pos-1', { view: known.order, bornAtMs: 0, deadline: null, endedAtMs: 0 }]]),
    });
    const meanwhile = afterLink(before);
    expect({ ...meanwhile, ...leftTill(meanwhile, before) }.viewing).toBe('pos-1');
    expect(leftTill(before, before).viewing).toBeNull();
  });

  test('to an unknown order only fills the dialog', () => {
    const after = afterLink(at({}), unknown);
    expect([after.number, after.viewing, after.orders.size]).toEqual(['pos-2', null, 0]);
  });

  test.each<[string, Partial<KioskState>]>([
    ['the camera is getting ready', { stage: { name: 'preparing', amountFen: 1 } }],
    ['the customer looks at the camera', { stage: { name: 'look', amountFen: 1 } }],
    ['a payment’s result is waited for', orderOnTill(paying)],
    ['a payment is leaving', { stage: { name: 'order', amountFen: 1, orderId: 'not told yet' } }],
    ['an amount is being typed', { amount: '12' }],
    ['a number is being typed', { number: '4' }],
    ['somebody is at the back office', { backOfficePage: 'pos' }],
  ])('waits in the tray while %s, and changes nothing there', (_name, change) => {
    for (const link of [known, unknown]) {
      const state = at(change);
      expect(afterLink(state, link)).toEqual({ ...state, asked: link });
    }
  });

  test('waits while somebody signs in', () => {
    expect(tookLink(at({}), known, 0, true)).toEqual({ asked: known });
  });

  test('that waits is the last one that came, outlives the payment, and is shown when it is tapped', () => {
    const looking = at({ stage: { name: 'look', amountFen: 1 } });
    const waiting = afterLink(afterLink(looking, unknown), known);
    const paidNow = { ...waiting, ...tookStage(waiting, { name: 'none' }) };
    expect([paidNow.asked, paidNow.viewing]).toEqual([known, null]);
    const shown = { ...paidNow, ...shownLink(paidNow, known, 0) };
    expect([shown.asked, shown.viewing]).toEqual([null, 'pos-1']);
  });
});
