import { useEffect, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { later } from './components/later.tsx';
import { useSpoken } from './i18n/i18n.ts';
import { useStaff } from './state/staff.ts';
import { useKiosk } from './state/store.ts';
import { Announcer } from './till/announcer.tsx';
import { BareHeader, Header } from './till/header/header.tsx';
import { CueFrame } from './till/cue-frame.tsx';
import { HandOverDialog } from './till/staff/hand-over-dialog.tsx';
import { IdleDialog } from './till/staff/idle-dialog.tsx';
import { NumberDialog } from './till/number-dialog.tsx';
import { StartingScreen } from './till/screens/starting-screen.tsx';
import { Till } from './till/till.tsx';
import { Tray } from './till/tray.tsx';
import './app.css';

/** Managers and technicians open it; the till starts without it. */
const Desk = later(async () => (await import('./back-office/back-office.tsx')).Desk);

/** These are loaded late too: no customer who pays waits for them. */
const SoundDialog = later(async () => (await import('./till/sound-dialog.tsx')).SoundDialog);
const StaffDialog = later(async () => (await import('./till/staff/staff-dialog.tsx')).StaffDialog);
/** A manager's question about money, which a till seldom sees. */
const TillDecision = later(async () => (await import('./back-office/stuck/sheets/till-decision.tsx')).TillDecision);
const HelpDialog = later(async () => (await import('./help/help-dialog.tsx')).HelpDialog);
const AboutDialog = later(async () => (await import('./till/about/about-dialog.tsx')).AboutDialog);

/** The whole screen, in the language that is set at the moment. */
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

/** Everything at once: who we are, the till, the tray. Nothing here is ever behind a menu. */
function MainScreen(): ReactNode {
  const connected = useKiosk((state) => state.terminal !== null);
  const atDesk = useKiosk((state) => state.desk !== null);
  return (
    <>
      {connected ? <Connected atDesk={atDesk} /> : <NotConnected atDesk={atDesk} />}
      <Help />
      <HandOverDialog />
      <SigningIn />
      <IdleDialog />
    </>
  );
}

interface Props {
  readonly atDesk: boolean;
}

function Connected({ atDesk }: Props): ReactNode {
  return (
    <div className="main-screen">
      <Header />
      {atDesk ? (
        <Desk />
      ) : (
        <>
          <Till />
          <Tray />
        </>
      )}
      <NumberDialog />
      <Opened />
      <CueFrame />
      <Announcer />
    </div>
  );
}

/** Without a till there is still the back office: the person who repairs the terminal works there. */
function NotConnected({ atDesk }: Props): ReactNode {
  const broken = useKiosk((state) => state.startTrouble !== null);
  if (!broken) return <StartingScreen />;
  return (
    <div className="main-screen">
      <BareHeader />
      {atDesk ? <Desk /> : <StartingScreen />}
    </div>
  );
}

/** What covers the till when it is opened. */
function Opened(): ReactNode {
  const about = useKiosk((state) => state.about);
  const sound = useKiosk((state) => state.soundOpen);
  const deciding = useKiosk((state) => state.deciding);
  return (
    <>
      {about && <AboutDialog />}
      {sound && <SoundDialog />}
      {deciding !== null && <TillDecision {...deciding} />}
    </>
  );
}

/** Also while the terminal cannot be opened: that is when a person needs it. */
function Help(): ReactNode {
  const page = useKiosk((state) => state.help);
  return page !== null && <HelpDialog page={page} />;
}

function SigningIn(): ReactNode {
  const open = useStaff((state) => state.open);
  return open && <StaffDialog />;
}
