/**
 * Taking a payment on this terminal: number, permit, face, pay call; or number, payment code, pay call. The order is
 * journaled before its pay call leaves,
 * and the pay call leaves once. Until the order is journaled there is nothing to cancel.
 */
import type { PaymentStage, PaySource } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Family } from '../../../shared/order/order.ts';
import { CODE_TIMEOUT_MS, FACE_TIMEOUT_MS } from '../../../shared/timing.ts';
import type { Log } from '../../base/log.ts';
import type { PayAnswer } from '../../wechat/answers.ts';
import { THE_APP, type Actor } from '../machine/actor.ts';
import type { WriteFailure } from '../journal/journal.ts';
import {
  absentFaceDevice,
  type FaceCode,
  type FaceDevice,
  type FaceProblem,
  type ShownPayResult,
} from './face-device.ts';
import { newOutTradeNo } from './order-number.ts';
import { journaled, type Payment, type PayParts } from './pay-call.ts';

export interface TillParts extends PayParts {
  readonly face: FaceDevice;
  /** What the next payment waits for. Practice may change it between two. */
  readonly paySource: () => PaySource;
  readonly log: Log;
  /** Of payments by face. A payment code is always paid through micropay. */
  readonly family: Family;
  /** This terminal's own digits of each order number. */
  readonly terminalPart: string;
  /** Integers in [0, belowMax); unpredictable. */
  readonly random: (belowMax: number) => number;
  readonly onStage: (stage: PaymentStage) => void;
}

/** The one payment of this terminal that waits for its customer. */
export interface Till {
  stage(): PaymentStage;
  /**
   * Starts a payment of `amountFen`, as the till is set up or by code: also in place of the payment of the same amount
   * that waits for a face. `busy`: another payment waits for its customer.
   */
  take(amountFen: number, actor?: Actor, by?: 'code'): Result<null, 'busy'>;
  /** Pays with this code, if a payment waits for one. Each payment takes one code, whatever is scanned after it. */
  showCode(paymentCode: string): Result<null, 'no-code-wanted'>;
  /**
   * Pays with a code that is at hand already, beside whatever waits for a customer. Returns the order's id once it is
   * journaled; its pay call leaves then. `outTradeNo` is `null` for a number of this terminal's own.
   */
  payByCode(payment: CodePayment, actor: Actor): Result<string, WriteFailure>;
  /** Ends the payment that waits. `too-late`: the pay call may have left, so the order must be cancelled. */
  stop(): Result<null, 'too-late'>;
  /** Back to the keypad. */
  clear(): Result<null, 'busy'>;
}

export interface CodePayment {
  readonly outTradeNo: string | null;
  readonly amountFen: number;
  /** Secret, and valid for one payment. */
  readonly paymentCode: string;
}

type StopCode = Extract<PaymentStage, { name: 'stopped' }>['code'];

const STOPS: Readonly<Record<FaceProblem, StopCode>> = {
  'by-customer': 'by-customer',
  'no-face': 'no-face',
  'wants-scan': 'wants-scan',
  'not-permitted': 'not-permitted',
  device: 'device',
  stopped: 'by-cashier',
};

const shownAfter = (kind: PayAnswer['kind']): ShownPayResult =>
  kind === 'paid' ? 'SUCCESS' : kind === 'declined' ? 'ERROR' : 'UNKNOWN';

const waitsForFace = (stage: PaymentStage, amountFen: number): boolean =>
  (stage.name === 'preparing' || stage.name === 'look') && stage.amountFen === amountFen;

const stoppedBy = (signal: AbortSignal): boolean => signal.aborted;

/** Takes the code of the payment that waits for one. */
type TakeCode = (code: string) => void;

/** The payment whose customer has not paid yet. */
interface Waiting {
  readonly abort: AbortController;
  /** `null` while no code is wanted. */
  takeCode: TakeCode | null;
  /** Who asked for a code in place of the face. */
  codeInstead: Actor | null;
}

