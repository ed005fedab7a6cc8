/** The two languages of the screen, with typed keys. The words are in shared/locales, for main and the terminal as well. */
import { useTranslations } from 'use-intl';
import zhCN from '../shared/locales/zh-CN.json';
import enJson from '../shared/locales/en.json';
import type courseZhCN from '../shared/locales/course.zh-CN.json';
import type deskZhCN from '../shared/locales/desk.zh-CN.json';
import type { Language } from '../shared/settings.ts';

/** The Chinese files are the measure: English must have the same keys, or this does not compile. */
export type Words = TillWords & typeof deskZhCN & typeof courseZhCN;
export type TillWords = typeof zhCN;

declare module 'use-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: Words;
  }
}

/** The till's words of each language. Those of the back office and of the course come with them (desk/words.ts, training/words.ts). */
export const wordsOf: Readonly<Record<Language, TillWords>> = { 'zh-CN': zhCN, en: enJson };

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
