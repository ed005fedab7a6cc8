/** The two languages of the screen, with typed keys. The words are in shared/locales, for main and the terminal as well. */
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import zhCN from '../../shared/locales/zh-CN.json';
import type aboutZhCN from '../../shared/locales/about.zh-CN.json';
import type courseZhCN from '../../shared/locales/course.zh-CN.json';
import type deskZhCN from '../../shared/locales/desk.zh-CN.json';
import type { Language } from '../../shared/settings.ts';

/** The Chinese files are the measure: English must have the same keys, or this does not compile. */
export type Words = TillWords & typeof aboutZhCN & typeof deskZhCN & typeof courseZhCN;
export type TillWords = typeof zhCN;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}

/** In which language the screen is, and its words. */
export interface Spoken {
  readonly language: Language;
  readonly words: TillWords;
}

/** Chinese is what a terminal most often speaks, and any screen before main has said which. */
const CHINESE: Spoken = { language: 'zh-CN', words: zhCN };

/** The till's words of a language; those of the back office come with it (renderer/back-office/words.ts). English is fetched once it is wanted. */
async function spoken(language: Language): Promise<Spoken> {
  return language === 'zh-CN' ? CHINESE : { language, words: (await import('../../shared/locales/en.json')).default };
}

/** The words of `language`; until they are there, what was spoken before. */
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
 * Looks words up by their full key. Each key is written out somewhere, so that searching for it finds the code that says its
 * words; where a code chooses among them, it does so by a table of their keys (code-keys.ts).
 */
export const useT = (): Translate => useTranslations();
export type Translate = ReturnType<typeof useTranslations<never>>;
export type MessageKey = Parameters<Translate>[0];

/**
 * A table with the key of each code's words: `{ cancel: 'action.cancel', … }` of the section `action`. It does not compile with
 * a code that has no row or no words, nor with another code's words in its row.
 */
export type KeysOf<Section extends string, Code extends string> = {
  readonly [Each in Code]: `${Section}.${Each}` & MessageKey;
};

/** A table of such tables, where each code has words for several things: `{ expired: { title: 'cause.expired.title', … }, … }`. */
export type PartKeysOf<Section extends string, Code extends string, Part extends string> = {
  readonly [Each in Code]: KeysOf<`${Section}.${Each}`, Part>;
};

/** Whether a table of keys has one for a code that came as plain text. */
export const hasWords = <Table extends object>(table: Table, code: string): code is keyof Table & string =>
  Object.hasOwn(table, code);
