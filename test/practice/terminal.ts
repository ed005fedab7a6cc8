/** A bare terminal for the tests of the practice gateway: node:https, mutual TLS, our signing, and nothing else. */
import { randomBytes } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { Family } from '../../shared/order/order.ts';
import type { SignType } from '../../shared/settings.ts';
import {
  startPracticeGateway,
  type Domain,
  type PracticeGateway,
  type PracticeGatewayOptions,
} from '../../electron/practice/gateway-server.ts';
import { newPracticeMerchant, type PracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import type { KeyedCertificate } from '../../electron/practice/throwaway-ca.ts';
import { sign, verify, type Fields } from '../../electron/wechat/sign.ts';
import { readXml, writeXml } from '../../electron/wechat/xml.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { thriftyCa } from '../support/secrets/thrifty-ca.ts';

export const paths = {
  facepay: { pay: '/pay/facepay', query: '/pay/facepayquery', reverse: '/secapi/pay/facepayreverse' },
  micropay: { pay: '/pay/micropay', query: '/pay/orderquery', reverse: '/secapi/pay/reverse' },
} as const;
export const REFUND_PATH = '/secapi/pay/refund';
export const REFUND_QUERY_PATH = '/pay/refundquery';
export const AUTHINFO_PATH = '/face/get_wxpayface_authinfo';

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** What ended a call without a reply: an error's code, or `given-up` after the caller's own limit. */
export class NoReply extends Error {}

export interface SendOptions {
  readonly host?: Domain;
  readonly method?: string;
  /** `null`: present no certificate. */
  readonly certificate?: KeyedCertificate | null;
  readonly signal?: AbortSignal;
}

/** Practice gateway, fake clock and terminal, for one test. */
export class Bench {
  readonly clock: FakeClock;
  readonly gateway: PracticeGateway;
  family: Family = 'facepay';
  signType: SignType = 'HMAC-SHA256';
  #orders = 0;

  constructor(clock: FakeClock, gateway: PracticeGateway) {
    this.clock = clock;
    this.gateway = gateway;
  }

  get merchant(): PracticeMerchant {
    return this.gateway.merchant;
  }

  nextOrder(): string {
    this.#orders += 1;
    return `T${String(Date.now())}x${String(this.#orders)}`;
  }

  /** The fields every request has, before it is signed. */
  common(): Record<string, string> {
    const { appid, mchId, subMchId, subAppid } = this.merchant;
    return {
      appid,
      mch_id: mchId,
      nonce_str: randomBytes(16).toString('hex'),
      ...(subAppid === undefined ? {} : { sub_appid: subAppid }),
      ...(subMchId === undefined ? {} : { sub_mch_id: subMchId }),
      ...(this.signType === 'MD5' ? {} : { sign_type: this.signType }),
    };
  }

  payFields(outTradeNo: string, totalFee = 1_234): Record<string, string> {
    const code =
      this.family === 'facepay'
        ? { face_code: this.gateway.mintFaceCode({ outTradeNo, totalFee }) }
        : { auth_code: this.gateway.mintPaymentCode() };
    return {
      ...this.common(),
      body: '练习 & <practice>',
      out_trade_no: outTradeNo,
      total_fee: String(totalFee),
      spbill_create_ip: '127.0.0.1',
      ...code,
    };
  }

  authinfoFields(): Record<string, string> {
    return {
      ...this.common(),
      store_id: 'store-1',
      store_name: '门店',
      device_id: 'kiosk-1',
      rawdata: 'raw',
      now: '1767578400',
      version: '1',
    };
  }

  signed(fields: Fields): Fields {
    return { ...fields, sign: sign(fields, this.merchant.apiKey, this.signType) };
  }

  /** Sends `body` as it is. Rejects with `NoReply` if nothing came back. */
  async send(path: string, body: string | Uint8Array, options: SendOptions = {}): Promise<Reply> {
    const { host = 'primary', method = 'POST', signal } = options;
    const { certificate = { certPem: this.gateway.clientCertPem, keyPem: this.gateway.clientKeyPem } } = options;
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing: ClientRequest = request(
        `${this.gateway[host]}${path}`,
        {
          method,
          ca: this.gateway.caPem,
          ...(certificate === null ? {} : { cert: certificate.certPem, key: certificate.keyPem }),
          ...(signal === undefined ? {} : { signal }),
          agent: false,
          headers: { 'content-type': 'text/xml; charset=utf-8', 'content-length': Buffer.byteLength(body) },
        },
        resolve,
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        reject(new NoReply(error.name === 'AbortError' ? 'given-up' : (error.code ?? error.message)));
      });
      outgoing.end(body);
    });
    return { status: message.statusCode ?? 0, text: (await buffer(message)).toString('utf8') };
  }

  /** Signs and sends `fields`; gives the reply's fields, verified unless the reply says return_code FAIL. */
  async call(path: string, fields: Fields, options: SendOptions = {}): Promise<Fields> {
    const xml = writeXml(this.signed(fields));
    if (!xml.ok) throw new Error(xml.error.code);
    const reply = await this.send(path, xml.value, options);
    const read = readXml(Buffer.from(reply.text));
    if (!read.ok) throw new Error(`${String(reply.status)} ${read.error}: ${reply.text}`);
    if (read.value['return_code'] === 'SUCCESS') {
      expect(verify(read.value, this.merchant.apiKey, this.signType), 'the reply is signed like the request').toBe(
        true,
      );
    }
    return read.value;
  }

  pay(outTradeNo: string, options?: SendOptions): Promise<Fields> {
    return this.call(paths[this.family].pay, this.payFields(outTradeNo), options);
  }

  query(outTradeNo: string, options?: SendOptions): Promise<Fields> {
    return this.call(paths[this.family].query, { ...this.common(), out_trade_no: outTradeNo }, options);
  }

  reverse(outTradeNo: string, options?: SendOptions): Promise<Fields> {
    return this.call(paths[this.family].reverse, { ...this.common(), out_trade_no: outTradeNo }, options);
  }

  /** Pays under `scenario` with a call that hangs, gives it up when it has arrived, and lets 15 s pass. */
  async hangingOrder(scenario: Scenario, waitMs = 15_000): Promise<string> {
    await this.gateway.setScenario(scenario);
    const outTradeNo = this.nextOrder();
    await this.givenUp((signal) => this.pay(outTradeNo, { signal }));
    await this.clock.advance(waitMs);
    return outTradeNo;
  }

  /** Makes a call that gets no answer: it is given up when the gateway has it. */
  async givenUp(call: (signal: AbortSignal) => Promise<Fields>): Promise<void> {
    const before = this.gateway.requests.length;
    const controller = new AbortController();
    const pending = call(controller.signal);
    const ended = expect(pending).rejects.toThrow('given-up');
    await until(() => this.gateway.requests.length > before);
    controller.abort();
    await ended;
  }
}

