import { Suspense, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { closeDesk, openDesk } from '../acts.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useStaff } from '../staff.ts';
import { useKiosk } from '../store.ts';
import { tabsFor, type DeskTab } from './tabs.tsx';
import { deskWordsOf } from './words.ts';
import './desk.css';

/** What managers and technicians work at. It takes the till's place and the tray's; the head of the screen stays. */
export function Desk(): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={deskWordsOf[language]}>
      <DeskPage />
    </IntlProvider>
  );
}

function DeskPage(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  const chosen = useKiosk((state) => state.desk);
  const problem = useKiosk((state) => state.problem);
  const tabs = tabsFor(role);
  const shown = tabs.find(({ id }) => id === chosen) ?? tabs[0];
  return (
    <main className="desk" data-testid="desk">
      <nav className="desk__tabs" aria-label={t('desk.title')}>
        {tabs.map((tab) => (
          <TabButton key={tab.id} tab={tab} current={tab === shown} />
        ))}
        <Button label={t('desk.backToTill')} hint="Esc" testId="desk-close" onPress={closeDesk} />
      </nav>
      <section className="desk__page" aria-label={shown === undefined ? undefined : t(shown.title)} data-testid={`desk-${shown?.id ?? 'empty'}`}>
        {problem?.place === 'desk' && <ProblemNote code={problem.code} field={problem.field} testId="desk-error" />}
        <Suspense>{shown !== undefined && <shown.Page />}</Suspense>
      </section>
    </main>
  );
}

function TabButton({ tab, current }: { readonly tab: DeskTab; readonly current: boolean }): ReactNode {
  const t = useT();
  return (
    <button type="button" className="desk__tab" aria-current={current ? 'page' : undefined} data-testid={`tab-${tab.id}`} onClick={() => openDesk(tab.id)}>
      {t(tab.title)}
    </button>
  );
}
