/** The keys of a payment code at the stage that waits for one: any speed, with and without Enter, doubled, between stray keys. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterCodeKey, isWithinCode, noCodeKeys, type CodeKeys } from '../../../renderer/input/code-keys.ts';
import { whatIsShown } from '../../../renderer/input/scanned.ts';

const CODE = '134567890123456789';

/** Types `keys`, `gapMs` apart from `atMs` on. Returns what was read, what is held, and the keys that act as always. */
function typed(
  keys: readonly string[],
  gapMs: number,
  from: CodeKeys = noCodeKeys,
  atMs = 1_000,
): {
  readonly held: CodeKeys;
  readonly read: readonly unknown[];
  readonly acting: readonly string[];
} {
  let held = from;
  const read: unknown[] = [];
  const acting: string[] = [];
  keys.forEach((key, index) => {
    const step = afterCodeKey(held, key, atMs + index * gapMs);
    if (step === null) {
      acting.push(key);
      return;
    }
    held = step.keys;
    if (step.read !== null) read.push(whatIsShown(step.read));
  });
  return { held, read, acting };
}

const code = { what: 'code', code: CODE };
const keysOf = (text: string): string[] => Array.from(text);

describe('a code', () => {
  test.each([1, 5, 20, 49, 50, 60, 140, 400])('is read at its Enter, with keys %i ms apart', (gapMs) => {
    expect(typed([...keysOf(CODE), 'Enter'], gapMs)).toMatchObject({ read: [code], acting: [] });
  });

  test.each([1, 60])('without Enter is held whole, with keys %i ms apart', (gapMs) => {
    const { held, read } = typed(keysOf(CODE), gapMs);
    expect([read, whatIsShown(held)]).toEqual([[], code]);
  });

  test('that is scanned twice is read twice, one after the other, and none of its keys acts', () => {
    expect(typed([...keysOf(CODE), 'Enter', ...keysOf(CODE), 'Enter', 'Enter'], 2)).toMatchObject({
      read: [code, code],
      acting: [],
    });
  });

  test('behind a key that somebody hit is read all the same', () => {
    const { held } = typed(['7'], 1);
    expect(typed([...keysOf(CODE), 'Tab'], 3, held, 1_400).read).toEqual([code]);
  });

  test('sent with Shift and CapsLock around its keys is whole', () => {
    expect(typed([...keysOf(CODE).flatMap((key) => [key, 'Shift']), 'Enter'], 10).read).toEqual([code]);
  });
});

describe('keys of a person', () => {
  test('act as always where no code has begun: Enter and Space press the button, Escape goes back', () => {
    expect(typed(['Enter', ' ', 'Escape', 'F4', 'Tab', 'Shift'], 500).acting).toEqual([
      'Enter',
      ' ',
      'Escape',
      'F4',
      'Tab',
      'Shift',
    ]);
  });

  test("an Enter right behind a code belongs to the scanner; one second later it is the person's", () => {
    const { held } = typed([...keysOf(CODE), 'Enter'], 2);
    expect(isWithinCode(held, held.lastAtMs + 100)).toBe(true);
    expect(isWithinCode(held, held.lastAtMs + 1_000)).toBe(false);
    expect(afterCodeKey(held, 'Enter', held.lastAtMs + 1_000)).toBeNull();
  });
});

test('whatever is typed, no more is held than two codes need, and what is read was typed', () => {
  const key = fc.constantFrom(...keysOf('0123456789'), ' ', 'Enter', 'Shift', 'Escape', 'a');
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer({ min: 0, max: 1_500 }))), (presses) => {
      let held = noCodeKeys;
      let atMs = 0;
      const all = presses.map(([each]) => (each.length === 1 ? each : '')).join('');
      for (const [each, gapMs] of presses) {
        atMs += gapMs;
        const step = afterCodeKey(held, each, atMs);
        if (step === null) continue;
        if (step.read !== null) expect(all).toContain(step.read.burst);
        held = step.keys;
        expect(held.text.length).toBeLessThanOrEqual(80);
        expect(held.text.endsWith(held.burst.slice(-1))).toBe(true);
      }
    }),
  );
});
