/**
 * The tests' fontconfig file: what it lists, which fonts it gives for a family, and the message if a font is missing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  fontsOf,
  missingFrom,
  TEST_FAMILIES,
  TEST_WEIGHTS,
  writeFontConfig,
  type InstalledFace,
} from '../../../build/test/test-fonts.ts';

const everyFace: readonly InstalledFace[] = TEST_FAMILIES.flatMap(({ name }) =>
  TEST_WEIGHTS.map((weight) => ({
    file: `/fonts/${name}-${String(weight)}`,
    families: [name, '别名'],
    weight,
    slant: 0,
    width: 100,
  })),
);

test('no package is missing where each face is there, under whichever of its names', () => {
  expect(missingFrom(everyFace)).toEqual([]);
});

test.each(everyFace)('without $file the package that brings it is missing', (face) => {
  const family = TEST_FAMILIES.find(({ name }) => face.families.includes(name));
  expect(missingFrom(everyFace.filter((other) => other !== face))).toEqual([family?.debianPackage]);
});

test.each([{ weight: 100 }, { slant: 110 }, { width: 75 }])(
  'a face of the same family with %o stands for none of its two',
  (other) => {
    expect(missingFrom(everyFace.map((face) => ({ ...face, ...other })))).toEqual([
      'fonts-noto-cjk',
      'fonts-dejavu-core',
    ]);
  },
);

test('what a package must bring is said by family', () => {
  expect(fontsOf('fonts-dejavu-core')).toBe('DejaVu Sans, DejaVu Sans Mono, regular and bold');
});

describe.skipIf(process.platform !== 'linux')('under the tests’ fontconfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-fonts-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const asked = (program: string, args: readonly string[]): string =>
    spawnSync(program, [...args], {
      encoding: 'utf8',
      env: { ...process.env, FONTCONFIG_FILE: writeFontConfig(folder) },
    }).stdout;

  test('each face is there once, and no other', () => {
    const listed = asked('fc-list', ['--format', '%{family}: %{weight}\n']).trim().split('\n');
    expect(listed.sort()).toEqual(
      TEST_FAMILIES.flatMap(({ name }) => TEST_WEIGHTS.map((weight) => `${name}: ${String(weight)}`)).sort(),
    );
  });

  test.each(TEST_FAMILIES.flatMap(({ name, standsFor }) => standsFor.map((family) => [family, name] as const)))(
    '%s is %s',
    (family, name) => {
      expect(asked('fc-match', ['--format', '%{family}', family])).toBe(name);
    },
  );

  test.each(['', 'DejaVu Serif', 'Nobody’s Font'])('text in "%s" gets the first of them', (family) => {
    expect(asked('fc-match', ['--format', '%{family}', family])).toBe(TEST_FAMILIES[0].name);
  });

  test('glyphs are drawn in grey, hinted slightly, whatever the desktop prefers', () => {
    // In fontconfig 1 means hintslight, and 5 means rgba none.
    expect(
      asked('fc-match', ['--format', '%{antialias} %{hinting} %{hintstyle} %{autohint} %{rgba}', 'sans-serif']),
    ).toBe('True True 1 False 5');
  });
});
