import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterKey,
  released,
  SCAN_GAP_MS,
  SCAN_LENGTH_MIN,
  SCAN_TAIL_MS,
  noBurst,
  type Burst,
  type Recognized,
} from '../../../renderer/input/scan.ts';

interface Played {
  readonly recognized: readonly Recognized[];
  /** The keys that were kept from having an effect. */
  readonly swallowed: readonly string[];
}

/** Plays keys at their times, with silence at the end. */
function play(keys: readonly (readonly [key: string, atMs: number])[]): Played {
  let burst = noBurst;
  const recognized: Recognized[] = [];
  const swallowed: string[] = [];
  for (const [key, atMs] of keys) {
    const step = afterKey(burst, key, atMs);
    burst = step.burst;
    recognized.push(...step.recognized);
    if (step.swallow) swallowed.push(key);
  }
  recognized.push(...released(burst, (keys.at(-1)?.[1] ?? 0) + SCAN_GAP_MS).recognized);
  return { recognized, swallowed };
}

const inRow = (text: readonly string[], gapMs: number, startMs = 0): (readonly [string, number])[] =>
  text.map((key, index) => [key, startMs + index * gapMs] as const);

const letters = (text: string): string[] => text.split('');

const NUMBER = '4200000272201902213633768503';

describe('a scanner whose first keys come slowly', () => {
  test('is heard whole, and says how many keys were taken for typing', () => {
    for (const slow of [1, 2, 3]) {
      const first = inRow(letters(NUMBER.slice(0, slow)), 100);
      const rest = inRow([...letters(NUMBER.slice(slow)), 'Enter'], 4, slow * 100);
      expect(play([...first, ...rest]).recognized.at(-1)).toEqual({
        kind: 'scan',
        text: NUMBER,
        typed: slow,
        again: false,
      });
    }
  });

  test('is not joined with what was typed a while before', () => {
    const keys = [['7', 0] as const, ...inRow([...letters(NUMBER), 'Enter'], 4, 150)];
    expect(play(keys).recognized.at(-1)).toEqual({ kind: 'scan', text: NUMBER, typed: 0, again: false });
  });
});

describe('a scanner that types', () => {
  test('is heard as one number, and its Enter never acts', () => {
    const played = play(inRow([...letters(NUMBER), 'Enter'], 4));
    expect(played.recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0, again: false }]);
    expect(played.swallowed).toContain('Enter');
  });

  test('is heard up to the last millisecond of the gap, and not beyond', () => {
    expect(play(inRow([...letters(NUMBER), 'Enter'], SCAN_GAP_MS - 1)).recognized).toEqual([
      { kind: 'scan', text: NUMBER, typed: 0, again: false },
    ]);
    expect(play(inRow(letters('123456'), SCAN_GAP_MS)).recognized).toEqual(
      letters('123456').map((text) => ({ kind: 'typed', text })),
    );
  });

  test('is heard without an Enter, and with a Tab in its place', () => {
    expect(play(inRow(letters(NUMBER), 4)).recognized).toEqual([
      { kind: 'scan', text: NUMBER, typed: 0, again: false },
    ]);
    expect(play(inRow([...letters(NUMBER), 'Tab'], 4)).swallowed).toContain('Tab');
  });

  test('holds Shift for capitals without being cut in two', () => {
    const keys = ['Shift', 'A', 'Shift', 'B', '1', '2', '3', '4', 'Enter'];
    expect(play(inRow(keys, 20)).recognized).toEqual([{ kind: 'scan', text: 'AB1234', typed: 0, again: false }]);
  });

  test('presses nothing with a Space inside, nor with an Enter that comes late', () => {
    const spaced = play(inRow([...letters('4200 0002'), 'Enter'], 4));
    expect(spaced.recognized).toEqual([{ kind: 'scan', text: '4200 0002', typed: 0, again: false }]);
    expect(spaced.swallowed).toEqual([...letters('200 0002'), 'Enter']);

    const quiet = released(heardAll(NUMBER), 27 * 4 + SCAN_GAP_MS);
    expect(quiet.recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0, again: false }]);
    expect(afterKey(quiet.burst, 'Enter', 27 * 4 + SCAN_TAIL_MS - 1).swallow).toBe(true);
    expect(afterKey(quiet.burst, 'Enter', 27 * 4 + SCAN_TAIL_MS).swallow).toBe(false);
  });

  test('presses nothing with an Enter that comes twice', () => {
    expect(play([...inRow([...letters(NUMBER), 'Enter', 'Enter'], 4)]).swallowed.slice(-2)).toEqual(['Enter', 'Enter']);
  });

  test('is reported once more and whole after a pause in its middle', () => {
    const first = inRow(letters(NUMBER.slice(0, 20)), 4);
    const rest = inRow([...letters(NUMBER.slice(20)), 'Enter'], 4, 19 * 4 + SCAN_GAP_MS);
    const { recognized, swallowed } = play([...first, ...rest]);
    expect(recognized).toEqual([
      { kind: 'scan', text: NUMBER.slice(0, 20), typed: 0, again: false },
      { kind: 'scan', text: NUMBER, typed: 0, again: true },
    ]);
    expect(swallowed).toContain('Enter');
  });

  test('that needs ten keys for a character, by Alt and the numeric pad, is heard whole however long they take together', () => {
    const chords = letters(NUMBER).map((key) => [...Array.from({ length: 9 }, () => 'Alt'), key]);
    expect(play(inRow(chords.flat(), 15)).recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0, again: false }]);
  });

  test('is two scans when two labels follow each other', () => {
    const second = inRow([...letters('42000003'), 'Enter'], 4, 28 * 4 + 8);
    expect(play([...inRow([...letters(NUMBER), 'Enter'], 4), ...second]).recognized).toEqual([
      { kind: 'scan', text: NUMBER, typed: 0, again: false },
      { kind: 'scan', text: '42000003', typed: 0, again: false },
    ]);
  });
});

