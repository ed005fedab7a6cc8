/**
 * The vendor's face SDK as a `FaceDevice`: its commands in its own names, through the helper. The till never waits for a
 * camera page longer than a payment does, whatever the SDK or the helper is doing.
 */
import { paymentCodeSchema } from '../../shared/order/payment-code.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant } from '../../shared/settings.ts';
import {
  FACE_CODE_MS,
  FACE_COMMAND_MS,
  FACE_INIT_AGAIN_MS,
  FACE_INIT_MS,
  FACE_RELEASE_MS,
  FACE_RESULT_MS,
  FACE_STOP_MS,
} from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type {
  FaceCode,
  FaceCodeRequest,
  FaceDevice,
  FaceProblem,
  ShownPayResult,
} from '../orders/engine/face-device.ts';
import type { HelperDriver } from './helper-driver.ts';
import type { Lane } from './helper-lines.ts';
import {
  failureOf,
  readReply,
  type FaceTrouble,
  type SdkFailure,
  type SdkReply,
  type SdkWords,
} from './sdk-replies.ts';

export interface BridgeParts {
  readonly driver: HelperDriver;
  readonly merchant: Pick<Merchant, 'appid' | 'mchId' | 'subAppid' | 'subMchId'>;
  readonly storeId: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What went wrong last, until a face has been read again. */
export interface FaceTroubleSeen {
  readonly trouble: FaceTrouble;
  readonly words: SdkWords | null;
}

export interface FaceBridge {
  readonly device: FaceDevice;
  trouble(): FaceTroubleSeen | null;
  /** Lets go of the camera and ends the helper. */
  close(): Promise<void>;
}

export function createFaceBridge(parts: BridgeParts): FaceBridge {
  const bridge = new Bridge(parts);
  return {
    device: {
      init: (signal) => bridge.init(signal),
      getWxpayfaceRawdata: (signal) => bridge.rawdata(signal),
      getWxpayfaceCode: (request, signal) => bridge.code(request, signal),
      updateWxpayfacePayResult: (result, outTradeNo) => {
        bridge.show(result, outTradeNo);
        return Promise.resolve();
      },
      stop: () => {
        bridge.stop();
        return Promise.resolve();
      },
    },
    trouble: () => bridge.trouble,
    close: () => bridge.close(),
  };
}

/** A payment whose camera page may be open. */
interface Sitting {
  readonly outTradeNo: string;
  /** All calls of one payment name the same merchant. */
  readonly ids: Readonly<Record<string, string>>;
  readonly end: () => void;
}

class Bridge {
  readonly #parts: BridgeParts;
  #sitting: Sitting | null = null;
  #callOffStop: () => void = () => undefined;
  trouble: FaceTroubleSeen | null = null;

  constructor(parts: BridgeParts) {
    this.#parts = parts;
  }

