/**
 * Taking a payment on this terminal: number, permit, face, pay call. The order is journaled before its pay call leaves,
 * and the pay call leaves once. Until the order is journaled there is nothing to cancel.
 */
import type { PaymentStage } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Family } from '../../../shared/order/order.ts';
import { FACE_TIMEOUT_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import { THE_APP, type Actor } from '../machine/actor.ts';
import type { Engine } from './engine.ts';
import type { FaceCode, FaceDevice, FaceProblem } from './face-device.ts';
import { newOutTradeNo } from './order-number.ts';
import { orderToPay } from '../machine/order.ts';

export interface TillParts {
  readonly engine: Engine;
  readonly gateway: Gateway;
  readonly face: FaceDevice;
  readonly clock: Clock;
  readonly log: Log;
  readonly family: Family;
  readonly storeName: string;
  readonly terminalIp: string;
  readonly callTimeoutMs: number;
  /** This terminal's own digits of each order number. */
  readonly terminalPart: string;
  /** Integers in [0, belowMax); unpredictable. */
  readonly random: (belowMax: number) => number;
  readonly onStage: (stage: PaymentStage) => void;
}

/** The one payment that is before the camera of this terminal. */
export interface Till {
  stage(): PaymentStage;
  /** Starts a payment of `amountFen`. `busy`: another payment is before the camera. */
  take(amountFen: number, actor?: Actor): Result<null, 'busy'>;
  /**
   * Ends the payment that is before the camera. `too-late`: the pay call may have left, so the order must be cancelled.
   */
  stop(): Result<null, 'too-late'>;
  /** Back to the keypad. */
  clear(): Result<null, 'busy'>;
}

type StopCode = Extract<PaymentStage, { name: 'stopped' }>['code'];

const STOPS: Readonly<Record<FaceProblem, StopCode>> = {
  'by-customer': 'by-customer',
  'no-face': 'no-face',
  device: 'device',
  stopped: 'by-cashier',
};

const stoppedBy = (signal: AbortSignal): boolean => signal.aborted;

export function createTill(parts: TillParts): Till {
  const { face, clock, log } = parts;
  let stage: PaymentStage = { name: 'none' };
  let abort: AbortController | null = null;

  const show = (next: PaymentStage): void => {
    stage = next;
    parts.onStage(next);
  };

  const run = async (amountFen: number, actor: Actor, signal: AbortSignal): Promise<void> => {
    const outTradeNo = newOutTradeNo(clock.read().wallMs, parts.terminalPart, parts.random);
    const given = await faceCode(parts, { amountFen, outTradeNo }, signal, () => {
      show({ name: 'look', amountFen });
    });
    // The cashier has stopped the device and the customer has left, so anything it gives now is ignored.
    const code = stoppedBy(signal) ? fail('by-cashier' as const) : given;
    abort = null;
    if (!code.ok) {
      await face.stop();
      show({ name: 'stopped', amountFen, code: code.error });
      return;
    }
    const { engine, family, callTimeoutMs } = parts;
    const ids = { orderId: outTradeNo, outTradeNo, transactionId: null, family, amountFen };
    const now = clock.read();
    if (!engine.register(orderToPay(ids, callTimeoutMs, now), actor).ok) {
      // The order is not on disk, so the pay call must not leave: an order without a record could not be cancelled.
      await face.stop();
      show({ name: 'stopped', amountFen, code: 'not-saved' });
      return;
    }
    show({ name: 'order', amountFen, orderId: outTradeNo });
    // The driver relies on this deadline: no pay call leaves later, however long this process stood still meanwhile.
    await pay(parts, { amountFen, outTradeNo }, code.value, now.monoMs + callTimeoutMs);
  };

  return {
    stage: () => stage,
    take(amountFen, actor = THE_APP) {
      if (abort !== null) return fail('busy');
      abort = new AbortController();
      show({ name: 'preparing', amountFen });
      run(amountFen, actor, abort.signal).catch((error: unknown) => {
        abort = null;
        log.error({ error }, 'taking a payment broke');
        // A journaled order goes on by itself. Only a payment that never became an order ends here.
        if (stage.name !== 'order') show({ name: 'stopped', amountFen, code: 'device' });
      });
      return ok(null);
    },
    stop() {
      if (abort === null) return stage.name === 'order' ? fail('too-late') : ok(null);
      abort.abort();
      return ok(null);
    },
    clear() {
      if (abort !== null) return fail('busy');
      show({ name: 'none' });
      return ok(null);
    },
  };
}

interface Payment {
  readonly amountFen: number;
  readonly outTradeNo: string;
}

/** From the device's start to the customer's face. `onLook`: the customer should look into the camera now. */
async function faceCode(
  { face, gateway, clock, log, family }: TillParts,
  { amountFen, outTradeNo }: Payment,
  signal: AbortSignal,
  onLook: () => void,
): Promise<Result<FaceCode, StopCode>> {
  const ready = await face.init(signal);
  if (!ready.ok) return fail(STOPS[ready.error]);
  const rawData = await face.getWxpayfaceRawdata(signal);
  if (!rawData.ok) return fail(STOPS[rawData.error]);
  const authInfo = await gateway.authInfo(rawData.value);
  if (stoppedBy(signal)) return fail('by-cashier');
  if (!authInfo.ok) {
    log.warn({ why: authInfo.error.why, text: authInfo.error.text }, 'no permit for the face device');
    return fail('no-permit');
  }
  onLook();
  gateway.openAhead();
  const timeout = new AbortController();
  const stopTimeout = clock.after(FACE_TIMEOUT_MS, () => {
    timeout.abort();
    void face.stop();
  });
  const request = {
    authinfo: authInfo.value,
    out_trade_no: outTradeNo,
    total_fee: amountFen,
    face_code_type: family === 'facepay' ? '0' : '1',
  } as const;
  const code = await face.getWxpayfaceCode(request, signal);
  stopTimeout();
  // The device gives the same result for our signal and for the time-out above, and may still give a code.
  if (stoppedBy(timeout.signal)) return fail('no-face');
  return code.ok ? code : fail(STOPS[code.error]);
}

/** The pay call. It leaves once, and never later than `leaveByMonoMs`. */
async function pay(
  { engine, gateway, face, family, storeName, terminalIp }: TillParts,
  { amountFen, outTradeNo }: Payment,
  { face_code, openid }: FaceCode,
  leaveByMonoMs: number,
): Promise<void> {
  const request = {
    family,
    outTradeNo,
    amountFen,
    faceCode: face_code,
    openid: openid ?? null,
    body: storeName,
    terminalIp,
  };
  const left = (): void => {
    engine.report(outTradeNo, { type: 'pay-left' });
  };
  const answered = await gateway.pay(request, left, leaveByMonoMs);
  engine.report(outTradeNo, { type: 'pay-ended', ...answered });
  const { kind } = answered.answer;
  await face.updateWxpayfacePayResult(kind === 'paid' ? 'SUCCESS' : kind === 'declined' ? 'ERROR' : 'UNKNOWN');
}