describe('a person who types', () => {
  test('is heard key by key, and Enter acts', () => {
    const played = play(inRow([...letters('128'), 'Enter'], 60));
    expect(played.recognized).toEqual(letters('128').map((text) => ({ kind: 'typed', text })));
    expect(played.swallowed).toEqual([]);
  });

  test('is heard before the key that follows at once does its work', () => {
    for (const key of ['Backspace', 'Escape', 'F4']) {
      expect(afterKey(afterKey(noBurst, '5', 0).burst, key, 10)).toMatchObject({
        recognized: [{ kind: 'typed', text: '5' }],
        swallow: false,
      });
    }
  });

  test('presses a button with Space or Enter alone', () => {
    expect(play([[' ', 0]])).toEqual({ recognized: [], swallowed: [] });
    expect(play([['Enter', 0]])).toEqual({ recognized: [], swallowed: [] });
    expect(play([['F4', 0]])).toEqual({ recognized: [], swallowed: [] });
  });
});

const heardAll = (text: string): Burst =>
  letters(text).reduce((burst, key, index) => afterKey(burst, key, index * 4).burst, noBurst);

/** What a till would make of keys: its amount, and how often an Enter, Tab or Space reached a button. */
function onTheTill(keys: readonly (readonly [key: string, atMs: number])[], timersFireLateMs: readonly number[] = []) {
  let burst = noBurst;
  let amount = '';
  const enters: string[] = [];
  const hear = (recognized: readonly Recognized[]): void =>
    recognized.forEach((each) => {
      if (each.kind === 'typed') amount += each.text;
      if (each.kind === 'scan') amount = amount.slice(0, amount.length - each.typed);
    });
  keys.forEach(([key, atMs], index) => {
    const step = afterKey(burst, key, atMs);
    hear(step.recognized);
    if (!step.swallow && ['Enter', 'Tab', ' '].includes(key)) enters.push(amount);
    burst = step.burst;
    const late = timersFireLateMs[index] ?? 0;
    // A page that was busy: its timer runs before the keys that have waited, whose times are earlier.
    if (late > 0) {
      const after = released(burst, atMs + SCAN_GAP_MS + late);
      hear(after.recognized);
      burst = after.burst;
    }
  });
  hear(released(burst, (keys.at(-1)?.[1] ?? 0) + 1_000).recognized);
  return { amount, enters };
}

const timed = (keys: readonly string[], gaps: readonly number[]): (readonly [string, number])[] => {
  let atMs = 0;
  return keys.map((key, index) => [key, (atMs += index === 0 ? 0 : (gaps[index - 1] ?? 0))] as const);
};

const digit = fc.constantFrom(...letters('0123456789.'));
const scanned = fc.array(fc.constantFrom(...letters('0123456789AZaz-_* ')), {
  minLength: SCAN_LENGTH_MIN,
  maxLength: 40,
});

describe('whatever the speed', () => {
  test('an amount of fingers and its Enter act: the Enter finds all the digits', () => {
    // Any gap, down to two keys hit at once; only six keys in a row are never all as close as a scanner's.
    const hand = fc
      .record({
        keys: fc.array(digit, { minLength: 1, maxLength: 8 }),
        gaps: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 8, maxLength: 8 }),
      })
      .map(({ keys, gaps }) => ({
        keys,
        gaps: gaps.map((gap, index) => (index % 5 === 4 ? Math.max(gap, SCAN_GAP_MS) : gap)),
      }));
    fc.assert(
      fc.property(hand, fc.array(fc.constantFrom(0, 0, 0, 20), { maxLength: 8 }), ({ keys, gaps }, late) => {
        const { amount, enters } = onTheTill(timed([...keys, 'Enter'], gaps), late);
        expect({ amount, enters }).toEqual({ amount: keys.join(''), enters: [keys.join('')] });
      }),
      { numRuns: 500 },
    );
  });

  test('a scan presses no button and leaves nothing in the amount, also where the page is busy meanwhile', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: SCAN_GAP_MS - 1 }), { minLength: 41, maxLength: 41 });
    const late = fc.array(fc.constantFrom(0, 0, 0, 30), { maxLength: 41 });
    fc.assert(
      fc.property(scanned, gaps, late, fc.constantFrom('Enter', 'Tab', 'none'), (keys, between, lateMs, end) => {
        const first = keys[0] === ' ' ? ['0', ...keys.slice(1)] : keys;
        const played = onTheTill(timed(end === 'none' ? first : [...first, end], between), lateMs);
        expect(played).toEqual({ amount: '', enters: [] });
      }),
      { numRuns: 500 },
    );
  });
});
