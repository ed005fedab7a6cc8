import { useEffect, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { useSpoken } from './i18n/i18n.ts';
import { MainScreen } from './main-screen.tsx';
import { useKiosk } from './state/store.ts';

/** The whole screen in the language of the moment. */
export function App(): ReactNode {
  const { language, words } = useSpoken(useKiosk((state) => state.language));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <IntlProvider locale={language} messages={words}>
      <MainScreen />
    </IntlProvider>
  );
}
