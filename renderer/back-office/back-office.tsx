import { useMemo, type ComponentType, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { SNAPSHOT_ATTENTION_MAX } from '../../shared/ipc.ts';
import { closeBackOffice, openBackOffice, viewOrder } from '../state/actions.ts';
import { trayOrders } from '../state/held-order.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { FaultBoundary } from '../components/fault-boundary.tsx';
import { Icon } from '../components/icon.tsx';
import { KeyboardDock } from '../components/keys/keyboard-dock.tsx';
import { lazy } from '../components/lazy.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useStaff } from '../state/staff.ts';
import { SETUP, tabsFor, type BackOfficeTab } from '../state/back-office-tabs.ts';
import { useKiosk, waitsForSomebody } from '../state/store.ts';
import { backOfficeWordsOf } from './words.ts';
import './back-office.css';

const BillPage = lazy(async () => (await import('./bill/bill-page.tsx')).BillPage);
const HistoryPage = lazy(async () => (await import('./history/history-page.tsx')).HistoryPage);
const OverviewPage = lazy(async () => (await import('./overview/overview-page.tsx')).OverviewPage);
const PosPage = lazy(async () => (await import('./pos/pos-page.tsx')).PosPage);
const SelfTestPage = lazy(async () => (await import('./self-test/self-test-page.tsx')).SelfTestPage);
const SetupPage = lazy(async () => (await import('./setup/setup-page.tsx')).SetupPage);
const StaffPage = lazy(async () => (await import('./staff/staff-page.tsx')).StaffPage);
const StuckPage = lazy(async () => (await import('./stuck/stuck-page.tsx')).StuckPage);
const SupportPage = lazy(async () => (await import('./support/support-page.tsx')).SupportPage);

/** What each page of the back office shows. Each is loaded when it is opened. */
const pages: Readonly<Record<BackOfficeTab['id'], ComponentType>> = {
  overview: OverviewPage,
  stuck: StuckPage,
  setup: SetupPage,
  history: HistoryPage,
  staff: StaffPage,
  bill: BillPage,
  'self-test': SelfTestPage,
  pos: PosPage,
  support: SupportPage,
};

/** What managers and technicians work at. It takes the till's place and the tray's; the head of the screen stays. */
export function BackOffice(): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={backOfficeWordsOf[language]}>
      <BackOfficeFrame />
    </IntlProvider>
  );
}

function BackOfficeFrame(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  const chosen = useKiosk((state) => state.backOfficePage);
  const problem = useKiosk((state) => state.problem);
  const tabs = tabsFor(role);
  const shown = tabs.find(({ id }) => id === chosen) ?? tabs[0] ?? (chosen === SETUP.id ? SETUP : undefined);
  return (
    <main className="back-office" data-testid="back-office">
      <nav className="back-office__tabs" aria-label={t('backOffice.title')}>
        {tabs.map((tab) => (
          <TabButton key={tab.id} tab={tab} current={tab === shown} />
        ))}
        <div className="back-office__out">
          <Waiting />
          <Button label={t('backOffice.backToTill')} hint="Esc" testId="back-office-close" onPress={closeBackOffice} />
        </div>
      </nav>
      <section
        className="back-office__page"
        aria-label={shown === undefined ? undefined : t(shown.title)}
        data-testid={`back-office-${shown?.id ?? 'empty'}`}
      >
        {problem?.place === 'back-office' && (
          <ProblemNote code={problem.code} field={problem.field} testId="back-office-error" />
        )}
        {chosen === SETUP.id && shown !== undefined && shown.id !== SETUP.id && (
          <p className="back-office__not-yours" role="status" data-tone="wait" data-testid="setup-not-yours">
            <Icon name="wrench" />
            {t('notYours.setup')}
          </p>
        )}
        {shown !== undefined && (
          <FaultBoundary key={shown.id} fallback={<p role="alert">{t('backOffice.pageFailed')}</p>}>
            <TabPage id={shown.id} />
          </FaultBoundary>
        )}
      </section>
      <KeyboardDock />
    </main>
  );
}

/** The back office hides the tray. So it shows itself how many orders need a person; one tap leads to them. */
function Waiting(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  const orders = useKiosk((state) => state.orders);
  const waiting = useMemo(() => trayOrders(orders).filter(({ view }) => waitsForSomebody(view)), [orders]);
  const [first] = waiting;
  // Main sends the screen at most this many, so there may be more.
  const words = t('stuck.waiting', {
    count: `${String(waiting.length)}${waiting.length >= SNAPSHOT_ATTENTION_MAX ? '+' : ''}`,
  });
  const hasList = tabsFor(role).some(({ id }) => id === 'stuck');
  return (
    <>
      <button
        type="button"
        className="back-office__waiting"
        data-testid="back-office-waiting"
        data-count={waiting.length}
        data-tone={waiting.length > 0 ? 'alarm' : 'clear'}
        disabled={first === undefined}
        onClick={() => (hasList ? openBackOffice('stuck') : first !== undefined && viewOrder(first.view.orderId))}
      >
        <Icon name={first === undefined ? 'circleCheck' : 'person'} />
        {words}
      </button>
      <p role="status" className="heard-only">
        {words}
      </p>
    </>
  );
}

function TabPage({ id }: Pick<BackOfficeTab, 'id'>): ReactNode {
  const Page = pages[id];
  return <Page />;
}

function TabButton({ tab, current }: { readonly tab: BackOfficeTab; readonly current: boolean }): ReactNode {
  const t = useT();
  return (
    <button
      type="button"
      className="back-office__tab"
      aria-current={current ? 'page' : undefined}
      data-testid={`tab-${tab.id}`}
      onClick={() => openBackOffice(tab.id)}
    >
      {t(tab.title)}
    </button>
  );
}
