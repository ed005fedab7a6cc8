/**
 * One call to WeChat Pay from end to end: fields, signature, XML, transport, XML, trust, answer. A reply is believed in
 * this order only: TLS, XML limits, return_code, signature, ids, result_code, then its fields.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant, Terminal } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Answered, PayAnswer, QueryAnswer, ReverseAnswer, Silence } from './answers.ts';
import { domainChoice } from './domain-choice.ts';
import {
  AUTH_INFO_PATH,
  authInfoFields,
  isForMerchant,
  merchantFields,
  PATHS,
  payAnswer,
  payFields,
  queryAnswer,
  refFields,
  reverseAnswer,
  type OrderRef,
  type PayRequest,
} from './face-pay.ts';
import { sign, verify, type Fields } from './sign.ts';
import type { Delivery, Transport } from './transport.ts';
import { readXml, writeXml } from './xml.ts';

/** WeChat Pay as the engine knows it. Calls never throw on account of the network and always end. */
export interface Gateway {
  /** Sent once, to the primary domain, whatever happens. `onLeft` runs when the last byte went to the network. */
  pay(request: PayRequest, onLeft: () => void): Promise<Answered<PayAnswer>>;
  query(ref: OrderRef): Promise<Answered<QueryAnswer>>;
  reverse(ref: OrderRef): Promise<Answered<ReverseAnswer>>;
  /** The permit the face device needs (get_wxpayface_authinfo). */
  authInfo(rawData: string): Promise<Result<string, Silence>>;
  /** Opens the connection that the next pay call will use. */
  openAhead(): void;
  close(): void;
}

interface GatewayParts {
  readonly merchant: Merchant;
  readonly terminal: Terminal;
  /** The APIv2 key: 32 characters, never logged. */
  readonly apiKey: string;
  readonly transport: Transport;
  readonly clock: Clock;
  /** At most 32 characters, unpredictable. */
  readonly nonce: () => string;
}

export function createGateway(parts: GatewayParts): Gateway {
  const { merchant, terminal, transport, clock } = parts;
  const { primary, backup } = merchant.gateway;
  const domains = domainChoice(primary, backup);

  const ask = async <Answer>(
    path: string,
    fields: Fields,
    read: (reply: Fields) => Answer,
    alone: boolean,
  ): Promise<Answered<Answer | Silence>> => {
    const origin = domains.pick(clock.read().monoMs);
    // Most often a reverse is next, and then it needs one round trip.
    if (!alone) transport.open(origin, true);
    const answered = await call(parts, origin, path, fields, read, undefined, alone);
    const { answer } = answered;
    if (isSilence(answer)) domains.failed(origin, answer.why, clock.read().monoMs);
    return answered;
  };

  return {
    pay: (request, onLeft) =>
      call(parts, primary, PATHS[request.family].pay, payFields(request, terminal), (reply) => payAnswer(reply, request), onLeft),
    query: (ref) => ask(PATHS[ref.family].query, refFields(ref), (reply) => queryAnswer(reply, ref), ref.outTradeNo === null),
    reverse: (ref) => ask(PATHS[ref.family].reverse, refFields(ref), reverseAnswer, true),
    authInfo: async (rawData) => {
      const fields = authInfoFields(rawData, terminal, clock.read().wallMs);
      const { answer } = await call(parts, merchant.faceGateway, AUTH_INFO_PATH, fields, (reply) => reply);
      if (isSilence(answer)) return fail(answer);
      const authinfo = answer['authinfo'] ?? '';
      return authinfo === '' ? fail({ kind: 'no-answer', why: 'bad-reply', text: 'authinfo' }) : ok(authinfo);
    },
    openAhead: () => {
      transport.open(primary);
    },
    close: () => {
      transport.close();
    },
  };
}

const isSilence = (answer: unknown): answer is Silence =>
  typeof answer === 'object' && answer !== null && 'why' in answer && 'kind' in answer && answer.kind === 'no-answer';

async function call<Answer>(
  { merchant, apiKey, transport, clock, nonce }: GatewayParts,
  origin: string,
  path: string,
  fields: Fields,
  read: (reply: Fields) => Answer,
  onLeft?: () => void,
  alone = false,
): Promise<Answered<Answer | Silence>> {
  const startedMs = clock.read().monoMs;
  const request = { ...merchantFields(merchant), ...fields, nonce_str: nonce(), sign_type: merchant.signType };
  const xml = writeXml({ ...request, sign: sign(request, apiKey, merchant.signType) });
  if (!xml.ok) throw new Error(`request field ${xml.error.field}: ${xml.error.code}`);
  const delivery = await transport.post(origin + path, xml.value, onLeft, alone);
  const reply = trusted(delivery, merchant, apiKey);
  return {
    answer: reply.ok ? read(reply.value) : reply.error,
    host: new URL(origin).host,
    latencyMs: Math.round(clock.read().monoMs - startedMs),
  };
}

/** The reply's fields once they may be believed; otherwise why they may not. */
function trusted(delivery: Delivery, merchant: Merchant, apiKey: string): Result<Fields, Silence> {
  if (!delivery.ok) return silent(delivery.why, delivery.text);
  const reply = readXml(delivery.body);
  if (!reply.ok) return silent(reply.error === 'too-large' ? 'too-large' : 'bad-xml', reply.error);
  const fields = reply.value;
  if (fields['return_code'] === undefined) return silent('bad-reply', 'return_code');
  // Not signed, so not evidence of anything; authinfo has codes of its own here (protocol notes, 1.8).
  if (fields['return_code'] !== 'SUCCESS') return silent('unsigned-fail', fields['return_msg'] ?? null);
  if (!verify(fields, apiKey, merchant.signType)) return silent('bad-signature', null);
  return isForMerchant(fields, merchant) ? ok(fields) : silent('wrong-merchant', null);
}

const TEXT_MAX = 128;

const silent = (why: Silence['why'], text: string | null): Result<Fields, Silence> =>
  fail({ kind: 'no-answer', why, text: text === null ? null : text.slice(0, TEXT_MAX) });
