/**
 * The screen's constants from tokens.css, resolved for one theme, and the contrast of two of them by WCAG's formula.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = readFileSync(join(import.meta.dirname, '../../../renderer/theme/tokens.css'), 'utf8');

export type Theme = 'light' | 'dark';

/** The text of a rule's body; `''` for the plain theme, otherwise the condition of its @media. */
function rootOf(condition: string): string {
  const from = condition === '' ? 0 : source.indexOf(condition);
  if (from < 0) throw new Error(`tokens.css has no ${condition}`);
  const start = source.indexOf(':root {', from);
  return source.slice(start, source.indexOf('}', start));
}

const declared = (body: string): Map<string, string> =>
  new Map([...body.matchAll(/(--[a-z-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));

/** A colour token as `#rrggbb`. `more`: with prefers-contrast: more. */
export function colourOf(name: string, theme: Theme, more = false): string {
  const values = new Map([
    ...declared(rootOf('')),
    ...(more ? declared(rootOf('@media (prefers-contrast: more)')) : []),
  ]);
  const value = values.get(name) ?? '';
  const pair = /^light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)$/.exec(value);
  const other = /^var\((--[a-z-]+)\)$/.exec(value);
  const colour =
    other?.[1] !== undefined
      ? colourOf(other[1], theme, more)
      : pair === null
        ? value
        : pair[theme === 'light' ? 1 : 2];
  if (colour === undefined || !/^#[0-9a-f]{6}$/.test(colour)) throw new Error(`${name} is no colour: ${value}`);
  return colour;
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A number from 1 to 21. */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}
