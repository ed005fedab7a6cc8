/** test/bench/README.md against test/bench/figures.json, and how `npm run bench -- --write` stores. No bench is run here. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../build/run.ts';
import {
  BENCH_MARKS,
  FIGURES,
  figuresSchema,
  store,
  storedFigures,
  withFigures,
  withPart,
  type StoredPart,
} from './stored.ts';

const page = readFileSync(join(root, BENCH_MARKS.page), 'utf8');

const codec: StoredPart = {
  title: 'Sign and write',
  command: 'npm run bench -- codec',
  date: '2026-11-28',
  commit: 'abc1234',
  node: 'v24.21.0',
  cores: 2,
  cpu: 'A CPU',
  report: ['### Loopback', '', '| who | a second |', '| --- | --- |', '| ours | 115420 |'],
};
const figures = { codec, start: { ...codec, title: 'The start' } };

test('the page shows the stored figures and no others; `npm run bench -- --write` makes it so', () => {
  expect(page).toBe(withFigures(page, storedFigures(root)));
});

test('each part is shown with its command, day, commit and machine, and its own headings below its title', () => {
  const made = withFigures(page, figures);
  expect(made).toContain(
    '### Sign and write\n\n`npm run bench -- codec`, 2026-11-28, commit `abc1234`, Node v24.21.0, 2 cores (A CPU).\n\n#### Loopback\n',
  );
  expect(made).toContain('| ours | 115420 |\n\n### The start\n');
  expect(withFigures(page, { codec: { ...codec, note: 'Taken over.' } })).toContain('2 cores (A CPU). Taken over.\n');
});

test('a part that is measured again takes the place of its older figures; the others stay, in the order of the parts', () => {
  const again = withPart(figures, 'codec', { ...codec, commit: 'def5678' }, ['call', 'start', 'codec']);
  expect(Object.keys(again)).toEqual(['start', 'codec']);
  expect(again['codec']?.commit).toBe('def5678');
  expect(again['start']).toEqual(figures.start);
});

test('the figures of a part that is no more go with the next that is stored', () => {
  expect(Object.keys(withPart({ ...figures, gone: codec }, 'codec', codec, ['codec', 'start']))).toEqual([
    'codec',
    'start',
  ]);
});

test('what is stored is read back as it was, and the page is made of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-bench-'));
  try {
    mkdirSync(join(folder, 'test/bench'), { recursive: true });
    writeFileSync(join(folder, FIGURES), '{}');
    writeFileSync(join(folder, BENCH_MARKS.page), page);
    store(folder, withPart(storedFigures(folder), 'codec', codec, ['codec']));
    expect(storedFigures(folder)).toEqual({ codec });
    expect(readFileSync(join(folder, BENCH_MARKS.page), 'utf8')).toBe(withFigures(page, { codec }));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the stored figures', () => {
  test.each<[string, object]>([
    ['no commit', { commit: 'unknown' }],
    ['a day that is none', { date: '2026-02-30' }],
    ['another command', { command: 'npm run proof' }],
    ['no report', { report: [] }],
    ['a field nobody knows', { luck: 1 }],
  ])('are refused with %s', (_what, change) => {
    expect(figuresSchema.safeParse({ codec }).success).toBe(true);
    expect(figuresSchema.safeParse({ codec: { ...codec, ...change } }).success).toBe(false);
  });

  test.each([
    ['without its marks', page.replaceAll('<!--', '')],
    ['with its marks twice', `${page}\n${page}`],
  ])('are put into no page %s', (_what, text) => {
    expect(() => withFigures(text, figures)).toThrow('test/bench/README.md must have');
  });
});
