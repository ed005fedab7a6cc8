/** WeChat Pay's operations: which domain, which fields, and what a trusted reply means. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Merchant, Terminal } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import type {
  Answered,
  NoResponse,
  PayAnswer,
  QueryAnswer,
  RefundAnswer,
  RefundsAnswer,
  RefundSeen,
  ReverseAnswer,
} from './answers.ts';
import { domainChoice } from './domain-choice.ts';
import {
  AUTH_INFO_PATH,
  authInfoFields,
  PATHS,
  payAnswer,
  payFields,
  queryAnswer,
  refFields,
  reverseAnswer,
  type OrderRef,
  type PayRequest,
} from './face-pay.ts';
import {
  REFUND_PATH,
  REFUND_QUERY_PATH,
  refundAnswer,
  refundFields,
  refundQueryFields,
  REFUNDS_MAX,
  refundSeen,
  refundsOf,
  refundsPage,
  refundStatusFields,
  type RefundRef,
  type RefundRequest,
  type RefundsPage,
} from './refund.ts';
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
  /** Gives money back. Without a clear answer the identical request may be sent again: it is paid once per number. */
  refund(request: RefundRequest): Promise<Answered<RefundAnswer>>;
  /** What became of one refund, by its own number. */
  refundStatus(ref: RefundRef): Promise<Answered<RefundSeen>>;
  /** All refunds of an order, whoever made them. */
  refunds(ref: OrderRef): Promise<Answered<RefundsAnswer>>;
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

/**
 * A call to the domain that the next call should use. `alone`: on a connection that carries nothing else.
 * `reverse-next`: on any connection, and one for a reverse is opened meanwhile, which then needs only one round trip.
 */
type Ask = <Answer>(
  path: string,
  fields: Fields,
  read: (reply: Fields) => Answer,
  how?: 'alone' | 'reverse-next',
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

  const ask: Ask = async (path, fields, read, how) => {
    const origin = domains.pick(clock.read().monoMs);
    if (how === 'reverse-next') calls.open(origin, true);
    const answered = await send(origin, path, fields, read, { alone: how === 'alone' });
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
        ref.outTradeNo === null ? 'alone' : 'reverse-next',
      );
      const { answer } = answered;
      if (answer.kind !== 'seen' || answer.tradeState !== 'REFUND') return answered;
      const refunds = await allRefunds(ask, ref);
      const latencyMs = Math.round(clock.read().monoMs - startedMs);
      return { ...answered, answer: { ...answer, refunds: refunds.answer }, latencyMs };
    },
    reverse: (ref) => ask(PATHS[ref.family].reverse, refFields(ref), reverseAnswer, 'alone'),
    refund: (request) => ask(REFUND_PATH, refundFields(request), (reply) => refundAnswer(reply, request)),
    refundStatus: (ref) => ask(REFUND_QUERY_PATH, refundStatusFields(ref), (reply) => refundSeen(reply, ref)),
    refunds: (ref) => allRefunds(ask, ref),
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

/** How much went back, over all pages that the gateway returns; the durations together, the host of the last page. */
async function allRefunds(ask: Ask, ref: OrderRef): Promise<Answered<RefundsAnswer>> {
  const pages: RefundsPage[] = [];
  let latencyMs = 0;
  for (let offset = 0; ;) {
    const { answer, host, ...took } = await ask(REFUND_QUERY_PATH, refundQueryFields(ref, offset), (reply) =>
      refundsPage(reply, ref),
    );
    latencyMs += took.latencyMs;
    if (answer.kind !== 'page') return { answer, host, latencyMs };
    // Refunds were announced and none came. What is missing may be half of them.
    if (answer.refunds.length === 0 && offset < answer.totalCount) {
      return { answer: { kind: 'no-answer', why: 'bad-reply', text: 'refund_count' }, host, latencyMs };
    }
    pages.push(answer);
    offset += answer.refunds.length;
    if (offset >= Math.min(answer.totalCount, REFUNDS_MAX)) return { answer: refundsOf(pages), host, latencyMs };
  }
}

const isNoResponse = (answer: unknown): answer is NoResponse =>
  typeof answer === 'object' && answer !== null && 'why' in answer && 'kind' in answer && answer.kind === 'no-answer';
