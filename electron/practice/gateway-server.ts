/**
 * WeChat Pay's v2 gateway for practice: real mutual TLS on loopback, the checks that WeChat Pay makes, and the
 * scenarios of shared/practice/scenarios.ts.
 */
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { ok, unreachable, type Result } from '../../shared/result.ts';
import type { Clock, Timestamp } from '../base/clock.ts';
import type { Fields } from '../wechat/sign.ts';
import { checkRequest } from './checks.ts';
import type { OperationContext, Job, Outcome } from './operation.ts';
import { faceSecretOf, mintFaceCode, mintPaymentCode, type FacePayment } from './face-code.ts';
import { Ledger } from './ledger.ts';
import { readSeed, type LedgerOrder, type Seed } from './ledger-order.ts';
import { Listener, type Delayed, type Incoming } from './listener.ts';
import { answerBill } from './bill.ts';
import { answerAuthinfo, answerPay } from './pay.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import { answerQuery } from './query.ts';
import { answerRefund } from './refund.ts';
import { answerRefundQuery } from './refund-query.ts';
import { proxyPage } from './replies.ts';
import { answerReverse } from './reverse.ts';
import { routes } from './routes.ts';
import { answerDelayMs } from './scenarios.ts';
import { createThrowawayCa, type ThrowawayCa } from './throwaway-ca.ts';

export type Domain = 'primary' | 'backup';

/** One request that reached a domain, with any result. */
export interface RecordedRequest {
  readonly at: Timestamp;
  readonly host: Domain;
  readonly path: string;
  /** Without sign, codes, openid and device data; empty if the XML could not be read. */
  readonly fields: Fields;
}

export interface PracticeGatewayOptions {
  readonly clock: Clock;
  readonly merchant: PracticeMerchant;
  /** For the next payments; `paid` if left out. */
  readonly scenario?: Scenario | undefined;
  /** The last text that `save` received, to go on from it. */
  readonly ledgerText?: string | undefined;
  readonly save?: ((text: string) => void) | undefined;
  /** 0, the default, takes any free port. */
  readonly ports?: Readonly<Record<Domain, number>> | undefined;
  /** A certificate authority to reuse; otherwise a new one is made. */
  readonly ca?: ThrowawayCa | undefined;
}

export interface PracticeGateway {
  /** Origins: `https://127.0.0.1:port`. */
  readonly primary: string;
  readonly backup: string;
  readonly merchant: PracticeMerchant;
  readonly ca: ThrowawayCa;
  readonly caPem: string;
  readonly clientCertPem: string;
  readonly clientKeyPem: string;
  /** For `createPracticeFaceDevice`; the same as `faceSecretOf(merchant.apiKey)`. */
  readonly faceSecret: Uint8Array;
  readonly scenario: Scenario;
  readonly ledger: Ledger;
  /** The latest, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** For the next payments: orders keep the scenario they were made with. Ends an outage of the main domain. */
  setScenario(scenario: Scenario): Promise<void>;
  /** Enters an order "paid elsewhere", and replaces one with the same number. The error names what was wrong. */
  seed(seed: Seed): Result<LedgerOrder, string>;
  mintFaceCode(payment: FacePayment): string;
  mintPaymentCode(): string;
  close(): Promise<void>;
}

const REQUESTS_MAX = 1_000;
const SECRETS: ReadonlySet<string> = new Set(['sign', 'face_code', 'auth_code', 'openid', 'rawdata']);

/** Starts both domains. Rejects if a port is taken or `ledgerText` is not a ledger. */
export async function startPracticeGateway(options: PracticeGatewayOptions): Promise<PracticeGateway> {
  const { clock, merchant, ports = { primary: 0, backup: 0 } } = options;
  const ledger = ledgerOf(options);
  const ca = options.ca ?? (await createThrowawayCa(clock.read().wallMs));
  const [certificate, client] = await Promise.all([ca.issueServer(), ca.issueMerchant(merchant.mchId)]);
  const faceSecret = faceSecretOf(merchant.apiKey);
  const requests: RecordedRequest[] = [];
  let scenario: Scenario = options.scenario ?? 'paid';

  async function answer(host: Domain, incoming: Incoming): Promise<Delayed> {
    const route = routes.get(incoming.path);
    if (route === undefined) return { answer: proxyPage(404, 'Not Found'), delayMs: 0 };
    const { fields, verdict } = checkRequest(incoming, route, merchant);
    requests.push({ at: incoming.arrivedAt, host, path: incoming.path, fields: withoutSecrets(fields) });
    if (requests.length > REQUESTS_MAX) requests.shift();
    if (!verdict.ok) return { answer: verdict.error, delayMs: answerDelayMs(scenario) };
    const job: Job = { caller: verdict.value, route, arrivedAt: incoming.arrivedAt };
    const outcome = operate(job, { merchant, ledger, faceSecret, scenario });
    if (outcome.primary === 'goes-down') listeners.primary.takeDown();
    if (outcome.primary === 'comes-back') await listeners.primary.bringBack();
    return { answer: outcome.answer, delayMs: answerDelayMs(outcome.scenario) };
  }

  const listenerFor = (host: Domain): Listener =>
    new Listener({ clock, caPem: ca.caPem, certificate, answer: (incoming) => answer(host, incoming) });
  const listeners = { primary: listenerFor('primary'), backup: listenerFor('backup') };
  await listeners.primary.open(ports.primary);
  await listeners.backup.open(ports.backup).catch(async (error: unknown) => {
    await listeners.primary.close();
    throw error;
  });

  return {
    primary: listeners.primary.origin,
    backup: listeners.backup.origin,
    merchant,
    ca,
    caPem: ca.caPem,
    clientCertPem: client.certPem,
    clientKeyPem: client.keyPem,
    faceSecret,
    ledger,
    requests,
    get scenario() {
      return scenario;
    },
    setScenario: async (next) => {
      scenario = next;
      await listeners.primary.bringBack();
    },
    seed: (seed) => {
      const checked = readSeed(seed);
      return checked.ok ? ok(ledger.seed(checked.value, merchant)) : checked;
    },
    mintFaceCode: (payment) => mintFaceCode(faceSecret, merchant, payment),
    mintPaymentCode,
    close: async () => {
      await Promise.all([listeners.primary.close(), listeners.backup.close()]);
    },
  };
}

function operate(job: Job, context: OperationContext): Outcome {
  const { operation } = job.route;
  switch (operation) {
    case 'authinfo':
      return answerAuthinfo(job, context);
    case 'pay':
      return answerPay(job, context);
    case 'query':
      return answerQuery(job, context);
    case 'refund':
      return answerRefund(job, context);
    case 'refundquery':
      return answerRefundQuery(job, context);
    case 'downloadbill':
      return answerBill(job, context);
    case 'reverse':
      return answerReverse(job, context);
    default:
      return unreachable(operation);
  }
}

function ledgerOf({ clock, save, ledgerText }: PracticeGatewayOptions): Ledger {
  if (ledgerText === undefined) return new Ledger({ clock, save });
  const kept = Ledger.from(ledgerText, { clock, save });
  if (!kept.ok) throw new Error(`the practice ledger cannot be read: ${kept.error}`);
  return kept.value;
}

const withoutSecrets = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRETS.has(name)));
