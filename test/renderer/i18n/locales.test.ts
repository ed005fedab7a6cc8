import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import { advisedWords } from '../../../renderer/i18n/code-words.ts';
import { knownErrCodes } from '../../../electron/wechat/error-codes.ts';
import { isPlainRecord, keysOf } from '../../support/locale-keys.ts';
import { commands, events } from '../../../shared/contract/all.ts';
import { pickedFileSchema } from '../../../shared/contract/setup.ts';
import { customerViewSchema } from '../../../shared/contract/customer.ts';
import aboutEn from '../../../shared/locales/about.en.json';
import aboutZh from '../../../shared/locales/about.zh-CN.json';
import courseEn from '../../../shared/locales/course.en.json';
import courseZh from '../../../shared/locales/course.zh-CN.json';
import customerEn from '../../../shared/locales/customer.en.json';
import customerZh from '../../../shared/locales/customer.zh-CN.json';
import scanEn from '../../../shared/locales/scan.en.json';
import scanZh from '../../../shared/locales/scan.zh-CN.json';
import shiftSheetEn from '../../../shared/locales/shift-sheet.en.json';
import shiftSheetZh from '../../../shared/locales/shift-sheet.zh-CN.json';
import backOfficeEn from '../../../shared/locales/back-office.en.json';
import backOfficeZh from '../../../shared/locales/back-office.zh-CN.json';
import tillEn from '../../../shared/locales/en.json';
import tillZh from '../../../shared/locales/zh-CN.json';
import { figureSchemas } from '../../../shared/proof.ts';

/** The arguments that are numbers; all others are words. */
const NUMBERS = [
  'count',
  'width',
  'height',
  'now',
  'of',
  'line',
  'ms',
  'seconds',
  'minutes',
  ...Object.values(figureSchemas).flatMap(({ shape }) => Object.keys(shape)),
];

/** The till's words, the about page's, the back office's, the course's, the customer's and the shift sheet's together. */
const zh = { ...tillZh, ...aboutZh, ...backOfficeZh, ...courseZh, ...customerZh, ...scanZh, ...shiftSheetZh };
const en = { ...tillEn, ...aboutEn, ...backOfficeEn, ...courseEn, ...customerEn, ...scanEn, ...shiftSheetEn };

const ROOT = join(import.meta.dirname, '../../..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

/** A word that occurs only in a comment is not used on the screen. */
const renderer = sources('renderer').map((source) => source.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, ''));
const zhKeys = keysOf(zh);

/** Quoted texts in the screen's sources that are keys, or look like keys. */
const quoted = new Set(
  renderer.flatMap((source) => [...source.matchAll(/'([A-Za-z]+(?:\.[\w-]+)+)'/g)].map((match) => match[1] ?? '')),
);

/**
 * Words that no translator looks up by key: some code takes the whole section out of the locale and finds words there
 * by its own codes. The compiler checks these codes against the words. The section's name finds that place.
 */
const takenWhole: readonly (readonly [section: string, by: string])[] = [
  // Used by main, for the system's dialog.
  ['filePicker', 'electron/shell/file-picker.ts'],
  // Both languages are shown at once.
  ['customer', 'renderer/customer/customer-page.tsx'],
  // On the screen, on paper and in the terminal command.
  ['selfTest.found', 'shared/self-test/self-test-words.ts'],
  ['selfTest.remedy', 'shared/self-test/self-test-words.ts'],
  ['selfTest.figure', 'shared/self-test/self-test-words.ts'],
];
const isTakenWhole = (key: string): boolean => takenWhole.some(([section]) => key.startsWith(`${section}.`));

/**
 * Sections whose keys are codes that no table of keys compares with the contract: each has words for all of its codes,
 * and for nothing else.
 */
const sections: readonly (readonly [section: string, words: object, codes: readonly string[]])[] = [
  // The dark state of the display has no words.
  [
    'customer',
    zh.customer,
    [
      'practice',
      ...customerViewSchema.options.flatMap(({ shape }) => [...shape.name.values]).filter((name) => name !== 'off'),
    ],
  ],
  [
    'problem',
    zh.problem,
    ['missing', 'too-long', 'bad-characters', 'not-a-number', 'fraction-of-fen', 'not-positive', 'too-large'],
  ],
  ['filePicker', zh.filePicker, [...pickedFileSchema.options, 'all']],
];

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

