import { useEffect, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { lazy } from './components/lazy.tsx';
import { usePassed } from './components/use-ticking.ts';
import { useSpoken } from './i18n/i18n.ts';
import { ReaderRole } from './i18n/reader-role.ts';
import { useShift } from './state/shift.ts';
import { useStaff, warnsAtMs } from './state/staff.ts';
import { useKiosk } from './state/store.ts';
import { Announcer } from './till/announcer.tsx';
import { BareHeader, Header } from './till/header/header.tsx';
import { CueFrame } from './till/cue-frame.tsx';
import { StartingScreen } from './till/screens/starting-screen.tsx';
import { Till } from './till/till.tsx';
import { Tray } from './till/tray.tsx';
import './app.css';

/** Managers and technicians open it; the till starts without it. */
const BackOffice = lazy(async () => (await import('./back-office/back-office.tsx')).BackOffice);

/** These are loaded late too: no customer who pays waits for them. */
const NumberDialog = lazy(async () => (await import('./till/number-dialog.tsx')).NumberDialog);
const ScanNote = lazy(async () => (await import('./till/scan-note.tsx')).ScanNote);
const SoundDialog = lazy(async () => (await import('./till/sound-dialog.tsx')).SoundDialog);
const StaffDialog = lazy(async () => (await import('./till/staff/staff-dialog.tsx')).StaffDialog);
/** A manager's question about money, which a till seldom sees. */
const TillDecision = lazy(async () => (await import('./back-office/stuck/sheets/till-decision.tsx')).TillDecision);
const HandOverDialog = lazy(async () => (await import('./till/staff/hand-over-dialog.tsx')).HandOverDialog);
const IdleDialog = lazy(async () => (await import('./till/staff/idle-dialog.tsx')).IdleDialog);
const HelpDialog = lazy(async () => (await import('./help/help-dialog.tsx')).HelpDialog);
const ShiftSheetDialog = lazy(async () => (await import('./slip/shift-sheet-dialog.tsx')).ShiftSheetDialog);
const AboutDialog = lazy(async () => (await import('./till/about/about-dialog.tsx')).AboutDialog);

/** The whole screen, in the language that is set at the moment. */
export function App(): ReactNode {
  const { language, words } = useSpoken(useKiosk((state) => state.language));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  // A terminal that could not be opened has no role, but somebody may have signed in to repair it.
  const signedIn = useStaff(({ view }) => view?.role ?? 'cashier');
  const role = useKiosk(({ terminal }) => terminal?.role ?? signedIn);
  return (
    <IntlProvider locale={language} messages={words}>
      <ReaderRole value={role}>
        <MainScreen />
      </ReaderRole>
    </IntlProvider>
  );
}

/** Everything at once: who we are, the till, the tray. Nothing here is ever behind a menu. */
function MainScreen(): ReactNode {
  const connected = useKiosk((state) => state.terminal !== null);
  const inBackOffice = useKiosk((state) => state.backOfficePage !== null);
  return (
    <>
      {connected ? <Connected inBackOffice={inBackOffice} /> : <NotConnected inBackOffice={inBackOffice} />}
      <Help />
      <HandingOver />
      <ShiftSheet />
      <SigningIn />
      <Idle />
      <Scanned />
    </>
  );
}

interface Props {
  readonly inBackOffice: boolean;
}

function Connected({ inBackOffice }: Props): ReactNode {
  return (
    <div className="main-screen">
      <Header />
      {inBackOffice ? (
        <BackOffice />
      ) : (
        <>
          <Till />
          <Tray />
        </>
      )}
      <Opened />
      <CueFrame />
      <Announcer />
    </div>
  );
}

/** Without a till there is still the back office: the person who repairs the terminal works there. */
function NotConnected({ inBackOffice }: Props): ReactNode {
  const broken = useKiosk((state) => state.startTrouble !== null);
  if (!broken) return <StartingScreen />;
  return (
    <div className="main-screen">
      <BareHeader />
      {inBackOffice ? <BackOffice /> : <StartingScreen />}
    </div>
  );
}

/** What covers the till when it is opened. */
function Opened(): ReactNode {
  const number = useKiosk((state) => state.number !== null);
  const about = useKiosk((state) => state.about);
  const sound = useKiosk((state) => state.soundOpen);
  const deciding = useKiosk((state) => state.deciding);
  return (
    <>
      {number && <NumberDialog />}
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

function HandingOver(): ReactNode {
  const leaving = useShift((state) => state.leaving);
  return leaving && <HandOverDialog />;
}

/** Nobody has touched the screen for a while. */
function Idle(): ReactNode {
  const warned = usePassed(useStaff(warnsAtMs));
  return warned && <IdleDialog />;
}

function Scanned(): ReactNode {
  const said = useKiosk((state) => state.scanNote !== null);
  return said && <ScanNote />;
}

function ShiftSheet(): ReactNode {
  const id = useShift((state) => state.sheet);
  return id !== null && <ShiftSheetDialog id={id} />;
}

function SigningIn(): ReactNode {
  const open = useStaff((state) => state.open);
  return open && <StaffDialog />;
}
