import { readFileSync } from 'node:fs';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

const LOCALE = /[\\/]shared[\\/]locales[\\/][^\\/]+\.json$/;

/** The words of a locale's file: texts, or sections of them. */
interface Section {
  readonly [key: string]: string | Section;
}

/** The same file with every message as its parts, which a page puts together without a parser. */
export const compiledWords = (text: string): string =>
  JSON.stringify(JSON.parse(text), (_key, value: string | Section) =>
    typeof value === 'string' ? compile(value) : value,
  );

/**
 * The pages get their words parsed already. The parser would take a tenth of the scripts before the first paint, and
 * parse each text anew in each page.
 */
export const wordsPlugin = (): Plugin => ({
  name: 'compiled-words',
  enforce: 'pre',
  config: () => ({
    resolve: { alias: [{ find: /^use-intl\/format-message$/, replacement: 'use-intl/format-message/format-only' }] },
  }),
  load: (id) => (LOCALE.test(id) ? compiledWords(readFileSync(id, 'utf8')) : null),
});
