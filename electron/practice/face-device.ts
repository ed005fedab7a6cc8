/** The practice face device: no camera. A "customer" comes after a moment and is recognised. */
import { randomBytes } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import { FACE_TIMEOUT_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { FaceCode, FaceCodeRequest, FaceDevice, FaceProblem } from '../orders/engine/face-device.ts';
import { mintFaceCode, mintPaymentCode, openAuthinfo } from './face-code.ts';

/** How long it takes a customer to look at the camera. */
const FACE_APPEARS_MS = 1_500;

/** What happens in front of the camera. */
export type Sitting = 'face' | Exclude<FaceProblem, 'stopped'>;

export interface PracticeFaceDeviceOptions {
  readonly clock: Clock;
  /** The gateway's `faceSecret`, or `faceSecretOf(apiKey)` if the gateway runs elsewhere. */
  readonly faceSecret: Uint8Array;
  readonly faceAppearsMs?: number;
  /** Called for each face code; if left out, the face is recognised. */
  readonly sitting?: () => Sitting;
}

export function createPracticeFaceDevice(options: PracticeFaceDeviceOptions): FaceDevice {
  const { clock, faceSecret, faceAppearsMs = FACE_APPEARS_MS, sitting = () => 'face' } = options;
  let isReady = false;
  /** Ends the present payment at the camera, if there is one. */
  let endSitting: () => void = () => undefined;

  async function getWxpayfaceCode(
    request: FaceCodeRequest,
    signal: AbortSignal,
  ): Promise<Result<FaceCode, FaceProblem>> {
    if (signal.aborted) return fail('stopped');
    const merchant = openAuthinfo(faceSecret, request.authinfo, clock.read().wallMs);
    if (!isReady || merchant === null) return fail('device');
    // The real camera serves one payment at a time: a new one ends the one before.
    endSitting();
    const ending = sitting();
    const happened = await new Promise<Sitting | 'stopped'>((resolve) => {
      const over = (how: Sitting | 'stopped'): void => {
        callOff();
        signal.removeEventListener('abort', stopped);
        resolve(how);
      };
      const stopped = (): void => {
        over('stopped');
      };
      const callOff = clock.after(ending === 'no-face' ? FACE_TIMEOUT_MS : faceAppearsMs, () => {
        over(ending);
      });
      endSitting = stopped;
      signal.addEventListener('abort', stopped, { once: true });
    });
    if (happened !== 'face') return fail(happened);
    const payment = { outTradeNo: request.out_trade_no, totalFee: request.total_fee };
    return ok({
      face_code: request.face_code_type === '1' ? mintPaymentCode() : mintFaceCode(faceSecret, merchant, payment),
    });
  }

  return {
    init: (signal) => {
      isReady = !signal.aborted;
      return Promise.resolve(isReady ? ok(null) : fail('stopped'));
    },
    getWxpayfaceRawdata: (signal) => {
      if (signal.aborted) return Promise.resolve(fail('stopped'));
      return Promise.resolve(isReady ? ok(randomBytes(192).toString('base64')) : fail('device'));
    },
    getWxpayfaceCode,
    updateWxpayfacePayResult: () => Promise.resolve(),
    stop: () => {
      endSitting();
      return Promise.resolve();
    },
  };
}
