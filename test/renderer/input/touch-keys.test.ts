import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterShift,
  afterText,
  digitRows,
  letterRows,
  shifted,
  signRows,
  withDeleted,
  withTyped,
} from '../../../renderer/input/touch-keys.ts';

const printable = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));
const lettersOf = (shift: 'off' | 'once'): string[] =>
  letterRows.flatMap((row) => Array.from(row, (key) => shifted(key, shift)));

describe('the keyboard on the screen', () => {
  test('has every printable ASCII character on one of its pages', () => {
    const keys = new Set([...lettersOf('off'), ...lettersOf('once'), ...signRows.flatMap((row) => Array.from(row))]);
    expect(printable.filter((character) => !keys.has(character))).toEqual([]);
  });

  test('has no key twice on a page', () => {
    for (const rows of [letterRows, signRows, digitRows]) {
      const keys = rows.flatMap((row) => Array.from(row));
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('has at most ten keys in a row, so that each is wide enough for a finger on the narrowest screen', () => {
    expect([...letterRows, ...signRows].filter((row) => row.length > 10)).toEqual([]);
  });

  test('writes one capital after one press of shift, and only capitals after two', () => {
    expect(afterShift('off')).toBe('once');
    expect(afterText('once')).toBe('off');
    expect(afterShift('once')).toBe('locked');
    expect(afterText('locked')).toBe('locked');
    expect(afterShift('locked')).toBe('off');
  });
});

describe('a key', () => {
  test('types at the caret, and replaces the selection', () => {
    expect(withTyped({ text: '19001', start: 5, end: 5 }, '0', 32)).toEqual({ text: '190010', caret: 6 });
    expect(withTyped({ text: 'wxAAAA', start: 2, end: 6 }, '8', 32)).toEqual({ text: 'wx8', caret: 3 });
  });

  test('types nothing more into a full field', () => {
    expect(withTyped({ text: '1234', start: 2, end: 2 }, '9', 4)).toEqual({ text: '1234', caret: 2 });
    expect(withTyped({ text: '1234', start: 1, end: 2 }, '9', 4)).toEqual({ text: '1934', caret: 2 });
  });

  test('deletes the marks, or the whole character before the caret', () => {
    expect(withDeleted({ text: 'abc', start: 1, end: 3 })).toEqual({ text: 'a', caret: 1 });
    expect(withDeleted({ text: 'abc', start: 2, end: 2 })).toEqual({ text: 'ac', caret: 1 });
    expect(withDeleted({ text: '店𠮷', start: 3, end: 3 })).toEqual({ text: '店', caret: 1 });
    expect(withDeleted({ text: 'abc', start: 0, end: 0 })).toEqual({ text: 'abc', caret: 0 });
  });

  test('is taken back by delete, wherever it was typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.constantFrom(...printable), (text, at, key) => {
        const caret = at % (text.length + 1);
        const typed = withTyped({ text, start: caret, end: caret }, key, Number.MAX_SAFE_INTEGER);
        expect(withDeleted({ text: typed.text, start: typed.caret, end: typed.caret })).toEqual({ text, caret });
      }),
    );
  });
});
