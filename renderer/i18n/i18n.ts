/**
 * The two languages of the screen, with typed keys. The words are in shared/locales, which main and the terminal
 * command use too.
 */
import { useEffect, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import zhCN from '../../shared/locales/zh-CN.json';
import type aboutZhCN from '../../shared/locales/about.zh-CN.json';
import type courseZhCN from '../../shared/locales/course.zh-CN.json';
import type scanZhCN from '../../shared/locales/scan.zh-CN.json';
import type shiftSheetZhCN from '../../shared/locales/shift-sheet.zh-CN.json';
import type backOfficeZhCN from '../../shared/locales/back-office.zh-CN.json';
import type { Language } from '../../shared/settings.ts';

/** The Chinese files define the keys: English must have the same keys, or this does not compile. */
export type Words = TillWords &
  typeof aboutZhCN &
  typeof backOfficeZhCN &
  typeof courseZhCN &
  typeof scanZhCN &
  typeof shiftSheetZhCN;
export type TillWords = typeof zhCN;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}

/** The language of the screen, and its words. */
export interface Spoken {
  readonly language: Language;
  readonly words: TillWords;
}

/** Most terminals use Chinese, and so does every screen before main has named the language. */
const CHINESE: Spoken = { language: 'zh-CN', words: zhCN };

/**
 * The till's words of a language. The back office's words load with it (renderer/back-office/words.ts). English is
 * fetched when it is first wanted.
 */
async function spoken(language: Language): Promise<Spoken> {
  return language === 'zh-CN' ? CHINESE : { language, words: (await import('../../shared/locales/en.json')).default };
}

/** The words of `language`; until they are loaded, the words used before. */
export function useSpoken(language: Language): Spoken {
  const [now, setNow] = useState(CHINESE);
  useEffect(() => {
    let wanted = true;
    spoken(language).then(
      (next) => {
        if (wanted) setNow(next);
      },
      (error: unknown) => console.error(`no words for ${language}`, error),
    );
    return () => {
      wanted = false;
    };
  }, [language]);
  return now;
}

/**
 * Looks up words by their full key. Each key is written out in full somewhere, so that searching for it finds the code
 * that uses its words. Where a code chooses among words, it does so by a table of their keys (code-keys.ts).
 */
export const useT = (): Translate => useTranslations();
export type Translate = ReturnType<typeof useTranslations<never>>;
/** The language that the words around this place are in. */
export const useLanguage = (): Language => useLocale();

export type MessageKey = Parameters<Translate>[0];

/**
 * A table with the key of each code's words: `{ cancel: 'action.cancel', … }` of the section `action`. It does not
 * compile with a code that has no row or no words, or has another code's words in its row.
 */
export type KeysOf<Section extends string, Code extends string> = {
  readonly [Each in Code]: `${Section}.${Each}` & MessageKey;
};

/**
 * A table of such tables, where each code has words for several things: `{ expired: { title: 'cause.expired.title', …
 * }, … }`.
 */
export type PartKeysOf<Section extends string, Code extends string, Part extends string> = {
  readonly [Each in Code]: KeysOf<`${Section}.${Each}`, Part>;
};

/** Whether a table of keys has a row for a code that came as plain text. */
export const hasWords = <Table extends object>(table: Table, code: string): code is keyof Table & string =>
  Object.hasOwn(table, code);
