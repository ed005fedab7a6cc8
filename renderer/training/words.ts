/** The words of the course, which come with it and not with the till. */
import courseZhCN from '../../shared/locales/course.zh-CN.json';
import courseEn from '../../shared/locales/course.en.json';
import type { Language } from '../../shared/settings.ts';
import { wordsOf, type TillWords } from '../i18n.ts';

/** All words of each language, the till's and the course's. */
export const courseWordsOf: Readonly<Record<Language, TillWords & typeof courseZhCN>> = {
  'zh-CN': { ...wordsOf['zh-CN'], ...courseZhCN },
  en: { ...wordsOf.en, ...courseEn },
};
