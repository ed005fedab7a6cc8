import { fail } from '../../../shared/result.ts';
import type { FaceDevice } from './face-device.ts';

const absent = (): Promise<{ readonly ok: false; readonly error: 'device' }> => Promise.resolve(fail('device'));
const nothing = (): Promise<void> => Promise.resolve();

/**
 * A terminal without a face device: every payment stops before anything is charged. Cancelling needs no face device.
 */
export const absentFaceDevice: FaceDevice = {
  init: absent,
  getWxpayfaceRawdata: absent,
  getWxpayfaceCode: absent,
  updateWxpayfacePayResult: nothing,
  stop: nothing,
};
