/** Scanners that type by Alt and the numeric pad, or while an input method is on, are heard like any other. */
import { describe, expect, test } from 'vitest';
import { afterKey, noBurst, type Recognized } from '../../../renderer/input/scan.ts';
import { altKey, meantKey, withAltDigit } from '../../../renderer/input/scanner-keys.ts';

const NUMBER = 'POS_20261123-0042|a*@';

/** What the keys, 4 ms apart, are recognised as. */
function recognized(keys: readonly string[]): Recognized[] {
  let burst = noBurst;
  return keys.flatMap((key, index) => {
    const step = afterKey(burst, key, index * 4);
    burst = step.burst;
    return step.recognized;
  });
}

describe('a scan', () => {
  test('typed by Alt and the numeric pad is the same number, with and without a leading zero', () => {
    for (const zero of ['', '0']) {
      const keys = Array.from(`${NUMBER}\r`, (character) => {
        const digits = Array.from(`${zero}${String(character.charCodeAt(0))}`);
        return altKey(digits.reduce((held, digit) => withAltDigit(held, `Numpad${digit}`), ''));
      });
      expect(recognized(keys.map(String))).toEqual([{ kind: 'scan', text: NUMBER, typed: 0, again: false }]);
    }
  });

  test('typed while an input method is on is the same number', () => {
    const codes: Readonly<Record<string, readonly [string, boolean]>> = {
      '-': ['Minus', false],
      _: ['Minus', true],
      '|': ['Backslash', true],
      '@': ['Digit2', true],
      '*': ['Digit8', true],
    };
    const keys = Array.from(NUMBER, (character) => {
      const [code, shiftKey] = codes[character] ?? [
        /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`,
        /[A-Z]/.test(character),
      ];
      return meantKey({ key: 'Process', code, shiftKey });
    });
    expect(recognized([...keys, meantKey({ key: 'Process', code: 'Enter', shiftKey: false })])).toEqual([
      { kind: 'scan', text: NUMBER, typed: 0, again: false },
    ]);
  });
});

test('keys that say what they are stay what they are', () => {
  for (const key of ['4', 'a', 'Enter', 'F4', 'Shift', '+'])
    expect(meantKey({ key, code: 'KeyQ', shiftKey: false })).toBe(key);
  expect(meantKey({ key: 'Process', code: 'NumpadEnter', shiftKey: false })).toBe('Enter');
  expect(meantKey({ key: 'Process', code: 'Numpad7', shiftKey: false })).toBe('7');
});

test('Alt with other keys, and numbers that are no character, say nothing', () => {
  expect(withAltDigit('05', 'KeyF')).toBe('');
  expect(['', '7', '5', '31', '127', '20013', '00000'].map(altKey)).toEqual(Array(7).fill(null));
});
