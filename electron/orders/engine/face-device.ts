/**
 * The face device as the app sees it, in the real SDK's own names and order (wxfacepay develop/windows and
 * develop/android): init, getWxpayfaceRawdata, then with WeChat's permit (get_wxpayface_authinfo) getWxpayfaceCode,
 * and updateWxpayfacePayResult or stop to end it. One payment at a time.
 */
import { fail, type Result } from '../../../shared/result.ts';

/** Why no face code came. All of them mean: nothing was charged and nothing will be. */
export type FaceProblem =
  | 'by-customer' // the customer closed the camera page or turned the payment down
  | 'no-face' // nobody was recognised before the device gave up
  | 'device' // camera, SDK or permit; the device cannot go on with this payment
  | 'stopped'; // our own signal, or `stop`

/** `0`: a face code for pay/facepay. `1`: an 18-digit payment code for pay/micropay (SDK 1.16 and later). */
export type FaceCodeType = '0' | '1';

export interface FaceCodeRequest {
  /** The permit, as get_wxpayface_authinfo gave it for this device's raw data. Good for `expires_in` s. */
  readonly authinfo: string;
  /** The face code is bound to it: the pay call must name the same order. */
  readonly out_trade_no: string;
  /** Integer fen; shown to the customer and bound to the face code like the order number. */
  readonly total_fee: number;
  readonly face_code_type: FaceCodeType;
}

/** Secret and good for one payment: never logged, never stored. */
export interface FaceCode {
  readonly face_code: string;
  /** The customer, for this appid. Secret like the code; absent for an 18-digit code. */
  readonly openid?: string;
}

/** What the device shows the customer at the end. `UNKNOWN` closes the page without a verdict. */
export type ShownPayResult = 'SUCCESS' | 'ERROR' | 'UNKNOWN';

export interface FaceDevice {
  /** Prepares camera and SDK. Repeating it is harmless. */
  init(signal: AbortSignal): Promise<Result<null, FaceProblem>>;
  /** The device's own statement (up to 2048 characters), sent along when WeChat is asked for the permit. */
  getWxpayfaceRawdata(signal: AbortSignal): Promise<Result<string, FaceProblem>>;
  /** Turns the camera on and waits for the customer. Ends with `stopped` as soon as `signal` is aborted. */
  getWxpayfaceCode(request: FaceCodeRequest, signal: AbortSignal): Promise<Result<FaceCode, FaceProblem>>;
  /** Shows the result and closes the camera page. */
  updateWxpayfacePayResult(result: ShownPayResult): Promise<void>;
  /** Closes the camera page, whatever it is doing. Repeating it is harmless. */
  stop(): Promise<void>;
}

const absent = (): Promise<{ readonly ok: false; readonly error: 'device' }> => Promise.resolve(fail('device'));
const nothing = (): Promise<void> => Promise.resolve();

/** A terminal without a face device: every payment stops before anything is charged. Cancelling needs none. */
export const absentFaceDevice: FaceDevice = {
  init: absent,
  getWxpayfaceRawdata: absent,
  getWxpayfaceCode: absent,
  updateWxpayfacePayResult: nothing,
  stop: nothing,
};
