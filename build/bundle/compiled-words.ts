import { readFileSync } from 'node:fs';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

const LOCALE = /[\\/]shared[\\/]locales[\\/][^\\/]+\.json$/;

/** The words of a locale's file: texts, or sections of them. */
interface Section {
  readonly [key: string]: string | Section;
}

/** Filled in by shared/self-test/self-test-words.ts, on the screen as in the terminal: they stay texts. */
const STAYS_TEXT = /^selfTest\.(?:found|remedy|figure)\./;

/** The same file with every message as its parts, which a page puts together without a parser. */
export const compiledWords = (text: string): string => JSON.stringify(compiled(JSON.parse(text) as Section));

/** As icu-minify makes it of a text. */
type Message = ReturnType<typeof compile>;
interface Compiled {
  [key: string]: Message | Compiled;
}

function compiled(section: Section, path = ''): Compiled {
  const made: Compiled = {};
  for (const [key, value] of Object.entries(section)) {
    const at = `${path}${key}`;
    made[key] = typeof value === 'object' ? compiled(value, `${at}.`) : STAYS_TEXT.test(at) ? value : compile(value);
  }
  return made;
}

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
