import type { ReactNode } from 'react';
import zhCN from '../../../shared/locales/zh-CN.json';
import en from '../../../shared/locales/en.json';
import aboutZhCN from '../../../shared/locales/about.zh-CN.json';
import aboutEn from '../../../shared/locales/about.en.json';
import type { Language } from '../../../shared/settings.ts';
import type { TillWords } from '../../i18n/i18n.ts';
import { MoreWords } from '../../i18n/more-words.tsx';

/** All words of each language, the till's and those of what has been proved, which come with the page that says it. */
const aboutWordsOf: Readonly<Record<Language, TillWords & typeof aboutZhCN>> = {
  'zh-CN': { ...zhCN, ...aboutZhCN },
  en: { ...en, ...aboutEn },
};

/** Gives what it holds the words of the proof beside the till's. */
export const AboutWords = ({ children }: { readonly children: ReactNode }): ReactNode => <MoreWords words={aboutWordsOf}>{children}</MoreWords>;
