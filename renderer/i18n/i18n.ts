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

/** Looks words up by their full key, so that a key can be found by searching for it. */
export const useT = (): Translate => useTranslations();
export type Translate = ReturnType<typeof useTranslations<never>>;

/** The sections that are looked up by codes which come over the wire as plain text. */
const codeSections = {
  cause: zhCN.cause,
  errCode: zhCN.errCode,
  field: zhCN.field,
  noAnswer: zhCN.noAnswer,
  problem: zhCN.problem,
  refusal: zhCN.refusal,
  'start.part': zhCN.start.part,
  'start.reason': zhCN.start.reason,
  tradeState: zhCN.tradeState,
};
type CodeSections = typeof codeSections;

/** Whether `section` has words for a code. */
export function hasWords<Section extends keyof CodeSections>(
  section: Section,
  code: string,
): code is keyof CodeSections[Section] & string {
  return Object.hasOwn(codeSections[section], code);
}
