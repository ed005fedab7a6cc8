/**
 * The fonts that tests draw with, whatever else is installed: a fontconfig file for the tests names them and fixes how
 * glyphs are drawn. On Windows and macOS Chromium uses no fontconfig, and the tests use the machine's fonts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A Debian package that brings some of them. */
export type FontPackage = 'fonts-noto-cjk' | 'fonts-dejavu-core';

interface TestFamily {
  readonly name: string;
  /** The names that it serves: generic families, and the names that Chromium asks for in their place. */
  readonly standsFor: readonly string[];
  readonly debianPackage: FontPackage;
}

/** In the order of preference for text without a given family, and for characters that the given family lacks. */
export const TEST_FAMILIES: readonly [TestFamily, ...TestFamily[]] = [
  { name: 'Noto Sans CJK SC', standsFor: ['sans-serif', 'system-ui', 'Arial'], debianPackage: 'fonts-noto-cjk' },
  { name: 'DejaVu Sans', standsFor: [], debianPackage: 'fonts-dejavu-core' },
  { name: 'Noto Serif CJK SC', standsFor: ['serif', 'Times New Roman'], debianPackage: 'fonts-noto-cjk' },
  { name: 'DejaVu Sans Mono', standsFor: ['monospace'], debianPackage: 'fonts-dejavu-core' },
  { name: 'Noto Sans Mono CJK SC', standsFor: [], debianPackage: 'fonts-noto-cjk' },
];

/** Regular and bold, in fontconfig's numbers. More weights of a family may be installed; no test draws with them. */
export const TEST_WEIGHTS = [80, 200] as const;
/** Neither italic nor condensed, in fontconfig's numbers. */
const UPRIGHT = 0;
const NORMAL_WIDTH = 100;

/** A face of a font file, by all its names. */
export interface InstalledFace {
  readonly file: string;
  readonly families: readonly string[];
  readonly weight: number;
  readonly slant: number;
  readonly width: number;
}

/** The faces that the machine's own fontconfig lists; none if it cannot be asked. */
function installedFaces(): readonly InstalledFace[] {
  const { stdout, error } = spawnSync('fc-list', ['--format', '%{file}\t%{family}\t%{weight}\t%{slant}\t%{width}\n'], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  if (error !== undefined) return [];
  return stdout.split('\n').flatMap((line) => {
    const [file, families, weight, slant, width] = line.split('\t');
    return file === undefined || families === undefined
      ? []
      : [{ file, families: families.split(','), weight: Number(weight), slant: Number(slant), width: Number(width) }];
  });
}

const fileOf = (faces: readonly InstalledFace[], family: string, wanted: number): string | undefined =>
  faces.find(
    ({ families, weight, slant, width }) =>
      families.includes(family) && weight === wanted && slant === UPRIGHT && width === NORMAL_WIDTH,
  )?.file;

/** The packages with a face that is not installed; none outside Linux. */
export const missingFontPackages = (): readonly FontPackage[] =>
  process.platform === 'linux' ? missingFrom(installedFaces()) : [];

/** The packages with a face that is not among these. */
export function missingFrom(faces: readonly InstalledFace[]): readonly FontPackage[] {
  const without = TEST_FAMILIES.filter(({ name }) =>
    TEST_WEIGHTS.some((weight) => fileOf(faces, name, weight) === undefined),
  );
  return [...new Set(without.map(({ debianPackage }) => debianPackage))];
}

/** In words, for people on another system than Debian: what a package must contain. */
export const fontsOf = (wanted: FontPackage): string =>
  `${TEST_FAMILIES.filter(({ debianPackage }) => debianPackage === wanted)
    .map(({ name }) => name)
    .join(', ')}, regular and bold`;

/**
 * Writes a fontconfig file into `folder`, with its cache beside it, and returns its path. Throws if a font is missing,
 * and says how to install it.
 */
export function writeFontConfig(folder: string): string {
  const faces = installedFaces();
  const missing = missingFrom(faces);
  if (missing.length > 0) {
    throw new Error(
      `tests draw with ${missing.map(fontsOf).join('; ')}, and not all of these fonts are installed (Debian: sudo apt-get install ${missing.join(' ')})`,
    );
  }
  const files = TEST_FAMILIES.flatMap(({ name }) =>
    TEST_WEIGHTS.flatMap((weight) => fileOf(faces, name, weight) ?? []),
  );
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'fonts.conf');
  // Another process may be reading the file.
  const written = `${file}.${String(process.pid)}`;
  writeFileSync(written, fontConfig([...new Set(files.map((font) => dirname(font)))], join(folder, 'cache')));
  renameSync(written, file);
  return file;
}

function fontConfig(folders: readonly string[], cache: string): string {
  const number = (name: string, value: number): string => `<patelt name="${name}"><int>${String(value)}</int></patelt>`;
  const face = (family: string, weight: number): string =>
    `<pattern><patelt name="family">${string(family)}</patelt>${number('weight', weight)}${number('slant', UPRIGHT)}${number('width', NORMAL_WIDTH)}</pattern>`;
  const standIn = (asked: string, name: string): string =>
    `<match target="pattern"><test name="family">${string(asked)}</test><edit name="family" mode="assign" binding="strong">${string(name)}</edit></match>`;
  const set = (name: string, value: string): string => `<edit name="${name}" mode="assign">${value}</edit>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
${folders.map((folder) => `<dir>${text(folder)}</dir>`).join('\n')}
<cachedir>${text(cache)}</cachedir>
<selectfont>
<rejectfont><pattern/></rejectfont>
<acceptfont>
${TEST_FAMILIES.flatMap(({ name }) => TEST_WEIGHTS.map((weight) => face(name, weight))).join('\n')}
</acceptfont>
</selectfont>
${TEST_FAMILIES.flatMap(({ name, standsFor }) => standsFor.map((asked) => standIn(asked, name))).join('\n')}
<match target="pattern"><edit name="family" mode="append_last" binding="weak">${TEST_FAMILIES.map(({ name }) => string(name)).join('')}</edit></match>
<match target="pattern">
${[
  set('antialias', '<bool>true</bool>'),
  set('hinting', '<bool>true</bool>'),
  set('hintstyle', '<const>hintslight</const>'),
  set('autohint', '<bool>false</bool>'),
  set('rgba', '<const>none</const>'),
].join('\n')}
</match>
</fontconfig>
`;
}

const string = (value: string): string => `<string>${text(value)}</string>`;
const text = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const OWN = join(import.meta.dirname, '../../node_modules/.cache/test-fonts');

let config: string | null = null;

/**
 * The environment of a Chromium or Electron that a test starts: with the file that `npm test` has written, otherwise
 * with one written now.
 */
export function fontEnvironment(): Readonly<Record<string, string>> {
  if (process.platform !== 'linux') return {};
  config ??= process.env['FACEPAY_FONTS'] ?? writeFontConfig(OWN);
  return { FONTCONFIG_FILE: config };
}
