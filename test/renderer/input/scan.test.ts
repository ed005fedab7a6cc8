import { describe, expect, test } from 'vitest';
import {
  afterKey,
  released,
  SCAN_GAP_MS,
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
      expect(play([...first, ...rest]).recognized.at(-1)).toEqual({ kind: 'scan', text: NUMBER, typed: slow });
    }
  });

  test('is not joined with what was typed a while before', () => {
    const keys = [['7', 0] as const, ...inRow([...letters(NUMBER), 'Enter'], 4, 150)];
    expect(play(keys).recognized.at(-1)).toEqual({ kind: 'scan', text: NUMBER, typed: 0 });
  });
});

describe('a scanner that types', () => {
  test('is heard as one number, and its Enter never acts', () => {
    const played = play(inRow([...letters(NUMBER), 'Enter'], 4));
    expect(played.recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0 }]);
    expect(played.swallowed).toContain('Enter');
  });

  test('is heard up to the last millisecond of the gap, and not beyond', () => {
    expect(play(inRow([...letters(NUMBER), 'Enter'], SCAN_GAP_MS - 1)).recognized).toEqual([
      { kind: 'scan', text: NUMBER, typed: 0 },
    ]);
    expect(play(inRow(letters('123456'), SCAN_GAP_MS)).recognized).toEqual(
      letters('123456').map((text) => ({ kind: 'typed', text })),
    );
  });

  test('is heard without an Enter, and with a Tab in its place', () => {
    expect(play(inRow(letters(NUMBER), 4)).recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0 }]);
    expect(play(inRow([...letters(NUMBER), 'Tab'], 4)).swallowed).toContain('Tab');
  });

  test('holds Shift for capitals without being cut in two', () => {
    const keys = ['Shift', 'A', 'Shift', 'B', '1', '2', '3', '4', 'Enter'];
    expect(play(inRow(keys, 20)).recognized).toEqual([{ kind: 'scan', text: 'AB1234', typed: 0 }]);
  });

  test('presses nothing with a Space inside, nor with an Enter that comes late', () => {
    const spaced = play(inRow([...letters('4200 0002'), 'Enter'], 4));
    expect(spaced.recognized).toEqual([{ kind: 'scan', text: '4200 0002', typed: 0 }]);
    expect(spaced.swallowed).toEqual([...letters('200 0002'), 'Enter']);

    const quiet = released(heardAll(NUMBER), 27 * 4 + SCAN_GAP_MS);
    expect(quiet.recognized).toEqual([{ kind: 'scan', text: NUMBER, typed: 0 }]);
    expect(afterKey(quiet.burst, 'Enter', 27 * 4 + SCAN_TAIL_MS - 1).swallow).toBe(true);
    expect(afterKey(quiet.burst, 'Enter', 27 * 4 + SCAN_TAIL_MS).swallow).toBe(false);
  });

  test('is not taken for an amount when it is short, but its Enter is swallowed all the same', () => {
    const played = play(inRow([...letters('12345'), 'Enter'], 4));
    expect(played.recognized).toEqual([{ kind: 'typed', text: '12345' }]);
    expect(played.swallowed).toContain('Enter');
  });
});

describe('a person who types', () => {
  test('is heard key by key, and Enter acts', () => {
    const played = play(inRow([...letters('128'), 'Enter'], 60));
    expect(played.recognized).toEqual(letters('128').map((text) => ({ kind: 'typed', text })));
    expect(played.swallowed).toEqual([]);
  });

  test('presses a button with Space or Enter alone', () => {
    expect(play([[' ', 0]])).toEqual({ recognized: [], swallowed: [] });
    expect(play([['Enter', 0]])).toEqual({ recognized: [], swallowed: [] });
    expect(play([['F4', 0]])).toEqual({ recognized: [], swallowed: [] });
  });
});

const heardAll = (text: string): Burst =>
  letters(text).reduce((burst, key, index) => afterKey(burst, key, index * 4).burst, noBurst);
