/** The till as every exercise begins, and as the course leaves it. */
import { waitsForCustomer } from '../../shared/ipc.ts';
import { act, nextCustomer, stopPayment } from '../state/actions.ts';
import { kiosk, NOTHING_OVER } from '../state/store.ts';
import { closeCourse } from './training-store.ts';

/**
 * Brings the keypad, with nothing over it: a payment before the camera is stopped, and every practice order that is
 * still open ends by itself.
 */
export async function bringKeypad(): Promise<void> {
  kiosk.setState({ ...NOTHING_OVER, number: null, problem: null });
  if (waitsForCustomer(kiosk.getState().stage)) {
    await stopPayment();
    await cameraOff();
  }
  await endOrders();
  await nextCustomer();
}

/** No practice order is left for the next person: main ends those that are open, each with its proof. */
export async function endOrders(): Promise<void> {
  await act('training.tidy', {}, 'bar');
}

/** Out of the course, back to an empty till. */
export function leaveCourse(): void {
  closeCourse();
  void bringKeypad();
}

const cameraOff = (): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (waitsForCustomer(kiosk.getState().stage)) return;
      stop();
      resolve();
    };
    const stop = kiosk.subscribe(look);
    look();
  });