  async init(signal: AbortSignal): Promise<Result<null, FaceProblem>> {
    const { driver, clock } = this.#parts;
    // The page of the payment before may still wait for its minute to end. The next customer does not.
    this.#sitting?.end();
    this.#sitting = null;
    this.#callOffStop();
    if (driver.isBusy('face')) driver.restart();
    const untilMs = clock.read().monoMs + FACE_INIT_MS;
    for (;;) {
      const reply = await whileWanted(signal, this.#call('face', 'initWxpayface', {}, FACE_COMMAND_MS));
      if (reply === 'stopped') return fail('stopped');
      if (reply.ok) return ok(null);
      if (!reply.error.again || clock.read().monoMs >= untilMs) return this.#failed('initWxpayface', reply.error);
      if ((await whileWanted(signal, this.#wait(FACE_INIT_AGAIN_MS))) === 'stopped') return fail('stopped');
    }
  }

  async rawdata(signal: AbortSignal): Promise<Result<string, FaceProblem>> {
    const reply = await whileWanted(signal, this.#call('face', 'getWxpayfaceRawdata', {}, FACE_COMMAND_MS));
    if (reply === 'stopped') return fail('stopped');
    if (reply.ok && reply.value.rawdata !== '') return ok(reply.value.rawdata);
    return this.#failed('getWxpayfaceRawdata', reply.ok ? oddReply('no rawdata') : reply.error);
  }

  async code(request: FaceCodeRequest, signal: AbortSignal): Promise<Result<FaceCode, FaceProblem>> {
    const { storeId } = this.#parts;
    const ids = { ...this.#merchantIds(), store_id: storeId, authinfo: request.authinfo };
    const over = Promise.withResolvers<'stopped'>();
    const sitting = { outTradeNo: request.out_trade_no, ids, end: () => over.resolve('stopped') };
    this.#sitting = sitting;
    const fields = {
      ...ids,
      face_authtype: 'FACEPAY',
      face_code_type: request.face_code_type,
      out_trade_no: request.out_trade_no,
      total_fee: String(request.total_fee),
      ask_face_permit: '0',
      ask_ret_page: '0',
    };
    const called = this.#call('face', 'getWxpayfaceCode', fields, FACE_CODE_MS);
    const reply = await Promise.race([whileWanted(signal, called), over.promise]);
    if (reply === 'stopped') return fail('stopped');
    if (!reply.ok) return this.#failed('getWxpayfaceCode', reply.error);
    const { face_code, openid } = reply.value;
    const isCode = request.face_code_type === '1' ? paymentCodeSchema.safeParse(face_code).success : face_code !== '';
    if (!isCode) return this.#failed('getWxpayfaceCode', oddReply('no face_code'));
    this.trouble = null;
    return ok({ face_code, ...(openid === '' ? {} : { openid }) });
  }

  show(result: ShownPayResult, outTradeNo: string): void {
    // The page belongs to another payment by now.
    if (this.#sitting?.outTradeNo !== outTradeNo) return;
    // The SDK has no word for an unknown result. Its page then tells the customer to ask at the till.
    if (result === 'UNKNOWN') {
      this.stop();
      return;
    }
    const { ids } = this.#sitting;
    this.#sitting = null;
    void this.#call('face', 'updateWxpayfacePayResult', { ...ids, payresult: result }, FACE_RESULT_MS);
  }

  stop(): void {
    const { driver, clock } = this.#parts;
    const sitting = this.#sitting;
    if (sitting === null) return;
    this.#sitting = null;
    sitting.end();
    void this.#call('stop', 'stopWxpayface', sitting.ids, FACE_STOP_MS);
    this.#callOffStop();
    this.#callOffStop = clock.after(FACE_STOP_MS, () => {
      if (driver.isBusy('face')) driver.restart();
    });
  }

  async close(): Promise<void> {
    const { driver } = this.#parts;
    this.#callOffStop();
    if (driver.isRunning()) await this.#call('stop', 'releaseWxpayface', {}, FACE_RELEASE_MS);
    driver.end();
  }

  async #call(
    lane: Lane,
    cmd: string,
    fields: Readonly<Record<string, string>>,
    withinMs: number,
  ): Promise<Result<SdkReply, SdkFailure>> {
    const { driver, clock } = this.#parts;
    const now = Math.floor(clock.read().wallMs / 1_000);
    const reply = await driver.call(lane, JSON.stringify({ cmd, version: '1', now, ...fields }), withinMs);
    return reply.ok ? readReply(reply.value) : fail(failureOf(reply.error));
  }

  #failed(cmd: string, { problem, trouble, words }: SdkFailure): { readonly ok: false; readonly error: FaceProblem } {
    this.#parts.log.warn({ cmd, problem, trouble, ...words }, 'the face SDK gave no face');
    if (trouble !== null) this.trouble = { trouble, words };
    return fail(problem);
  }

  #merchantIds(): Readonly<Record<string, string>> {
    const { appid, mchId, subAppid, subMchId } = this.#parts.merchant;
    return {
      appid,
      mch_id: mchId,
      ...(subAppid === undefined ? {} : { sub_appid: subAppid }),
      ...(subMchId === undefined ? {} : { sub_mch_id: subMchId }),
    };
  }

  #wait(ms: number): Promise<null> {
    return new Promise((resolve) => {
      this.#parts.clock.after(ms, () => {
        resolve(null);
      });
    });
  }
}

const oddReply = (message: string): SdkFailure => ({
  problem: 'device',
  trouble: 'sdk-refused',
  words: { code: 'SUCCESS', message },
  again: false,
});

/** What `work` gives, or `stopped` as soon as nobody wants it any more. */
async function whileWanted<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value | 'stopped'> {
  if (signal.aborted) return 'stopped';
  const over = Promise.withResolvers<'stopped'>();
  const stopped = (): void => {
    over.resolve('stopped');
  };
  signal.addEventListener('abort', stopped, { once: true });
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    signal.removeEventListener('abort', stopped);
  }
}
