import { act, busyKey, sayOfScan } from './actions.ts';
import { kiosk } from './store.ts';

/** Pays with the code that the customer shows. A second one, whoever's it is, pays nothing. */
export async function showCode(paymentCode: string): Promise<void> {
  const isSecond = kiosk.getState().busy.has(busyKey('payment.show-code'));
  if (!isSecond && (await act('payment.show-code', { paymentCode }, 'till')) !== null) return;
  const { problem } = kiosk.getState();
  if (!isSecond && problem?.code !== 'no-code-wanted') return;
  kiosk.setState({ problem: null });
  sayOfScan('second-code');
}