describe('the words', () => {
  test('of the about page, the back office and the course hide none of the others’', () => {
    const sectionNames = [tillZh, aboutZh, backOfficeZh, courseZh, customerZh, scanZh, shiftSheetZh].flatMap((words) =>
      Object.keys(words),
    );
    expect(sectionNames.filter((name, index) => sectionNames.indexOf(name) !== index)).toEqual([]);
  });

  test('stand in files that this test reads: each language has the same ones', () => {
    const files = readdirSync(join(ROOT, 'shared/locales')).sort();
    expect(files).toEqual([
      'about.en.json',
      'about.zh-CN.json',
      'back-office.en.json',
      'back-office.zh-CN.json',
      'course.en.json',
      'course.zh-CN.json',
      'customer.en.json',
      'customer.zh-CN.json',
      'en.json',
      'scan.en.json',
      'scan.zh-CN.json',
      'shift-sheet.en.json',
      'shift-sheet.zh-CN.json',
      'zh-CN.json',
    ]);
  });

  test('stand nowhere but there: no Chinese in the screen’s sources, apart from what is no sentence', () => {
    const texts = renderer.flatMap((source) => source.match(/[\p{Script=Han}]+/gu) ?? []);
    expect(texts.filter((text) => !notSentences.includes(text))).toEqual([]);
  });

  test('count in English by its plural, wherever a word stands behind a count that may be one', () => {
    const counted = zhKeys.filter((key) =>
      /\{(?!\w*(?:Ms|ms)\b)\w+\} (?!has\b|was\b|knows\b|does\b|is\b|characters that\b)[a-z]{3,}s\b/.test(
        wordAt(en, key),
      ),
    );
    expect(counted).toEqual([]);
  });

  test('have the same keys in both languages', () => {
    expect(keysOf(en)).toEqual(zhKeys);
  });

  test('take the same arguments in both languages', () => {
    const names = (text: string): string[] => sorted([...argumentsIn(text)]);
    const differing = zhKeys.filter((key) => String(names(wordAt(zh, key))) !== String(names(wordAt(en, key))));
    expect(differing).toEqual([]);
  });

  test('are all well-formed messages', () => {
    const words = [
      ...argumentsOf(zh.selfTest),
      ...argumentsOf(zh.stuck),
      ...argumentsOf(zh.updates),
      'reason',
      'answer',
      'todo',
      'time',
      'tail',
      'state',
      'field',
      'part',
      'whole',
      'headline',
      'verdict',
      'commit',
      'date',
      'electron',
      'chromium',
      'level',
      'max',
      'file',
      'day',
      'sum',
      'seq',
      'fromDay',
      'toDay',
      'role',
      'who',
      'number',
      'fact',
      'reader',
      'advice',
      'amount',
      'user',
      'address',
      'id',
      'name',
      'names',
      'what',
      'port',
      'usb',
      'found',
      'why',
    ];
    const values = Object.fromEntries<string | number>([
      ...words.map((name) => [name, 'x'] as const),
      ...NUMBERS.map((name) => [name, 2] as const),
    ]);
    const onError = (error: Error): never => {
      throw error;
    };
    for (const [locale, messages] of [
      ['zh-CN', zh],
      ['en', en],
    ] as const) {
      const t = createTranslator({ locale, messages, onError });
      // The translator is typed by literal keys; here the keys come from the file itself.
      for (const key of zhKeys) expect(Reflect.apply(t, undefined, [key, values]), key).not.toBe('');
    }
  });

  test.each(sections)('of %s cover the contract, and nothing else', (_, words, codes) => {
    expect(sorted(Object.keys(words))).toEqual(sorted(codes));
  });

  test('of every err_code say what it means, and beside it what comes next, and never the code alone', () => {
    const cashier = { role: 'cashier', aged: false } as const;
    const tZh = createTranslator({ locale: 'zh-CN', messages: tillZh });
    const tEn = createTranslator({ locale: 'en', messages: tillEn });
    for (const code of [...knownErrCodes(), 'never-sent', 'other']) {
      expect(wordAt(zh, `errCode.${code}`), code).toMatch(/^\p{Script=Han}[^_]{2,}/u);
      expect(wordAt(en, `errCode.${code}`), code).toMatch(/^[^_;]{8,}/);
      expect(advisedWords(tZh, code, cashier, true), code).toMatch(/^\p{Script=Han}[^_]+，.{4,}/u);
      expect(advisedWords(tEn, code, cashier, true), code).toMatch(/^[^_;]{8,}; .{6,}/);
    }
  });

  test('are found by searching for their keys: each is written out where its words are used, and none is there that nothing uses', () => {
    expect(zhKeys.filter((key) => !quoted.has(key) && !isTakenWhole(key))).toEqual([]);
  });

  test('are found by the name of their section where they are taken as a whole', () => {
    for (const [section, by] of takenWhole) {
      expect(readFileSync(join(ROOT, by), 'utf8'), by).toContain(section);
      expect(
        zhKeys.filter((key) => key.startsWith(`${section}.`) && quoted.has(key)),
        section,
      ).toEqual([]);
    }
  });

  test('are asked for by no key that is put together', () => {
    const begun = renderer.flatMap((source) =>
      [...source.matchAll(/`([A-Za-z]+\.[\w.-]*)\$\{/g)].map((match) => match[1] ?? ''),
    );
    expect(begun.filter((start) => zhKeys.some((key) => key.startsWith(start)))).toEqual([]);
    expect(renderer.flatMap((source) => source.match(/\bt(?:\.\w+)?\(\s*(?:`|'[^']*'\s*\+)/g) ?? [])).toEqual([]);
  });

  test('exist for every key that is written out', () => {
    // Names of commands, events and the page's own storage (paper-choice.ts) have the same shape as keys.
    const names: readonly string[] = [...Object.keys(commands), ...Object.keys(events), 'kiosk.paper'];
    const meant = [...quoted].filter(
      (text) => Object.keys(zh).includes(text.split('.')[0] ?? '') && !names.includes(text),
    );
    expect(
      meant.filter((key) => !zhKeys.includes(key) && !zhKeys.some((known) => known.startsWith(`${key}.`))),
    ).toEqual([]);
  });

  test('on buttons are twelve characters at most in Chinese', () => {
    const buttons = [...Object.values(zh.action), zh.stage.take, zh.stage.stop, zh.number.open, zh.number.submit];
    expect(buttons.filter((label) => label.length > 12)).toEqual([]);
  });
});

/**
 * The language's own name, which is the same in both languages, and the characters that the self-test looks for in the
 * font.
 */
const notSentences = ['中', '中文', '付', '款', '撤', '销'];

/** The arguments of all texts in a section. */
const argumentsOf = (section: object): string[] =>
  [...JSON.stringify(section).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

function wordAt(words: object, key: string): string {
  const found = key.split('.').reduce<unknown>((part, name) => (isPlainRecord(part) ? part[name] : undefined), words);
  if (typeof found !== 'string') throw new Error(`no words at ${key}`);
  return found;
}

/** The arguments of a message; the words of its branches (`other {# rows}`) are none, but they may hold some. */
const argumentsIn = (message: string): ReadonlySet<string> =>
  new Set(
    bracesOf(message).flatMap((inside) => {
      const [name = '', kind] = inside.split(',', 2).map((part) => part.trim());
      return [name, ...(kind === undefined ? [] : bracesOf(inside).flatMap((branch) => [...argumentsIn(branch)]))];
    }),
  );

/** What stands between each outermost pair of braces. */
function bracesOf(text: string): string[] {
  const found: string[] = [];
  let [depth, from] = [0, 0];
  Array.from(text).forEach((sign, at, signs) => {
    if (sign === '{' && (depth += 1) === 1) from = at + 1;
    if (sign === '}' && (depth -= 1) === 0) found.push(signs.slice(from, at).join(''));
  });
  return found;
}
