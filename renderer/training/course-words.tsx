import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { useKiosk } from '../store.ts';
import { courseWordsOf } from './words.ts';

/** Gives what it holds the words of the practice beside the till's. */
export function CourseWords({ children }: { readonly children: ReactNode }): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={courseWordsOf[language]}>
      {children}
    </IntlProvider>
  );
}
