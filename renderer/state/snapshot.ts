/** The whole state from main: what is waiting, and what this page holds. */
import { SNAPSHOT_ALSO_MAX } from '../../shared/ipc.ts';
import { call } from '../bridge/api.ts';
import { kiosk, tookSnapshot } from './store.ts';

const SNAPSHOT_RETRY_MS = 1_000;

/**
 * Asks for it, with the rights of the person at the screen. Until main answers, the screen says so, and main is asked
 * again.
 */
export async function askForSnapshot(): Promise<void> {
  const also = [...kiosk.getState().orders.keys()].slice(-SNAPSHOT_ALSO_MAX);
  const reply = await call('app.snapshot', { also });
  if (reply.ok) kiosk.setState((state) => tookSnapshot(state, reply.value, performance.now()));
  else {
    kiosk.setState({ startTrouble: { code: reply.code, field: reply.field } });
    setTimeout(() => void askForSnapshot(), SNAPSHOT_RETRY_MS);
  }
}
