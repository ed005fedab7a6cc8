/**
 * The two ways over the simulated network. `shortCalls` replaces the signed call as a whole and returns its result at
 * once; `wireTransport` carries real bytes for the real one, read and written by hand. A life takes the same course
 * with either; test/simulation/simulation.test.ts checks this.
 */
import { createHash, createHmac } from 'node:crypto';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { NoAnswer } from '../../../shared/order/order.ts';
import type { Merchant } from '../../../shared/settings.ts';
import type { NoResponse } from '../../../electron/wechat/answers.ts';
import type { Fields } from '../../../electron/wechat/sign.ts';
import type { SignedCalls } from '../../../electron/wechat/signed-calls.ts';
import type { Delivery, Transport } from '../../../electron/wechat/transport.ts';
import {
  BACKUP,
  CALL_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  PRIMARY,
  type Call,
  type Caller,
  type Exchanged,
  type Network,
  type Operation,
  type Shape,
} from './network.ts';

export const API_KEY = 'k3yOfTheSimulation00000000000042';
export const APP_ID = 'wx8888888888888888';
export const MCH_ID = '1900000109';

const OPERATIONS: Readonly<Record<string, Operation>> = {
  '/face/get_wxpayface_authinfo': 'authinfo',
  '/pay/facepay': 'pay',
  '/pay/micropay': 'pay',
  '/pay/facepayquery': 'query',
  '/pay/orderquery': 'query',
  '/pay/refundquery': 'refundquery',
  '/secapi/pay/refund': 'refund',
  '/secapi/pay/facepayreverse': 'reverse',
  '/secapi/pay/reverse': 'reverse',
};

function callOf(path: string, fields: Fields): Call {
  const operation = OPERATIONS[path];
  if (operation === undefined) throw new Error(`nobody serves ${path}`);
  const number = fields['out_trade_no'] ?? fields['transaction_id'] ?? fields['out_refund_no'] ?? '';
  return { operation, number, fields };
}

/** What the signed call makes of each shape: signed-calls.ts and transport.ts as one table. */
const VERDICTS: Readonly<Record<Exclude<Shape, 'genuine' | 'sub-left-out'>, NoAnswer>> = {
  'bad-gateway': 'http-status',
  'certificate-refused': 'certificate-refused',
  oversized: 'too-large',
  'login-page': 'bad-xml',
  truncated: 'bad-xml',
  empty: 'bad-xml',
  'field-twice': 'bad-xml',
  'wrong-sign': 'bad-signature',
  'no-sign': 'bad-signature',
  'md5-for-hmac': 'bad-signature',
  'other-key': 'bad-signature',
  'other-merchant': 'wrong-merchant',
  'unsigned-fail': 'unsigned-fail',
  'unsigned-busy': 'busy',
  'unsigned-too-often': 'too-often',
};

export function shortCalls(network: Network, caller: Caller): SignedCalls {
  return {
    async call(origin, path, fields, how = {}) {
      const startedMs = caller.clock.read().monoMs;
      const reply = shortly(await network.exchange(caller, origin, callOf(path, fields), how));
      return { reply, latencyMs: Math.round(caller.clock.read().monoMs - startedMs) };
    },
    open: () => undefined,
    close: () => undefined,
  };
}

function shortly(exchanged: Exchanged): Result<Fields, NoResponse> {
  if (exchanged.kind === 'nothing') return fail({ kind: 'no-answer', why: exchanged.why, text: null });
  const { shape, fields } = exchanged;
  return shape === 'genuine' || shape === 'sub-left-out'
    ? ok(fields)
    : fail({ kind: 'no-answer', why: VERDICTS[shape], text: null });
}

export function wireTransport(network: Network, caller: Caller, merchant: Merchant): Transport {
  return {
    async post(url, body, onLeft, _alone, leaveByMonoMs) {
      const { origin, pathname } = new URL(url);
      const fields = readByHand(body);
      if (fields['sign'] !== signByHand(fields)) throw new Error(`a request left with a wrong signature: ${pathname}`);
      return delivered(
        await network.exchange(caller, origin, callOf(pathname, fields), { onLeft, leaveByMonoMs }),
        merchant,
      );
    },
    open: () => undefined,
    close: () => undefined,
  };
}

