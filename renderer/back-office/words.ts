/** The words of the back office. They load with the back office, not with the till. */
import zhCN from '../../shared/locales/zh-CN.json';
import en from '../../shared/locales/en.json';
import backOfficeZhCN from '../../shared/locales/back-office.zh-CN.json';
import backOfficeEn from '../../shared/locales/back-office.en.json';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from '../i18n/i18n.ts';

/** All words of each language, the till's and the back office's. */
export const backOfficeWordsOf: Readonly<Record<Language, TillWords & typeof backOfficeZhCN>> = {
  'zh-CN': { ...zhCN, ...backOfficeZhCN },
  en: { ...en, ...backOfficeEn },
};
