/** The operations as data: the fields of each request, and the meaning of each checked reply. Pure. */
import { tradeStateSchema, type Family, type Recall } from '../../shared/order/order.ts';
import type { Merchant, Terminal } from '../../shared/settings.ts';
import type { PayAnswer, QueryAnswer, ReverseAnswer } from './answers.ts';
import { ORDER_NOT_FOUND, payVerdict } from './error-codes.ts';
import { badReply, errCodeOf, noResponse, numberOf, plainName } from './reply-fields.ts';
import type { Fields } from './sign.ts';

/** Paths of the two route families (electron/wechat/README.md, "Routes"). */
export const PATHS: Readonly<
  Record<Family, { readonly pay: string; readonly query: string; readonly reverse: string }>
> = {
  facepay: { pay: '/pay/facepay', query: '/pay/facepayquery', reverse: '/secapi/pay/facepayreverse' },
  micropay: { pay: '/pay/micropay', query: '/pay/orderquery', reverse: '/secapi/pay/reverse' },
};
export const AUTH_INFO_PATH = '/face/get_wxpayface_authinfo';

/** An order's numbers, as far as they are known: at least one. out_trade_no is sent if it is known. */
export interface OrderNumbers {
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
}

/** Which order a query or reverse is about. */
export interface OrderRef extends OrderNumbers {
  readonly family: Family;
}

export interface PayRequest {
  readonly family: Family;
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** From the face device: a face code (facepay) or an 18-digit payment code (micropay). One call uses it up. */
  readonly faceCode: string;
  readonly openid: string | null;
  /** What the customer reads on the bill, at most 128 characters. */
  readonly body: string;
  readonly terminalIp: string;
}

/** What the customer reads on the bill, in characters (electron/wechat/README.md, "Pay"). */
const BODY_MAX: Readonly<Record<Family, number>> = { facepay: 128, micropay: 127 };
const SCENE_INFO_MAX = 256;

/** The shop that the payment is made in, for WeChat Pay's own records; a long name is cut to what the field holds. */
function sceneInfo({ storeId, storeName }: Terminal): string {
  const text = (name: string): string => JSON.stringify({ store_info: { id: storeId, name } });
  const characters = Array.from(storeName);
  while (Buffer.byteLength(text(characters.join(''))) > SCENE_INFO_MAX) characters.pop();
  return text(characters.join(''));
}

export const payFields = (request: PayRequest, terminal: Terminal): Fields => ({
  device_info: terminal.deviceId,
  body: Array.from(request.body).slice(0, BODY_MAX[request.family]).join(''),
  out_trade_no: request.outTradeNo,
  total_fee: String(request.amountFen),
  fee_type: 'CNY',
  spbill_create_ip: request.terminalIp,
  ...(request.family === 'facepay'
    ? { face_code: request.faceCode, openid: request.openid ?? '' }
    : { auth_code: request.faceCode, scene_info: sceneInfo(terminal) }),
});

/**
 * Only one number is sent. If both were sent, transaction_id would win, and a mistyped one would reverse another
 * customer's order.
 */
export const refFields = ({ outTradeNo, transactionId }: OrderNumbers): Fields =>
  outTradeNo !== null ? { out_trade_no: outTradeNo } : { transaction_id: transactionId ?? '' };

export const authInfoFields = (rawData: string, terminal: Terminal, wallMs: number): Fields => ({
  store_id: terminal.storeId,
  store_name: terminal.storeName,
  device_id: terminal.deviceId,
  rawdata: rawData,
  now: String(Math.floor(wallMs / 1_000)),
  version: '1',
});

/** The ids every request of this merchant bears. */
export const merchantFields = (merchant: Merchant): Fields => ({
  appid: merchant.appid,
  mch_id: merchant.mchId,
  sub_appid: merchant.subAppid ?? '',
  sub_mch_id: merchant.subMchId ?? '',
});