/** Starts a gateway under a fake clock. */
export async function bench(options: Partial<PracticeGatewayOptions> = {}): Promise<Bench> {
  const clock = new FakeClock(Date.now());
  const gateway = await startPracticeGateway({
    clock,
    merchant: newPracticeMerchant(),
    ca: await thriftyCa(),
    ...options,
  });
  return new Bench(clock, gateway);
}

/** The calls over the real network, for which a clock that stands still must wait. */
export interface CallsUnderWay {
  counted<Answer>(call: Promise<Answer>): Promise<Answer>;
  /** Resolves once each of them is answered. */
  answered(): Promise<void>;
  /** The clock advances second by second, and waits for the network meanwhile. */
  pass(clock: FakeClock, seconds: number): Promise<void>;
}

export function callsUnderWay(): CallsUnderWay {
  let underWay = 0;
  const answered = (): Promise<void> => until(() => underWay === 0);
  return {
    async counted(call) {
      underWay += 1;
      try {
        return await call;
      } finally {
        underWay -= 1;
      }
    },
    answered,
    async pass(clock, seconds) {
      for (let second = 0; second < seconds; second += 1) {
        await clock.advance(1_000);
        if (underWay > 0) await answered();
      }
    },
  };
}

/** Waits, in real time, until `condition` holds. */
export async function until(condition: () => boolean, withinMs = 3_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('what was waited for did not happen');
    await sleep(5);
  }
}
