/** Colours and text sizes have names, and only renderer/theme defines the names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const renderer = join(import.meta.dirname, '../../../renderer');
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.css') && !name.startsWith('theme/'))
  .map((name) => [name, readFileSync(join(renderer, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '')] as const);

const RAW_COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(/gi;
/** Text that grows with its box has its own limits (`clamp`), and printed text is in millimetres or points. */
const RAW_SIZE = /font(?:-size)?:(?!\s*clamp\()[^;]*?\d(?:px|rem)/g;

const found = (css: string, what: RegExp): string[] => css.match(what) ?? [];

test('no sheet has a colour of its own', () => {
  expect(sheets.length).toBeGreaterThan(40);
  expect(sheets.flatMap(([name, css]) => found(css, RAW_COLOUR).map((raw) => `${name}: ${raw}`))).toEqual([]);
});

test('no sheet has a text size of its own', () => {
  expect(sheets.flatMap(([name, css]) => found(css, RAW_SIZE).map((raw) => `${name}: ${raw}`))).toEqual([]);
});

test('the rules find what they are for', () => {
  expect(found('a { color: #fff; background: rgb(0 0 0 / 40%); }', RAW_COLOUR)).toHaveLength(2);
  expect(
    found(
      'a { font-size: 13px; } b { font: 600 1rem/1 serif; } c { font-size: clamp(1px, 2vw, 3px); } d { font-size: var(--text); }',
      RAW_SIZE,
    ),
  ).toHaveLength(2);
});
