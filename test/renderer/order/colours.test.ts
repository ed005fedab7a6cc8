/** Colour is a promise: green is money in and nothing else, on every surface. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOOKS } from '../../../renderer/back-office/history/words.ts';
import { moneyTone } from '../../../renderer/back-office/stuck/stuck-words.ts';
import type { Tone } from '../../../renderer/components/tone.ts';
import { CUSTOMER_SHAPES, CUSTOMER_TONES } from '../../../renderer/customer/customer-looks.ts';
import { CUE_TONES, looks } from '../../../renderer/order/phase-appearance.ts';
import { SLIP_SHAPES } from '../../../renderer/slip/slip-shapes.ts';
import { colourOf, type Theme } from '../theme/tokens.ts';

const ROOT = join(import.meta.dirname, '../../..');

const tonesOf = (looked: Readonly<Record<string, { readonly tone: Tone }>>): Record<string, Tone> =>
  Object.fromEntries(Object.entries(looked).map(([name, { tone }]) => [name, tone]));

/** Written out by hand: whoever changes a colour changes a promise. */
const SURFACES: Readonly<Record<string, readonly [shown: Record<string, Tone>, promised: Record<string, Tone>]>> = {
  'the till, its tray and its lists': [
    tonesOf(looks),
    {
      paying: 'process',
      declined: 'wait',
      ready: 'wait',
      armed: 'wait',
      'last-look': 'wait',
      choosing: 'wait',
      calling: 'wait',
      asking: 'wait',
      recall: 'wait',
      unknown: 'wait',
      confirming: 'wait',
      closed: 'clear',
      revoked: 'clear',
      refunded: 'clear',
      paid: 'paid',
      failed: 'clear',
      'not-found': 'wait',
      attention: 'alarm',
      'handed-over': 'wait',
      settled: 'wait',
    },
  ],
  'search and history': [
    tonesOf(LOOKS),
    {
      paying: 'process',
      paid: 'paid',
      failed: 'clear',
      'not-found': 'wait',
      armed: 'wait',
      choosing: 'wait',
      reversing: 'wait',
      confirming: 'wait',
      closed: 'clear',
      refunded: 'clear',
      attention: 'alarm',
      settled: 'wait',
      'same-as': 'wait',
      unreadable: 'alarm',
    },
  ],
  'the manager’s list': [moneyTone, { taken: 'alarm', unknown: 'wait', 'not-taken': 'clear' }],
  'the customer’s display': [
    CUSTOMER_TONES,
    {
      welcome: 'process',
      look: 'process',
      code: 'process',
      wait: 'process',
      paid: 'paid',
      'not-charged': 'clear',
      revoked: 'clear',
      'going-back': 'clear',
      'ask-staff': 'alarm',
    },
  ],
  'the frame around the screen': [
    CUE_TONES,
    {
      ready: 'wait',
      paid: 'paid',
      cancelled: 'clear',
      failed: 'process',
      look: 'wait',
      manager: 'alarm',
      offline: 'wait',
      refused: 'wait',
    },
  ],
};

describe.each(Object.entries(SURFACES))('on %s', (_surface, [shown, promised]) => {
  test('each state has the colour that it promises', () => {
    expect(shown).toEqual(promised);
  });

  test('only `paid` is green', () => {
    expect(Object.keys(shown).filter((name) => shown[name] === 'paid' && name !== 'paid')).toEqual([]);
  });
});

test('money in has one shape everywhere, and no other state has it', () => {
  const shapes = [
    ...Object.entries(looks).map(([name, { shape }]) => [name, shape]),
    ...Object.entries(LOOKS).map(([name, { icon }]) => [name, icon]),
    ...Object.entries(CUSTOMER_SHAPES),
  ];
  expect(shapes.filter(([name]) => name === 'paid').map(([, shape]) => shape)).toEqual(Array(3).fill('moneyIn'));
  expect(shapes.filter(([name, shape]) => shape === 'moneyIn' && name !== 'paid')).toEqual([]);
  // The square with a tick marks a chosen row, as in a form; a state that had it would look like one.
  expect(shapes.filter(([, shape]) => shape === 'squareCheck')).toEqual([]);
});

test('the slip shows each end with the shape of the till', () => {
  for (const [end, shape] of Object.entries(SLIP_SHAPES)) {
    expect(shape, end).toBe(Object.entries(looks).find(([name]) => name === end)?.[1].shape);
  }
});

test('nothing else is written in the colour of money in', () => {
  /** The tables above, the button that keeps a payment, and the style of both. */
  const allowed = [
    // The day's takings.
    'renderer/back-office/overview/overview-page.tsx',
    'renderer/back-office/history/words.ts',
    // Money in, by the bills.
    'renderer/back-office/bill/latest-days.tsx',
    'renderer/components/button.css',
    'renderer/order/phase-appearance.ts',
    'renderer/order/verdict.css',
    'renderer/theme/tokens.css',
    // The order that was paid last.
    'renderer/till/screens/last-paid.css',
    'renderer/till/screens/order-actions.tsx',
  ];
  const GREEN = /--paid-|(?:tone|look)(?:=|: )\{?["']paid["']/;
  const found = globSync('renderer/**/*.{ts,tsx,css}', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => GREEN.test(readFileSync(join(ROOT, file), 'utf8')) && !allowed.includes(file));
  expect(found).toEqual([]);
});

/** Hue in degrees, saturation and lightness from 0 to 1. */
function hslOf(colour: string): { readonly hue: number; readonly saturation: number; readonly lightness: number } {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const span = max - min;
  const lightness = (max + min) / 2;
  if (span === 0) return { hue: 0, saturation: 0, lightness };
  const sector =
    max === red ? (green - blue) / span : max === green ? (blue - red) / span + 2 : (red - green) / span + 4;
  return { hue: (sector * 60 + 360) % 360, saturation: span / (1 - Math.abs(2 * lightness - 1)), lightness };
}

describe.each<[Theme]>([['light'], ['dark']])('in the %s theme', (theme) => {
  const hue = (name: string): number => hslOf(colourOf(name, theme)).hue;

  test.each(['fill', 'ink'])('the %s of money in is green, of nothing charged grey-blue, of a wait amber', (part) => {
    expect(hue(`--paid-${part}`)).toBeGreaterThan(130);
    expect(hue(`--paid-${part}`)).toBeLessThan(155);
    const clear = hslOf(colourOf(`--clear-${part}`, theme));
    expect(clear.hue).toBeGreaterThan(200);
    expect(clear.hue).toBeLessThan(225);
    expect(clear.saturation).toBeLessThan(0.4);
    expect(hue(`--wait-${part}`)).toBeGreaterThan(30);
    expect(hue(`--wait-${part}`)).toBeLessThan(50);
  });

  test.each(['--alarm-fill', '--alarm-line', '--alarm-ink', '--alarm-soft'])('%s is red, and not pink', (name) => {
    const { hue: angle, saturation, lightness } = hslOf(colourOf(name, theme));
    expect(Math.min(angle, 360 - angle)).toBeLessThan(12);
    expect(saturation).toBeGreaterThan(0.8);
    // A soft ground of the light theme is nearly white; what is seen from afar is not.
    if (theme === 'dark' || name !== '--alarm-soft') expect(lightness).toBeLessThan(0.67);
  });
});
