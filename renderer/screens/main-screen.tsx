import { lazy, Suspense, type ReactNode } from 'react';
import { useKiosk } from '../store.ts';
import { AboutDialog } from './about-dialog.tsx';
import { Announcer } from './announcer.tsx';
import { Header } from './header.tsx';
import { NumberDialog } from './number-dialog.tsx';
import { StartingScreen } from './starting-screen.tsx';
import { Till } from './till.tsx';
import { Tray } from './tray.tsx';
import './main-screen.css';

/** Managers and technicians open it; the till starts without it. */
const Desk = lazy(async () => ({ default: (await import('../desk/desk.tsx')).Desk }));

/** Everything at once: who we are, the till, the tray. Nothing here is ever behind a menu. */
export function MainScreen(): ReactNode {
  const connected = useKiosk((state) => state.terminal !== null);
  const atDesk = useKiosk((state) => state.desk !== null);
  return connected ? (
    <div className="main-screen">
      <Header />
      {atDesk ? (
        <Suspense>
          <Desk />
        </Suspense>
      ) : (
        <>
          <Till />
          <Tray />
        </>
      )}
      <NumberDialog />
      <AboutDialog />
      <Announcer />
    </div>
  ) : (
    <StartingScreen />
  );
}
