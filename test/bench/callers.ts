/**
 * The callers that can send a reverse, each behind one function: ours, the two libraries, and bare node:https as the
 * limit.
 */
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:https';
import { createRequire } from 'node:module';
import { Wechatpay } from 'wechatpay-axios-plugin';
import { systemClock } from '../../electron/base/clock.ts';
import { toPkcs12, type KeyedCertificate } from '../../electron/practice/throwaway-ca.ts';
import type { PracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { signedCalls } from '../../electron/wechat/signed-calls.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { merchantSchema } from '../../shared/settings.ts';

export interface Caller {
  readonly name: string;
  /** Work that starts before the call is due; nobody waits for it. */
  readonly prepare?: () => void;
  /** Sends one reverse and checks the reply; rejects if the check fails. */
  readonly call: () => Promise<void>;
  readonly close: () => void;
}

export interface World {
  readonly origin: string;
  readonly merchant: PracticeMerchant;
  readonly own: KeyedCertificate;
  readonly caPem: string;
  readonly roundTripMs: number;
  /** A whole request, signed once, for callers that only send. */
  readonly request: string;
}

const PATH = '/secapi/pay/reverse';
const NUMBER = '2026112400000000000000000001';

export type CallerOf = (world: World) => Caller;

const oursOver =
  (name: string, alone: boolean): CallerOf =>
  ({ origin, merchant: { appid, mchId, apiKey }, own, caPem }) => {
    const merchant = merchantSchema.parse({
      appid,
      mchId,
      signType: 'MD5',
      family: 'micropay',
      gateway: { primary: origin },
    });
    const clock = systemClock();
    const transport = httpsTransport({ ...own, caPem }, merchant, clock);
    const calls = signedCalls({ merchant, apiKey, transport, clock, nonce: () => randomBytes(16).toString('hex') });
    return {
      name,
      // As during the window: opened, checked, and waiting.
      ...(alone
        ? {
            prepare: () => {
              calls.open(origin, true);
            },
          }
        : {}),
      call: async () => {
        const { reply } = await calls.call(origin, PATH, { out_trade_no: NUMBER }, { alone });
        if (!reply.ok) throw new Error(reply.error.why);
      },
      close: () => {
        calls.close();
      },
    };
  };

/** A reverse as the app sends it: on a connection of its own, opened during the window. */
export const ours = oursOver('ours: opened ahead, never shared', true);
/** A query as the app sends it: on the connection that is kept open. */
export const oursKept = oursOver('ours: kept connection (queries)', false);

const axiosOver =
  (name: string, tuned: boolean): CallerOf =>
  ({ origin, merchant: { appid, mchId, apiKey }, own, caPem }) => {
    const tls = { cert: own.certPem, key: own.keyPem, ca: caPem };
    const agent = new Agent({ ...tls, keepAlive: true });
    const wxpay = new Wechatpay({
      mchid: mchId,
      serial: 'none',
      privateKey: own.keyPem,
      certs: { theirs: own.certPem },
      secret: apiKey,
      baseURL: origin,
      ...(tuned ? { httpsAgent: agent } : { merchant: tls }),
    });
    return {
      name,
      call: async () => {
        await wxpay
          .chain('v2/secapi/pay/reverse')
          .post({ appid, mch_id: mchId, out_trade_no: NUMBER, sign_type: 'MD5' }, { security: true });
      },
      close: () => {
        agent.destroy();
      },
    };
  };
export const axiosAsDocumented = axiosOver('wechatpay-axios-plugin, as documented', false);
export const axiosTuned = axiosOver('wechatpay-axios-plugin, shared keep-alive agent', true);

interface Tenpay {
  init(config: object): { urls: { reverse: string }; reverse(order: object): Promise<unknown> };
}

export const tenpay: CallerOf = ({ origin, merchant: { appid, mchId, apiKey }, own }) => {
  const payment = (createRequire(import.meta.url)('tenpay') as Tenpay).init({
    appid,
    mchid: mchId,
    partnerKey: apiKey,
    pfx: toPkcs12(own, mchId),
  });
  payment.urls.reverse = origin + PATH;
  return {
    name: 'tenpay',
    call: async () => {
      await payment.reverse({ out_trade_no: NUMBER });
    },
    close: () => undefined,
  };
};

/** Signs nothing and reads nothing: only the time of Node itself. */
export const bare: CallerOf = ({ origin, own, caPem, request: body }) => {
  const agent = new Agent({ cert: own.certPem, key: own.keyPem, ca: caPem, keepAlive: true });
  return {
    name: 'bare node:https, keep-alive (the limit)',
    call: () =>
      new Promise((resolve, reject) => {
        const call = request(
          origin + PATH,
          { agent, method: 'POST', headers: { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) } },
          (response) => {
            response.resume().on('end', resolve);
          },
        );
        call.on('error', reject).end(body);
      }),
    close: () => {
      agent.destroy();
    },
  };
};
