/** The words that pages get are those of the files: put together, each says what the parser makes of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import formatCompiled from 'use-intl/format-message/format-only';
import formatParsed from 'use-intl/format-message';
import { describe, expect, test } from 'vitest';
import { compiledWords } from '../../../build/bundle/compiled-words.ts';
import { root } from '../../../build/run.ts';
import { finding } from '../../../shared/self-test/self-test.ts';
import { foundWords, remedyWords, type SelfTestWords } from '../../../shared/self-test/self-test-words.ts';

const FOLDER = join(root, 'shared/locales');
/** What is handed in: counts of every plural form, and each word of a choice. */
const VALUES = [0, 1, 2, 12_345, 'cashier', 'manager', 'technician'] as const;

/** The self-test puts its words together itself, also where there is no page. */
const OWN_WORDS = /^selfTest\.(?:found|remedy|figure)\./;

type Compiled = Parameters<typeof formatCompiled>[1];
interface Section<Text> {
  readonly [key: string]: Text | Section<Text>;
}

/** Each text of the file with its key. */
function textsOf<Text>(
  section: Section<Text>,
  isText: (value: Text | Section<Text>) => value is Text,
  prefix = '',
): (readonly [key: string, text: Text])[] {
  return Object.entries(section).flatMap(([key, value]) =>
    isText(value) ? [[`${prefix}${key}`, value] as const] : textsOf(value, isText, `${prefix}${key}.`),
  );
}

const isString = (value: string | Section<string>): value is string => typeof value === 'string';
const isCompiled = (value: Compiled | Section<Compiled>): value is Compiled =>
  typeof value === 'string' || Array.isArray(value);

const optionsOf = (locale: string): Parameters<typeof formatCompiled>[3] => ({
  locale,
  cache: { dateTime: {}, number: {}, message: {}, relativeTime: {}, pluralRules: {}, list: {}, displayNames: {} },
  formatters: {
    getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
    getNumberFormat: (...given) => new Intl.NumberFormat(...given),
    getPluralRules: (...given) => new Intl.PluralRules(...given),
    getRelativeTimeFormat: (...given) => new Intl.RelativeTimeFormat(...given),
    getListFormat: (...given) => new Intl.ListFormat(...given),
    getDisplayNames: (...given) => new Intl.DisplayNames(...given),
  },
});

describe('the words of a page say what the parser makes of', () => {
  test.each(readdirSync(FOLDER))('%s', (file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    const locale = file.includes('zh-CN') ? 'zh-CN' : 'en';
    const parsed = textsOf<string>(JSON.parse(text) as Section<string>, isString).filter(
      ([key]) => !OWN_WORDS.test(key),
    );
    const compiled = new Map(
      textsOf<Compiled>(JSON.parse(compiledWords(text)) as Section<Compiled>, isCompiled).filter(
        ([key]) => !OWN_WORDS.test(key),
      ),
    );
    expect(parsed.length).toBeGreaterThan(0);
    expect([...compiled.keys()]).toEqual(parsed.map(([key]) => key));
    const compiledOf = (key: string): Compiled => compiled.get(key) ?? '';
    const wrong = parsed.flatMap(([key, message]) =>
      VALUES.filter((value) => {
        const names = Array.from(message.matchAll(/\{\s*(\w+)/g), ([, name = '']) => [name, value] as const);
        const values = Object.fromEntries(names);
        const said = formatCompiled(key, compiledOf(key), values, optionsOf(locale));
        return said !== formatParsed(key, message, values, optionsOf(locale));
      }).map((value) => `${key} with ${String(value)}`),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(['zh-CN', 'en'])('the self-test’s lines have their figures in a page (%s)', (language) => {
  const text = readFileSync(join(FOLDER, `back-office.${language}.json`), 'utf8');
  const { selfTest } = JSON.parse(compiledWords(text)) as { readonly selfTest: SelfTestWords };
  const line = finding('certificate', 'in-force', { days: 212, until: '2027-06-30' });
  expect(foundWords(selfTest, line)).toContain('2027-06-30');
  expect(remedyWords(selfTest, finding('certificate', 'expired', { until: '2026-01-01' }))).toMatch(/\S{4}/);
});