export function createTill(parts: TillParts): Till {
  const { clock, log } = parts;
  let stage: PaymentStage = { name: 'none' };
  let waiting: Waiting | null = null;

  const show = (next: PaymentStage): void => {
    stage = next;
    parts.onStage(next);
  };

  const run = async (byFace: boolean, amountFen: number, actor: Actor, own: Waiting): Promise<void> => {
    const device = byFace ? parts.face : absentFaceDevice;
    const payment = { amountFen, outTradeNo: newOutTradeNo(clock.read().wallMs, parts.terminalPart, parts.random) };
    const asked = { payment, signal: own.abort.signal, show };
    const listen = (take: TakeCode | null): void => {
      own.takeCode = take;
    };
    const given = await (byFace ? faceCode(parts, asked) : shownCode(parts, asked, listen));
    // The cashier has stopped it and the customer has left, so any code that comes now is ignored.
    const code = stoppedBy(asked.signal) ? fail('by-cashier' as const) : given;
    waiting = null;
    if (own.codeInstead === null) await payWith(parts, device, { payment, byFace, code }, actor, show);
    else {
      // The till does not wait for a device that may take a minute to close its page.
      void device.stop();
      begin(false, amountFen, own.codeInstead);
    }
  };

  const begin = (byFace: boolean, amountFen: number, actor: Actor): void => {
    const own: Waiting = { abort: new AbortController(), takeCode: null, codeInstead: null };
    waiting = own;
    if (byFace) show({ name: 'preparing', amountFen });
    run(byFace, amountFen, actor, own).catch((error: unknown) => {
      if (waiting === own) waiting = null;
      log.error({ error }, 'taking a payment broke');
      // A journaled order goes on by itself. Only a payment that never became an order ends here.
      if (stage.name !== 'order') show({ name: 'stopped', amountFen, code: 'device' });
    });
  };

  return {
    stage: () => stage,
    take(amountFen, actor = THE_APP, by) {
      if (waiting === null) begin(by !== 'code' && parts.paySource() !== 'code', amountFen, actor);
      else if (by === 'code' && waitsForFace(stage, amountFen) && !stoppedBy(waiting.abort.signal)) {
        waiting.codeInstead = actor;
        waiting.abort.abort();
      } else return fail('busy');
      return ok(null);
    },
    showCode(paymentCode) {
      const take = waiting?.takeCode ?? null;
      take?.(paymentCode);
      return take === null ? fail('no-code-wanted') : ok(null);
    },
    payByCode: (payment, actor) => payByCode(parts, payment, actor),
    stop() {
      if (waiting === null) return stage.name === 'order' ? fail('too-late') : ok(null);
      waiting.codeInstead = null;
      waiting.abort.abort();
      return ok(null);
    },
    clear() {
      if (waiting !== null) return fail('busy');
      show({ name: 'none' });
      return ok(null);
    },
  };
}

/** What came of waiting for the customer. */
interface Given {
  readonly payment: Payment;
  readonly byFace: boolean;
  readonly code: Result<FaceCode, StopCode>;
}

/** From the customer's code to WeChat's answer, or to the words for why there is no payment. */
async function payWith(
  parts: TillParts,
  device: FaceDevice,
  { payment, byFace, code }: Given,
  actor: Actor,
  show: (stage: PaymentStage) => void,
): Promise<void> {
  const { amountFen, outTradeNo } = payment;
  const order = code.ok ? journaled(parts, { ...payment, family: byFace ? parts.family : 'micropay' }, actor) : null;
  if (!code.ok || order?.ok !== true) {
    await device.stop();
    show({ name: 'stopped', amountFen, code: code.ok ? 'not-saved' : code.error });
    return;
  }
  show({ name: 'order', amountFen, orderId: outTradeNo });
  const kind = await order.value(code.value);
  await device.updateWxpayfacePayResult(shownAfter(kind), outTradeNo);
}

function payByCode(
  parts: TillParts,
  { amountFen, outTradeNo: given, paymentCode }: CodePayment,
  actor: Actor,
): Result<string, WriteFailure> {
  const outTradeNo = given ?? newOutTradeNo(parts.clock.read().wallMs, parts.terminalPart, parts.random);
  const order = journaled(parts, { amountFen, outTradeNo, family: 'micropay' }, actor);
  if (!order.ok) return order;
  order.value({ face_code: paymentCode }).catch((error: unknown) => {
    parts.log.error({ error }, 'taking a payment broke');
  });
  return ok(outTradeNo);
}

/** What a payment is about while its customer has not paid. `show` says what the customer has to do. */
interface Asked {
  readonly payment: Payment;
  readonly signal: AbortSignal;
  readonly show: (stage: PaymentStage) => void;
}

/**
 * The first payment code that is shown. `listen` gets who takes it, and `null` as soon as no code is wanted any more:
 * that is in the same moment, so a code that is scanned twice, or the next customer's, finds nobody.
 */
function shownCode(
  { clock, gateway }: TillParts,
  { payment: { amountFen }, signal, show }: Asked,
  listen: (take: TakeCode | null) => void,
): Promise<Result<FaceCode, StopCode>> {
  return new Promise((resolve) => {
    const over = (how: Result<FaceCode, StopCode>): void => {
      listen(null);
      stopTimeout();
      signal.removeEventListener('abort', stopped);
      resolve(how);
    };
    const stopped = (): void => {
      over(fail('by-cashier'));
    };
    const stopTimeout = clock.after(CODE_TIMEOUT_MS, () => {
      over(fail('no-code'));
    });
    signal.addEventListener('abort', stopped, { once: true });
    listen((code) => {
      over(ok({ face_code: code }));
    });
    show({ name: 'code', amountFen });
    gateway.openAhead();
  });
}

/** From the device's start to the customer's face. */
async function faceCode(
  { face, gateway, clock, log, family }: TillParts,
  { payment: { amountFen, outTradeNo }, signal, show }: Asked,
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
  show({ name: 'look', amountFen });
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
