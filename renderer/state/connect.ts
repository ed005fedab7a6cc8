/**
 * Connects the store with main: it listens to events first and then asks for the whole state, so that nothing is
 * missed.
 */
import { listen } from '../bridge/api.ts';
import { askForStaff, staff, tookStaff } from './staff.ts';
import { askForSnapshot } from './snapshot.ts';
import { forgotten, kiosk, tookLink, tookNotice, tookStage, tookViews } from './store.ts';

/** Connects for the life of the page. Until main answers, the screen says so, and main is asked again. */
export async function connect(): Promise<void> {
  listen('orders.changed', (views) => kiosk.setState((state) => tookViews(state, views, performance.now())));
  listen('payment.stage', (stage) => kiosk.setState((state) => tookStage(state, stage)));
  listen('scanner.said', (what) => kiosk.setState({ scanNote: { what } }));
  listen('app.notice', (notice) => kiosk.setState((state) => tookNotice(state, notice)));
  listen('app.open-order', (link) =>
    kiosk.setState((state) => tookLink(state, link, performance.now(), staff.getState().open)),
  );
  listen('staff.changed', tookStaff);
  listen('app.reopened', () => {
    kiosk.setState(forgotten);
    void askForSnapshot();
  });
  await Promise.all([askForSnapshot(), askForStaff()]);
}
