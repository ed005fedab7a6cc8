/** Joins the store to main: hears events first, then asks for the whole picture, so that nothing falls between. */
import { call, listen } from './api.ts';
import { kiosk, tookLink, tookNotice, tookSnapshot, tookStage, tookView } from './store.ts';

const SNAPSHOT_RETRY_MS = 1_000;

/** Connects for the life of the page. Until main answers, the screen says so and it is asked again. */
export async function connect(): Promise<void> {
  listen('order.changed', (view) => kiosk.setState((state) => tookView(state, view, performance.now())));
  listen('payment.stage', (stage) => kiosk.setState((state) => tookStage(state, stage)));
  listen('app.notice', (notice) => kiosk.setState((state) => tookNotice(state, notice)));
  listen('app.open-order', (link) => kiosk.setState((state) => tookLink(state, link, performance.now())));
  await askForSnapshot();
}

async function askForSnapshot(): Promise<void> {
  const reply = await call('app.snapshot', {});
  if (reply.ok) kiosk.setState((state) => tookSnapshot(state, reply.value, performance.now()));
  else {
    kiosk.setState({ startTrouble: { code: reply.code, field: reply.field } });
    setTimeout(() => void askForSnapshot(), SNAPSHOT_RETRY_MS);
  }
}