/**
 * The reason why a verified reply is not for this merchant; `null` if there is none. A field that is left out
 * contradicts nothing, but appid and mch_id must be there. A field that differs means another merchant's reply
 * (electron/wechat/README.md, "Trust in a reply").
 */
export function merchantProblem(
  reply: Fields,
  merchant: Merchant,
): { readonly why: 'wrong-merchant' | 'bad-reply'; readonly field: string } | null {
  const ours = merchantFields(merchant);
  const given = (field: string): string => reply[field] ?? '';
  const foreign = Object.keys(ours).find((field) => given(field) !== '' && given(field) !== ours[field]);
  if (foreign !== undefined) return { why: 'wrong-merchant', field: foreign };
  const missing = ['appid', 'mch_id'].find((field) => given(field) === '');
  return missing === undefined ? null : { why: 'bad-reply', field: missing };
}

export function payAnswer(reply: Fields, request: PayRequest): PayAnswer {
  if (reply['result_code'] !== 'SUCCESS') {
    const refusal = errCodeOf(reply);
    if (refusal.kind === 'no-answer') return refusal;
    const { errCode } = refusal;
    // The same error under a general code (electron/wechat/README.md, "Pay: err_codes").
    const taken = errCode === 'INVALID_REQUEST' && /订单号重复/.test(reply['err_code_des'] ?? '');
    return taken ? { kind: 'declined', errCode: 'OUT_TRADE_NO_USED' } : { kind: payVerdict(errCode), errCode };
  }
  if (reply['out_trade_no'] !== request.outTradeNo) return noResponse('wrong-merchant', 'out_trade_no');
  const paidFen = numberOf(reply, 'total_fee');
  if (paidFen === null) return badReply('total_fee');
  if (paidFen !== request.amountFen) return { kind: 'other-amount', amountFen: paidFen };
  const transactionId = reply['transaction_id'] ?? '';
  return transactionId === '' ? badReply('transaction_id') : { kind: 'paid', transactionId };
}

export function queryAnswer(reply: Fields, ref: OrderRef): QueryAnswer {
  if (reply['result_code'] !== 'SUCCESS') {
    const refusal = errCodeOf(reply);
    return refusal.kind === 'refused' && refusal.errCode === ORDER_NOT_FOUND ? { kind: 'not-found' } : refusal;
  }
  const outTradeNo = reply['out_trade_no'] ?? '';
  const transactionId = reply['transaction_id'] ?? '';
  if (outTradeNo === '') return badReply('out_trade_no');
  if (ref.outTradeNo !== null && outTradeNo !== ref.outTradeNo) return noResponse('wrong-merchant', 'out_trade_no');
  if (ref.transactionId !== null && transactionId !== '' && transactionId !== ref.transactionId) {
    return noResponse('wrong-merchant', 'transaction_id');
  }
  const named = {
    outTradeNo,
    transactionId: transactionId === '' ? null : transactionId,
    amountFen: numberOf(reply, 'total_fee'),
  };
  const state = reply['trade_state'] ?? '';
  if (state === '') return badReply('trade_state');
  const tradeState = tradeStateSchema.safeParse(OLDER_NAMES.get(state) ?? state);
  return tradeState.success
    ? { kind: 'seen', tradeState: tradeState.data, ...named }
    : { kind: 'unknown-state', name: plainName(state), ...named };
}

/** The name of a state in older documents. NOPAY is a confirmation that timed out, so nothing is paid. */
const OLDER_NAMES: ReadonlyMap<string, string> = new Map([['NOPAY', 'NOTPAY']]);

/** `recall` and `err_code` are read independently: no document connects them. */
export function reverseAnswer(reply: Fields): ReverseAnswer {
  const recall = recallOf(reply);
  if (reply['result_code'] === 'SUCCESS') return { kind: 'accepted', recall };
  const refusal = errCodeOf(reply);
  return refusal.kind === 'refused' ? { ...refusal, recall } : refusal;
}

function recallOf(reply: Fields): Recall {
  const recall = reply['recall'];
  return recall === 'Y' || recall === 'N' ? recall : 'missing';
}
