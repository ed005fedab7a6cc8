/**
 * The payment codes that practice offers. What each of them does stands in its digits, so that a code that was photographed
 * or printed does it too. Codes without these digits are taken as WeChat Pay takes them.
 */
import { randomInt } from 'node:crypto';
import { practiceCodeKindSchema, type PracticeCode, type PracticeCodeKind } from '../../shared/practice/codes.ts';

const MARKS: Readonly<Record<PracticeCodeKind, string>> = {
  usual: '13000001',
  'needs-password': '13000002',
  spent: '13000003',
  'other-wallet': '28000001',
};
const LENGTH = 18;

const mint = (kind: PracticeCodeKind): string =>
  MARKS[kind] + Array.from({ length: LENGTH - MARKS[kind].length }, () => randomInt(10)).join('');

/** One of each kind, never offered before. */
export const offeredCodes = (): PracticeCode[] =>
  practiceCodeKindSchema.options.map((kind) => ({ kind, code: mint(kind) }));

/** What an offered code does; `null` for any other code. */
export const offeredKind = (code: string): PracticeCodeKind | null =>
  practiceCodeKindSchema.options.find((kind) => code.startsWith(MARKS[kind])) ?? null;

/** What the gateway answers to a payment, and when the customer is charged all the same, in ms; `null`: never. */
export interface Refused {
  readonly errCode: string;
  readonly description: string;
  readonly chargedAfterMs: number | null;
}

const refused = (errCode: string, description: string, chargedAfterMs: number | null = null): Refused => ({
  errCode,
  description,
  chargedAfterMs,
});

const REFUSED_MARK = '130009';

/**
 * The err_codes of pay/micropay, each by a code of its own, whose seventh and eighth digit are its place here: for people
 * who write or try till software (build/guide/en/pos-api.md, "Codes to try"). New ones go to the end.
 */
export const REFUSED: readonly Refused[] = [
  refused('SYSTEMERROR', '系统超时', 2_000),
  refused('BANKERROR', '银行系统异常'),
  refused('AUTHCODEEXPIRE', '二维码已过期'),
  refused('AUTH_CODE_INVALID', '付款码无效'),
  refused('NOTENOUGH', '余额不足'),
  refused('NOTSUPORTCARD', '不支持卡类型'),
  refused('BUYER_MISMATCH', '支付帐号错误'),
  refused('ORDERPAID', '订单已支付', 0),
  refused('ORDERCLOSED', '订单已关闭'),
  refused('ORDERREVERSED', '订单已撤销'),
  refused('TRADE_ERROR', '交易错误'),
  refused('INVALID_REQUEST', '无效请求'),
  refused('NOAUTH', '商户无权限'),
  refused('APPID_MCHID_NOT_MATCH', '商户无权限使用该付款码'),
  refused('PARAM_ERROR', '参数错误'),
  refused('SIGNERROR', '签名错误'),
  refused('APPID_NOT_EXIST', 'APPID不存在'),
  refused('MCHID_NOT_EXIST', 'MCHID不存在'),
  refused('XML_FORMAT_ERROR', 'XML格式错误'),
  refused('REQUIRE_POST_METHOD', '请使用post方法'),
  // In no document: terminals must live with what WeChat Pay will invent.
  refused('UNHEARD_OF', '没有文档的错误', 2_000),
];

/** A code that is refused with this err_code, ended by `rest`, 10 digits. */
export const refusedCode = (errCode: string, rest: string): string =>
  REFUSED_MARK + String(REFUSED.findIndex((each) => each.errCode === errCode) + 1).padStart(2, '0') + rest;

export const refusedBy = (code: string): Refused | null =>
  code.startsWith(REFUSED_MARK) ? (REFUSED[Number(code.slice(6, 8)) - 1] ?? null) : null;