function delivered(exchanged: Exchanged, merchant: Merchant): Delivery {
  if (exchanged.kind === 'nothing') return { ok: false, why: exchanged.why, text: null };
  const { shape } = exchanged;
  // These three end in transport.ts, because of status and size.
  if (shape === 'bad-gateway' || shape === 'certificate-refused' || shape === 'oversized')
    return { ok: false, why: VERDICTS[shape], text: null };
  return { ok: true, body: Buffer.from(bodyOf(shape, exchanged.fields, merchant), 'utf8') };
}

function bodyOf(shape: Shape, fields: Fields, { appid, mchId, subMchId }: Merchant): string {
  const sub: Fields = shape === 'sub-left-out' || subMchId === undefined ? {} : { sub_mch_id: subMchId };
  const reply: Fields = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid,
    mch_id: mchId,
    ...sub,
    nonce_str: 'n0nce',
    ...fields,
  };
  const signed = (key?: string): Fields => ({ ...reply, sign: signByHand(reply, key) });
  switch (shape) {
    case 'login-page':
      return '<html><head><title>Wi-Fi</title></head><body><form action="/login"></form></body></html>';
    case 'empty':
      return '';
    case 'truncated': {
      const whole = writeByHand(signed());
      return whole.slice(0, whole.length >> 1);
    }
    case 'field-twice':
      return writeByHand(signed()).replace('<nonce_str>', '<nonce_str>2</nonce_str><nonce_str>');
    case 'wrong-sign':
      return writeByHand({ ...signed(), nonce_str: 'changed' });
    case 'no-sign':
      return writeByHand(reply);
    case 'md5-for-hmac':
      return writeByHand({
        ...reply,
        sign: createHash('md5')
          .update(`${stringByHand(reply)}&key=${API_KEY}`)
          .digest('hex')
          .toUpperCase(),
      });
    case 'other-key':
      return writeByHand(signed('an0therKey0000000000000000000000'));
    case 'other-merchant': {
      const other = { ...reply, mch_id: '1900000110' };
      return writeByHand({ ...other, sign: signByHand(other) });
    }
    case 'unsigned-fail':
      return writeByHand({ return_code: 'FAIL', return_msg: '签名错误' });
    case 'unsigned-busy':
      return writeByHand({ return_code: 'FAIL', return_msg: '系统繁忙,请稍后再试' });
    case 'unsigned-too-often':
      return writeByHand({ return_code: 'FAIL', return_msg: '频率超限' });
    default:
      return writeByHand(signed());
  }
}

function stringByHand(fields: Fields): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign' && fields[name] !== '');
  names.sort((a, b) => (a < b ? -1 : 1));
  return names.map((name) => `${name}=${fields[name] ?? ''}`).join('&');
}

const signByHand = (fields: Fields, key = API_KEY): string =>
  createHmac('sha256', key)
    .update(`${stringByHand(fields)}&key=${key}`)
    .digest('hex')
    .toUpperCase();

const writeByHand = (fields: Fields): string =>
  `<xml>${Object.entries(fields)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('')}</xml>`;

const readByHand = (xml: string): Fields =>
  Object.fromEntries(
    [...xml.matchAll(/<(\w+)><!\[CDATA\[(.*?)\]\]><\/\1>/gs)].map(([, name = '', value = '']) => [name, value]),
  );

/** The merchant of the simulation, with both domains. */
export const SIM_MERCHANT = {
  appid: APP_ID,
  mchId: MCH_ID,
  subMchId: '1900000211',
  signType: 'HMAC-SHA256',
  family: 'facepay',
  gateway: { primary: PRIMARY, backup: BACKUP },
  faceGateway: PRIMARY,
  connectTimeoutMs: CONNECT_TIMEOUT_MS,
  callTimeoutMs: CALL_TIMEOUT_MS,
} as const;
