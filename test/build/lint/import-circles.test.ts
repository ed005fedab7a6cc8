/**
 * No file of the product imports, directly or through others, a file that imports it; and no layer of build/layers.ts
 * names a layer above it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn, circlesOf, type Sources } from '../../../build/lint/import-circles.ts';
import { layers, type Layer } from '../../../build/layers.ts';

const root = resolve(import.meta.dirname, '../../..');

const product: Sources = new Map(
  ['shared', 'electron', 'renderer', 'build'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const),
  ),
);

const withFile = (file: string, text: string): Sources =>
  new Map([...product, [file, `${product.get(file) ?? ''}\n${text}\n`]]);

describe('the product', () => {
  it('has no circle of imports', () => {
    expect(product.size).toBeGreaterThan(500);
    expect(circlesIn(product)).toEqual([]);
  });

  it.each([
    ['of values', "import { connect } from './connect.ts';"],
    ['of types alone', "import type { connect } from './connect.ts';"],
    ['passed on', "export { connect } from './connect.ts';"],
    ['passed on whole', "export * from './connect.ts';"],
    ['made late', "const late = async () => import('./connect.ts');"],
    ['in a type', "type Late = typeof import('./connect.ts');"],
  ])('would have one by a single import %s', (_form, text) => {
    expect(circlesIn(withFile('renderer/state/staff.ts', text))).toContainEqual([
      'renderer/state/connect.ts',
      'renderer/state/staff.ts',
    ]);
  });

  it('would have one over the page that joins the rooms', () => {
    const circles = circlesIn(
      withFile('renderer/state/staff.ts', "import { Desk } from '../back-office/back-office.tsx';"),
    );
    expect(circles.find((circle) => circle.includes('renderer/state/staff.ts'))).toContain(
      'renderer/back-office/back-office.tsx',
    );
  });
});

describe('circles', () => {
  it('are told apart, and who only leads into one is in none', () => {
    const files = {
      'a/a.ts': ['../b.ts'],
      'b.ts': ['./a/a.ts'],
      'c.ts': ['./b.ts', './d.ts'],
      'd.ts': ['./d.ts'],
      'e.ts': ['zod', './gone.ts'],
    };
    const sources = new Map(
      Object.entries(files).map(([file, targets]) => [file, targets.map((target) => `import '${target}';`).join('\n')]),
    );
    expect(circlesIn(sources)).toEqual([['a/a.ts', 'b.ts'], ['d.ts']]);
  });
});

describe('the arrows of build/layers.ts', () => {
  const isIn = (path: string, { files }: Layer): boolean =>
    files.some((glob) => matchesGlob(path, glob) || matchesGlob(`${path}/any.ts`, glob) || glob.startsWith(`${path}/`));
  const namedBy = ([name, { mayImport }]: readonly [string, Layer]): readonly string[] =>
    Object.entries(layers).flatMap(([other, layer]) =>
      other !== name && mayImport.some((path) => isIn(path, layer)) ? [other] : [],
    );
  const arrows = new Map(Object.entries(layers).map((entry) => [entry[0], namedBy(entry)] as const));

  it('lead down only', () => {
    expect(arrows.get('renderer')).toContain('renderer/till');
    expect(arrows.get('practice')).toContain('orders/engine');
    expect(arrows.get('app/stuck')).toContain('app/core');
    expect(circlesOf(arrows)).toEqual([]);
  });

  it('would not, were the state given the back office', () => {
    const state = arrows.get('renderer/state') ?? [];
    expect(circlesOf(new Map([...arrows, ['renderer/state', [...state, 'renderer/back-office']]])).flat()).toContain(
      'renderer/back-office',
    );
  });
});
