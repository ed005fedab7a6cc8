import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import zhCN from '../shared/locales/zh-CN.json';
import en from '../shared/locales/en.json';
import aboutZhCN from '../shared/locales/about.zh-CN.json';
import aboutEn from '../shared/locales/about.en.json';
import type { Language } from '../shared/settings.ts';
import type { TillWords } from './i18n.ts';
import { useKiosk } from './store.ts';

/** All words of each language, the till's and those of what has been proved, which come with the page that says it. */
const aboutWordsOf: Readonly<Record<Language, TillWords & typeof aboutZhCN>> = {
  'zh-CN': { ...zhCN, ...aboutZhCN },
  en: { ...en, ...aboutEn },
};

/** Gives what it holds the words of the proof beside the till's. */
export function AboutWords({ children }: { readonly children: ReactNode }): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={aboutWordsOf[language]}>
      {children}
    </IntlProvider>
  );
}
