/** The words about scans and payment codes. They load with what shows them, not with the till. */
import type { ReactNode } from 'react';
import en from '../../shared/locales/en.json';
import scanEn from '../../shared/locales/scan.en.json';
import scanZhCN from '../../shared/locales/scan.zh-CN.json';
import zhCN from '../../shared/locales/zh-CN.json';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from './i18n.ts';
import { MoreWords } from './more-words.tsx';

const wordsOf: Readonly<Record<Language, TillWords & typeof scanZhCN>> = {
  'zh-CN': { ...zhCN, ...scanZhCN },
  en: { ...en, ...scanEn },
};

/** Adds these words to the till's for its children. */
export const ScanWords = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <MoreWords words={wordsOf}>{children}</MoreWords>
);
