/** One owner of the keyboard at a time, in every state of the screen. */
import { describe, expect, test } from 'vitest';
import {
  hearsScans,
  isLeftOut,
  keyboardOwner,
  takesAmount,
  type KeyboardOwner,
  type OnScreen,
} from '../../renderer/keyboard-owner.ts';
import { SAME_AMOUNT_MS } from '../../shared/timing.ts';

const bare: OnScreen = {
  dialog: 'none',
  staff: false,
  leaving: false,
  help: false,
  number: false,
  about: false,
  backOffice: false,
  served: true,
  till: 'keypad',
  opened: false,
};

const booleans = [false, true];
const every = function* (): Generator<OnScreen> {
  for (const dialog of ['none', 'alert', 'own-keys', 'other'] as const)
    for (const till of ['keypad', 'camera', 'order', 'paid', 'stopped'] as const)
      for (let bits = 0; bits < 2 ** 8; bits += 1) {
        const [staff, leaving, help, number, about, backOffice, served, opened] = Array.from(
          { length: 8 },
          (_, at) => booleans[(bits >> at) & 1] ?? false,
        );
        yield {
          ...bare,
          dialog,
          till,
          staff: staff ?? false,
          leaving: leaving ?? false,
          help: help ?? false,
          number: number ?? false,
          about: about ?? false,
          backOffice: backOffice ?? false,
          served: served ?? false,
          opened: opened ?? false,
        };
      }
};

describe('the keys belong', () => {
  test.each<[KeyboardOwner, Partial<OnScreen>]>([
    ['keypad', {}],
    ['paid', { till: 'paid' }],
    ['till', { till: 'order' }],
    ['till', { till: 'camera' }],
    ['till', { till: 'stopped' }],
    ['till', { till: 'paid', opened: true }],
    ['till', { served: false }],
    ['back-office', { backOffice: true, till: 'paid' }],
    ['dialog', { dialog: 'other' }],
    ['dialog', { dialog: 'own-keys', backOffice: true }],
    ['about', { about: true, dialog: 'other' }],
    ['number', { number: true, dialog: 'other' }],
    ['help', { help: true, number: true, dialog: 'other' }],
    ['hand-over', { leaving: true, dialog: 'other' }],
    ['pin', { staff: true, dialog: 'other', backOffice: true }],
    ['alert', { staff: true, number: true, dialog: 'alert' }],
  ])('to the %s: %o', (owner, change) => {
    expect(keyboardOwner({ ...bare, ...change })).toBe(owner);
  });

  test('to the amount only where nothing at all covers it, in all 5120 states', () => {
    let amounts = 0;
    for (const on of every()) {
      const owner = keyboardOwner(on);
      const covered =
        on.dialog !== 'none' || on.staff || on.leaving || on.help || on.number || on.about || on.backOffice;
      const isFree = !covered && on.served && !on.opened && (on.till === 'keypad' || on.till === 'paid');
      expect(takesAmount(owner), JSON.stringify(on)).toBe(isFree);
      if (isFree) amounts += 1;
      if (on.dialog === 'alert') expect(owner).toBe('alert');
    }
    expect(amounts).toBe(2);
  });

  test('and a scan is heard everywhere but under a question, a PIN, a hand-over and the guide of the back office', () => {
    const deaf = (
      ['alert', 'pin', 'hand-over', 'help', 'number', 'dialog', 'back-office', 'keypad', 'paid', 'till'] as const
    ).filter((owner) => !hearsScans(owner, true));
    expect(deaf).toEqual(['alert', 'pin', 'hand-over', 'help']);
    expect(hearsScans('help', false)).toBe(true);
  });
});

describe('an amount', () => {
  /** Types the keys one after the other, `gapMs` apart; from the one at `at` on the till shows the paid order. */
  const typed = (keys: string, at: number, gapMs: number): string => {
    let amount = '';
    let leftOutAtMs = Number.NEGATIVE_INFINITY;
    Array.from(keys).forEach((key, index) => {
      const nowMs = index * gapMs;
      const owner = index < at ? 'till' : 'paid';
      if (isLeftOut(owner, amount, nowMs - leftOutAtMs)) leftOutAtMs = nowMs;
      else amount += key;
    });
    return amount;
  };

  test('typed across the moment of "paid" begins no other amount, wherever that moment falls', () => {
    for (let at = 1; at <= 4; at += 1) expect(typed('12.5', at, 200), String(at)).toBe('');
    expect(typed('12.5', 0, 200)).toBe('12.5');
  });

  test('typed after a pause is a new one', () => {
    expect(typed('125', 1, SAME_AMOUNT_MS)).toBe('25');
  });
});
