/** WeChat Pay's operations: which domain, which fields, and what a trusted reply means. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant, Terminal } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import type { Answered, PayAnswer, QueryAnswer, RefundsAnswer, ReverseAnswer, NoResponse } from './answers.ts';
import { domainChoice } from './domain-choice.ts';
import {
  AUTH_INFO_PATH,
  authInfoFields,
  PATHS,
  payAnswer,
  payFields,
  queryAnswer,
  REFUND_QUERY_PATH,
  REFUNDS_MAX,
  refFields,
  refundQueryFields,
  refundsOf,
  refundsPage,
  reverseAnswer,
  type OrderRef,
  type PayRequest,
  type RefundsPage,
} from './face-pay.ts';
import type { Fields } from './sign.ts';
import { signedCalls, type CallOptions, type SignedCalls, type SignedCallsParts } from './signed-calls.ts';

/** WeChat Pay as the engine knows it. Calls never throw because of the network, and they always end. */
export interface Gateway {
  /**
   * Sent once, to the primary domain, whatever happens. It never leaves at or after `leaveByMonoMs` (monotonic).
   * `onLeft` runs when the last byte went to the network.
   */
  pay(request: PayRequest, onLeft: () => void, leaveByMonoMs?: number): Promise<Answered<PayAnswer>>;
  /** If WeChat says REFUND and `ref` knows of no reverse that explains it, this also queries how much went back. */
  query(ref: OrderRef): Promise<Answered<QueryAnswer>>;
  reverse(ref: OrderRef): Promise<Answered<ReverseAnswer>>;
  /** The permit the face device needs (get_wxpayface_authinfo). */
  authInfo(rawData: string): Promise<Result<string, NoResponse>>;
  /** Opens the connection that the next pay call will use. */
  openAhead(): void;
  close(): void;
}

interface OperationsParts {
  readonly merchant: Merchant;
  readonly terminal: Terminal;
  readonly clock: Clock;
}

/** The operations over real signed calls. */
export const createGateway = (parts: SignedCallsParts & OperationsParts): Gateway =>
  gatewayOver(signedCalls(parts), parts);

/** A call to the domain that the next call should use. `alone`: on a connection that carries nothing else. */
type Ask = <Answer>(
  path: string,
  fields: Fields,
  read: (reply: Fields) => Answer,
  alone: boolean,
) => Promise<Answered<Answer | NoResponse>>;

/** The operations over any kind of connection to the gateway. */
export function gatewayOver(calls: SignedCalls, { merchant, terminal, clock }: OperationsParts): Gateway {
  const { primary, backup } = merchant.gateway;
  const domains = domainChoice(primary, backup);

  const send = async <Answer>(
    origin: string,
    path: string,
    fields: Fields,
    read: (reply: Fields) => Answer,
    how?: CallOptions,
  ): Promise<Answered<Answer | NoResponse>> => {
    const { reply, latencyMs } = await calls.call(origin, path, fields, how);
    return { answer: reply.ok ? read(reply.value) : reply.error, host: new URL(origin).host, latencyMs };
  };

  const ask: Ask = async (path, fields, read, alone) => {
    const origin = domains.pick(clock.read().monoMs);
    // A reverse usually comes next, and then it needs only one round trip.
    if (!alone) calls.open(origin, true);
    const answered = await send(origin, path, fields, read, { alone });
    const { answer } = answered;
    if (isNoResponse(answer)) domains.failed(origin, answer.why, clock.read().monoMs);
    return answered;
  };

  return {
    pay: (request, onLeft, leaveByMonoMs) =>
      send(primary, PATHS[request.family].pay, payFields(request, terminal), (reply) => payAnswer(reply, request), {
        onLeft,
        ...(leaveByMonoMs === undefined ? {} : { leaveByMonoMs }),
      }),
    query: async (ref) => {
      const startedMs = clock.read().monoMs;
      const answered = await ask(
        PATHS[ref.family].query,
        refFields(ref),
        (reply) => queryAnswer(reply, ref),
        ref.outTradeNo === null,
      );
      const { answer } = answered;
      if (answer.kind !== 'seen' || answer.tradeState !== 'REFUND') return answered;
      const askedFurther = { ...answer, refunds: await allRefunds(ask, ref) };
      return { ...answered, answer: askedFurther, latencyMs: Math.round(clock.read().monoMs - startedMs) };
    },
    reverse: (ref) => ask(PATHS[ref.family].reverse, refFields(ref), reverseAnswer, true),
    authInfo: async (rawData) => {
      const fields = authInfoFields(rawData, terminal, clock.read().wallMs);
      const { reply } = await calls.call(merchant.faceGateway, AUTH_INFO_PATH, fields);
      if (!reply.ok) return reply;
      const authinfo = reply.value['authinfo'] ?? '';
      return authinfo === '' ? fail({ kind: 'no-answer', why: 'bad-reply', text: 'authinfo' }) : ok(authinfo);
    },
    openAhead: () => {
      calls.open(primary);
    },
    close: () => {
      calls.close();
    },
  };
}

/** How much went back, over all pages that the gateway returns. */
async function allRefunds(ask: Ask, ref: OrderRef): Promise<RefundsAnswer> {
  const pages: RefundsPage[] = [];
  for (let offset = 0, total = 1; offset < total;) {
    const { answer } = await ask(
      REFUND_QUERY_PATH,
      refundQueryFields(ref, offset),
      (reply) => refundsPage(reply, ref),
      false,
    );
    if (answer.kind !== 'page') return answer;
    // Refunds were announced and none came. What is missing may be half of them.
    if (answer.refunds.length === 0 && offset < answer.totalCount)
      return { kind: 'no-answer', why: 'bad-reply', text: 'refund_count' };
    pages.push(answer);
    offset += answer.refunds.length;
    total = Math.min(answer.totalCount, REFUNDS_MAX);
  }
  return refundsOf(pages);
}

const isNoResponse = (answer: unknown): answer is NoResponse =>
  typeof answer === 'object' && answer !== null && 'why' in answer && 'kind' in answer && answer.kind === 'no-answer';
