/** The operations as data: the fields of each request, and what each checked reply says. Pure. */
import { z } from 'zod';
import { tradeStateSchema, type Family, type Recall } from '../../shared/order.ts';
import type { Merchant, Terminal } from '../../shared/settings.ts';
import type { PayAnswer, QueryAnswer, ReverseAnswer, Silence } from './answers.ts';
import { ORDER_NOT_FOUND, payVerdict } from './error-codes.ts';
import type { Fields } from './sign.ts';

/** Paths of the two route families (protocol notes, 1). */
export const PATHS: Readonly<Record<Family, { readonly pay: string; readonly query: string; readonly reverse: string }>> = {
  facepay: { pay: '/pay/facepay', query: '/pay/facepayquery', reverse: '/secapi/pay/facepayreverse' },
  micropay: { pay: '/pay/micropay', query: '/pay/orderquery', reverse: '/secapi/pay/reverse' },
};
export const AUTH_INFO_PATH = '/face/get_wxpayface_authinfo';

/** Which order a query or reverse means. At least one number; out_trade_no is sent where it is known. */
export interface OrderRef {
  readonly family: Family;
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
}

export interface PayRequest {
  readonly family: Family;
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** From the face device: a face code (facepay) or an 18-digit payment code (micropay). Spent by one call. */
  readonly faceCode: string;
  readonly openid: string | null;
  /** What the customer reads on the bill, at most 128 characters. */
  readonly body: string;
  readonly terminalIp: string;
}

export const payFields = (request: PayRequest, terminal: Terminal): Fields => ({
  device_info: terminal.deviceId,
  body: request.body,
  out_trade_no: request.outTradeNo,
  total_fee: String(request.amountFen),
  fee_type: 'CNY',
  spbill_create_ip: request.terminalIp,
  ...(request.family === 'facepay'
    ? { face_code: request.faceCode, openid: request.openid ?? '' }
    : { auth_code: request.faceCode }),
});

/** One number only: were both sent, transaction_id would win, and a mistyped one would reverse somebody else's order. */
export const refFields = ({ outTradeNo, transactionId }: OrderRef): Fields =>
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

/** Whether a verified reply is to this merchant. sub_appid may be left out of replies; nothing else may differ. */
export function isForMerchant(reply: Fields, merchant: Merchant): boolean {
  const ours = merchantFields(merchant);
  return (
    reply['appid'] === ours['appid'] &&
    reply['mch_id'] === ours['mch_id'] &&
    (reply['sub_mch_id'] ?? '') === ours['sub_mch_id'] &&
    ['', ours['sub_appid']].includes(reply['sub_appid'] ?? '')
  );
}

const silence = (why: Silence['why'], text: string): Silence => ({ kind: 'no-answer', why, text });
const badReply = (field: string): Silence => silence('bad-reply', field);

const errCodeSchema = z.string().regex(/^[A-Z0-9_]{1,32}$/);
const feeSchema = z
  .string()
  .regex(/^\d{1,12}$/)
  .transform(Number);

export function payAnswer(reply: Fields, request: PayRequest): PayAnswer {
  if (reply['result_code'] !== 'SUCCESS') {
    const errCode = errCodeSchema.safeParse(reply['err_code']);
    return errCode.success ? { kind: payVerdict(errCode.data), errCode: errCode.data } : badReply('err_code');
  }
  if (reply['out_trade_no'] !== request.outTradeNo) return silence('wrong-merchant', 'out_trade_no');
  if (feeSchema.safeParse(reply['total_fee']).data !== request.amountFen) return silence('wrong-merchant', 'total_fee');
  const transactionId = reply['transaction_id'] ?? '';
  return transactionId === '' ? badReply('transaction_id') : { kind: 'paid', transactionId };
}

export function queryAnswer(reply: Fields, ref: OrderRef): QueryAnswer {
  if (reply['result_code'] !== 'SUCCESS') {
    const errCode = errCodeSchema.safeParse(reply['err_code']);
    if (!errCode.success) return badReply('err_code');
    return errCode.data === ORDER_NOT_FOUND ? { kind: 'not-found' } : { kind: 'refused', errCode: errCode.data };
  }
  const outTradeNo = reply['out_trade_no'] ?? '';
  const transactionId = reply['transaction_id'] ?? '';
  if (outTradeNo === '') return badReply('out_trade_no');
  if (ref.outTradeNo !== null && outTradeNo !== ref.outTradeNo) return silence('wrong-merchant', 'out_trade_no');
  if (ref.transactionId !== null && transactionId !== '' && transactionId !== ref.transactionId) {
    return silence('wrong-merchant', 'transaction_id');
  }
  const tradeState = tradeStateSchema.safeParse(reply['trade_state']);
  if (!tradeState.success) return badReply('trade_state');
  return {
    kind: 'seen',
    tradeState: tradeState.data,
    outTradeNo,
    transactionId: transactionId === '' ? null : transactionId,
    amountFen: feeSchema.safeParse(reply['total_fee']).data ?? null,
  };
}

/** `recall` and `err_code` are read independently: nothing in the documents ties one to the other. */
export function reverseAnswer(reply: Fields): ReverseAnswer {
  const recall = recallOf(reply);
  if (reply['result_code'] === 'SUCCESS') return { kind: 'accepted', recall };
  const errCode = errCodeSchema.safeParse(reply['err_code']);
  return errCode.success ? { kind: 'refused', errCode: errCode.data, recall } : badReply('err_code');
}

function recallOf(reply: Fields): Recall {
  const recall = reply['recall'];
  return recall === 'Y' || recall === 'N' ? recall : 'missing';
}
