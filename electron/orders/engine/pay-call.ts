/** One order's pay call: the order is journaled before it leaves, and it leaves once. */
import { ok, type Result } from '../../../shared/result.ts';
import type { Family } from '../../../shared/order/order.ts';
import type { Clock } from '../../base/clock.ts';
import type { PayAnswer } from '../../wechat/answers.ts';
import type { Gateway } from '../../wechat/gateway.ts';
import type { WriteFailure } from '../journal/journal.ts';
import type { Actor } from '../machine/actor.ts';
import { orderToPay } from '../machine/order.ts';
import type { Engine } from './engine.ts';
import type { FaceCode } from './face-device.ts';

export interface PayParts {
  readonly engine: Engine;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly storeName: string;
  readonly terminalIp: string;
  readonly callTimeoutMs: number;
}

export interface Payment {
  readonly amountFen: number;
  readonly outTradeNo: string;
}

/**
 * Puts the order on disk; only what this returns can send its pay call. An order without a record could not be cancelled.
 */
export function journaled(
  parts: PayParts,
  payment: Payment & { readonly family: Family },
  actor: Actor,
): Result<(code: FaceCode) => Promise<PayAnswer['kind']>, WriteFailure> {
  const { engine, clock, callTimeoutMs } = parts;
  const { amountFen, outTradeNo, family } = payment;
  const now = clock.read();
  const ids = { orderId: outTradeNo, outTradeNo, transactionId: null, family, amountFen };
  const registered = engine.register(orderToPay(ids, callTimeoutMs, now), actor);
  if (!registered.ok) return registered;
  // The driver relies on this deadline: no pay call leaves later, however long this process stood still meanwhile.
  return ok((code) => pay(parts, payment, code, now.monoMs + callTimeoutMs));
}

/** The pay call. It leaves once, and never later than `leaveByMonoMs`. Returns what was answered. */
async function pay(
  { engine, gateway, storeName, terminalIp }: PayParts,
  { amountFen, outTradeNo, family }: Payment & { readonly family: Family },
  { face_code, openid }: FaceCode,
  leaveByMonoMs: number,
): Promise<PayAnswer['kind']> {
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
  return answered.answer.kind;
}
