/**
 * The face device as the app sees it, in the real SDK's own names and order (wxfacepay develop/windows and
 * develop/android): init and getWxpayfaceRawdata; then, with WeChat's permit (get_wxpayface_authinfo),
 * getWxpayfaceCode; then updateWxpayfacePayResult or stop to end it. One payment at a time.
 */
import { fail, type Result } from '../../../shared/result.ts';

/** Why no face code came. Each of them means: nothing was charged and nothing will be. */
export type FaceProblem =
  | 'by-customer' // the customer closed the camera page or turned the payment down
  | 'no-face' // the device gave up before it recognised anyone
  | 'wants-scan' // the customer would rather show a payment code
  | 'not-permitted' // WeChat has not permitted face payment for this merchant or device
  | 'device' // camera, SDK or permit failed; the device cannot go on with this payment
  | 'stopped'; // our own abort signal, or `stop`

/** `0`: a face code for pay/facepay. `1`: an 18-digit payment code for pay/micropay (SDK 1.16 and later). */
export type FaceCodeType = '0' | '1';

export interface FaceCodeRequest {
  /** The permit that get_wxpayface_authinfo gave for this device's raw data. Valid for `expires_in` s. */
  readonly authinfo: string;
  /** The face code is bound to this number: the pay call must name the same order. */
  readonly out_trade_no: string;
  /** Integer fen. Shown to the customer, and bound to the face code like the order number. */
  readonly total_fee: number;
  readonly face_code_type: FaceCodeType;
}

/** Secret and valid for one payment: never logged, never stored. */
export interface FaceCode {
  readonly face_code: string;
  /** The customer, for this appid. Secret like the code; absent for an 18-digit code. */
  readonly openid?: string;
}

/** What the device shows the customer at the end. `UNKNOWN` closes the page and shows no result. */
export type ShownPayResult = 'SUCCESS' | 'ERROR' | 'UNKNOWN';

export interface FaceDevice {
  /** Prepares camera and SDK. It may be called again. */
  init(signal: AbortSignal): Promise<Result<null, FaceProblem>>;
  /** The device's own statement (up to 2048 characters). It is sent to WeChat with the request for the permit. */
  getWxpayfaceRawdata(signal: AbortSignal): Promise<Result<string, FaceProblem>>;
  /** Turns the camera on and waits for the customer. Ends with `stopped` as soon as `signal` is aborted. */
  getWxpayfaceCode(request: FaceCodeRequest, signal: AbortSignal): Promise<Result<FaceCode, FaceProblem>>;
  /**
   * Shows the result of this payment and closes the camera page, where the next payment has not taken it over. It does
   * not wait for the page: on Windows one that shows no success stays for a minute.
   */
  updateWxpayfacePayResult(result: ShownPayResult, outTradeNo: string): Promise<void>;
  /** Closes the camera page, whatever it is doing, and does not wait for that. It may be called again. */
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
