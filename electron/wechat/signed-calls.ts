/**
 * One signed call: fields, signature, XML, transport, XML, trust. The reply is checked in this order only: TLS, XML
 * limits, return_code, signature, ids. What its fields then mean is decided in gateway.ts.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { NoResponse } from './answers.ts';
import { merchantFields, merchantProblem } from './face-pay.ts';
import { sign, verify, type Fields } from './sign.ts';
import type { Delivery, Transport } from './transport.ts';
import { readXml, writeXml } from './xml.ts';

/** The reply's fields if they can be trusted, or the reason why not; and the call's duration in ms. */
export interface Called {
  readonly reply: Result<Fields, NoResponse>;
  readonly latencyMs: number;
}

export interface CallOptions {
  /** Runs when the last byte went to the network. */
  readonly onLeft?: () => void;
  /** On a connection that carries nothing else: see [Note: Alone]. */
  readonly alone?: boolean;
  /** From this monotonic ms on no byte of the call may leave. */
  readonly leaveByMonoMs?: number;
}

/** Sends fields to the gateway. Calls never throw because of the network, and they always end. */
export interface SignedCalls {
  /** POSTs `fields` with the merchant's ids and a signature. */
  call(origin: string, path: string, fields: Fields, how?: CallOptions): Promise<Called>;
  /** Opens the connection that the next call to `origin` will use. `alone`: the next call that goes alone. */
  open(origin: string, alone?: boolean): void;
  close(): void;
}

export interface SignedCallsParts {
  readonly merchant: Merchant;
  /** The APIv2 key: 32 characters, never logged. */
  readonly apiKey: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** At most 32 characters, unpredictable. */
  readonly nonce: () => string;
}

export function signedCalls({ merchant, apiKey, transport, clock, nonce }: SignedCallsParts): SignedCalls {
  return {
    async call(origin, path, fields, { onLeft, alone = false, leaveByMonoMs } = {}) {
      const startedMs = clock.read().monoMs;
      const request = { ...merchantFields(merchant), ...fields, nonce_str: nonce(), sign_type: merchant.signType };
      const xml = writeXml({ ...request, sign: sign(request, apiKey, merchant.signType) });
      if (!xml.ok) throw new Error(`request field ${xml.error.field}: ${xml.error.code}`);
      const delivery = await transport.post(origin + path, xml.value, onLeft, alone, leaveByMonoMs);
      const reply = trusted(delivery, merchant, apiKey);
      return { reply, latencyMs: Math.round(clock.read().monoMs - startedMs) };
    },
    open: (origin, alone) => {
      transport.open(origin, alone);
    },
    close: () => {
      transport.close();
    },
  };
}

/** The reply's fields if they can be trusted; otherwise the reason why not. */
function trusted(delivery: Delivery, merchant: Merchant, apiKey: string): Result<Fields, NoResponse> {
  if (!delivery.ok) return noResponse(delivery.why, delivery.text);
  const reply = readXml(delivery.body);
  if (!reply.ok) return noResponse(reply.error === 'too-large' ? 'too-large' : 'bad-xml', reply.error);
  const fields = reply.value;
  if (fields['return_code'] === undefined) return noResponse('bad-reply', 'return_code');
  // Not signed, so it proves nothing. Of authinfo's own codes: electron/wechat/README.md, "get_wxpayface_authinfo".
  if (fields['return_code'] !== 'SUCCESS') return unsigned(fields['return_code'], fields['return_msg'] ?? null);
  if (!verify(fields, apiKey, merchant.signType)) return noResponse('bad-signature', null);
  const problem = merchantProblem(fields, merchant);
  return problem === null ? ok(fields) : noResponse(problem.why, problem.field);
}

/** Texts of a return_msg that say that we called too often, or that WeChat is busy. */
export const TOO_OFTEN = /频率|频繁|too (often|many|frequent)|FREQUENCY|REQ_TOO_MUCH/i;
export const BUSY = /繁忙|系统(错误|异常|超时)|稍后再?试|SYSTEM_? ?(ERROR|BUSY)|busy/i;

/**
 * An unsigned text proves nothing. If it says that WeChat is busy, or that we called too often, the only effect is that
 * nothing on our side is blamed.
 */
const unsigned = (returnCode: string, text: string | null): Result<Fields, NoResponse> => {
  const words = `${returnCode} ${text ?? ''}`;
  return noResponse(TOO_OFTEN.test(words) ? 'too-often' : BUSY.test(words) ? 'busy' : 'unsigned-fail', text);
};

const TEXT_MAX = 128;

const noResponse = (why: NoResponse['why'], text: string | null): Result<Fields, NoResponse> =>
  fail({ kind: 'no-answer', why, text: text === null ? null : text.slice(0, TEXT_MAX) });
