/** Joins the store to main: hears events first, then asks for the whole picture, so that nothing falls between. */
import { call, listen } from './api.ts';
import { SNAPSHOT_ALSO_MAX } from '../shared/ipc.ts';
import { askForStaff, staff, tookStaff } from './staff.ts';
import { forgotten, kiosk, tookLink, tookNotice, tookSnapshot, tookStage, tookViews } from './store.ts';

const SNAPSHOT_RETRY_MS = 1_000;

/** Connects for the life of the page. Until main answers, the screen says so and it is asked again. */
export async function connect(): Promise<void> {
  listen('orders.changed', (views) => kiosk.setState((state) => tookViews(state, views, performance.now())));
  listen('payment.stage', (stage) => kiosk.setState((state) => tookStage(state, stage)));
  listen('app.notice', (notice) => kiosk.setState((state) => tookNotice(state, notice)));
  listen('app.open-order', (link) => kiosk.setState((state) => tookLink(state, link, performance.now(), staff.getState().open)));
  listen('staff.changed', tookStaff);
  listen('app.reopened', () => {
    kiosk.setState(forgotten);
    void askForSnapshot();
  });
  await Promise.all([askForSnapshot(), askForStaff()]);
}

/** The whole picture as whoever is at the screen may see it: what is waiting, and what else is at hand here. */
export async function askForSnapshot(): Promise<void> {
  const also = [...kiosk.getState().orders.keys()].slice(-SNAPSHOT_ALSO_MAX);
  const reply = await call('app.snapshot', { also });
  if (reply.ok) kiosk.setState((state) => tookSnapshot(state, reply.value, performance.now()));
  else {
    kiosk.setState({ startTrouble: { code: reply.code, field: reply.field } });
    setTimeout(() => void askForSnapshot(), SNAPSHOT_RETRY_MS);
  }
}
