/** The words of the back office. They load with the back office, not with the till. */
import zhCN from '../../shared/locales/zh-CN.json';
import en from '../../shared/locales/en.json';
import deskZhCN from '../../shared/locales/desk.zh-CN.json';
import deskEn from '../../shared/locales/desk.en.json';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from '../i18n/i18n.ts';

/** All words of each language, the till's and the back office's. */
export const deskWordsOf: Readonly<Record<Language, TillWords & typeof deskZhCN>> = {
  'zh-CN': { ...zhCN, ...deskZhCN },
  en: { ...en, ...deskEn },
};
