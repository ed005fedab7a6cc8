/** The words of the course, which come with it and not with the till. */
import zhCN from '../../shared/locales/zh-CN.json';
import en from '../../shared/locales/en.json';
import courseZhCN from '../../shared/locales/course.zh-CN.json';
import courseEn from '../../shared/locales/course.en.json';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from '../i18n/i18n.ts';

/** All words of each language, the till's and the course's. */
export const courseWordsOf: Readonly<Record<Language, TillWords & typeof courseZhCN>> = {
  'zh-CN': { ...zhCN, ...courseZhCN },
  en: { ...en, ...courseEn },
};
