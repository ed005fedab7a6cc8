import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { Language } from '../../shared/settings.ts';
import type { TillWords } from './i18n.ts';
import { useKiosk } from '../state/store.ts';

export interface MoreWordsProps {
  /** All words of each language: the till's, and those loaded later. */
  readonly words: Readonly<Record<Language, TillWords>>;
  readonly children: ReactNode;
}

/** Gives its children more words than the till has from the start. */
export function MoreWords({ words, children }: MoreWordsProps): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={words[language]}>
      {children}
    </IntlProvider>
  );
}
