/** The contrast of every pair of colours that the tokens promise, in both themes and with more contrast. */
import { describe, expect, test } from 'vitest';
import { colourOf, contrast, type Theme } from './tokens.ts';

const TONES = ['process', 'wait', 'clear', 'paid'] as const;
const SURFACES = ['--bg', '--surface', '--surface-sunk', '--key'] as const;

/** State words, the amount and the countdown, at a glance from a step away. */
const STATE = 7;
const TEXT = 4.5;
const GRAPHICS = 3;

const pairs: readonly (readonly [text: string, on: string, atLeast: number])[] = [
  ...TONES.flatMap((tone) => [
    [`--${tone}-on`, `--${tone}-fill`, STATE] as const,
    [`--${tone}-ink`, `--${tone}-soft`, STATE] as const,
    ...['--surface', '--key'].map((surface) => [`--${tone}-ink`, surface, STATE] as const),
  ]),
  ['--alarm-on', '--alarm-fill', STATE],
  ['--alarm-soft-on', '--alarm-soft', STATE],
  ...SURFACES.flatMap((surface) => [
    ['--alarm-ink', surface, TEXT] as const,
    ['--alarm-line', surface, GRAPHICS] as const,
  ]),
  ...SURFACES.flatMap((surface) => [
    ['--ink', surface, STATE] as const,
    ['--ink-soft', surface, TEXT] as const,
    ['--line-strong', surface, GRAPHICS] as const,
    ['--focus', surface, GRAPHICS] as const,
  ]),
  ...['--practice-a', '--practice-b', '--practice-fill'].map((fill) => ['--practice-on', fill, TEXT] as const),
  ['--paper-ink', '--paper', STATE],
];

describe.each<[Theme, string, boolean]>([
  ['light', '', false],
  ['dark', '', false],
  ['light', ' with more contrast', true],
  ['dark', ' with more contrast', true],
])('in the %s theme%s', (theme, _more, more) => {
  test.each(pairs)('%s on %s has %d to 1 at least', (text, on, atLeast) => {
    expect(contrast(colourOf(text, theme, more), colourOf(on, theme, more))).toBeGreaterThanOrEqual(atLeast);
  });
});

test('contrast is WCAG’s: black on white is 21, grey #767676 just passes for text', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
