/** What WeChat Pay checks before it looks at the order. A request that fails gets an answer and is not processed. */
import { fail, ok, type Result } from '../../shared/result.ts';
import { signTypeSchema, type SignType } from '../../shared/settings.ts';
import { verify, type Fields } from '../wechat/sign.ts';
import { readXml, writeXml, type XmlProblem } from '../wechat/xml.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import { billFail, proxyPage, signedReply, unsignedFail, type Answer, type Caller } from './replies.ts';
import type { FieldRule, Route } from './routes.ts';

/** The client's certificate as TLS delivered it. `commonName` only if it comes from our CA and is valid now. */
export type ClientCertificate =
  { readonly kind: 'none' } | { readonly kind: 'refused' } | { readonly kind: 'genuine'; readonly commonName: string };

export interface RawRequest {
  readonly method: string;
  readonly body: Uint8Array;
  readonly certificate: ClientCertificate;
}

/** The request's fields, for the record, and the result of the checks. */
export interface Checked {
  readonly fields: Fields;
  readonly verdict: Result<Caller, Answer>;
}

export function checkRequest(request: RawRequest, route: Route, merchant: PracticeMerchant): Checked {
  if (route.wantsCertificate && request.certificate.kind === 'none') {
    return refused({}, proxyPage(400, 'Bad Request', 'No required SSL certificate was sent'));
  }
  if (request.method !== 'POST') {
    // A request without a body names no merchant. So only a certificate that belongs to no merchant can be recognised.
    const isNobodys = route.wantsCertificate && request.certificate.kind === 'refused';
    return refused({}, unsignedFail(isNobodys ? 'certificate not match' : 'REQUIRE_POST_METHOD 请使用post方法'));
  }
  const read = readXml(request.body);
  if (!read.ok) return refused({}, unsignedFail(`XML_FORMAT_ERROR ${XML_PROBLEMS[read.error]}`));
  const fields = read.value;
  return { fields, verdict: checkFields(fields, request.certificate, route, merchant) };
}

function checkFields(
  fields: Fields,
  certificate: ClientCertificate,
  route: Route,
  merchant: PracticeMerchant,
): Result<Caller, Answer> {
  const missing = missingField(fields, route, merchant);
  if (missing !== null) return fail(complaint(route, `缺少参数 ${missing}`));
  // Without a merchant there is no key, so this reply cannot be signed either.
  if (fields['mch_id'] !== merchant.mchId) return fail(complaint(route, 'MCHID_NOT_EXIST 商户号mch_id不存在'));
  if (route.wantsCertificate && !isOwn(certificate, merchant)) return fail(unsignedFail('certificate not match'));
  const signType = signTypeOf(fields);
  if (signType === null) return fail(complaint(route, 'sign_type参数格式错误'));
  if (!verify(fields, merchant.apiKey, signType)) return fail(complaint(route, '签名错误'));
  const caller: Caller = { fields, signType };
  const mistake = unknownId(fields, merchant) ?? badField(fields, route.rules);
  if (mistake === null) return ok(caller);
  if (route.operation === 'authinfo' || route.operation === 'downloadbill')
    return fail(complaint(route, mistake.description));
  return fail(refusal(caller, route, merchant, mistake));
}

const refused = (fields: Fields, answer: Answer): Checked => ({ fields, verdict: fail(answer) });

/**
 * authinfo has no result_code; its return_code says PARAM_ERROR: electron/wechat/README.md, "get_wxpayface_authinfo".
 */
const complaint = (route: Route, text: string): Answer =>
  route.operation === 'downloadbill'
    ? billFail(text === '签名错误' ? 'SIGN ERROR' : 'invalid parameter', '20001')
    : unsignedFail(text, route.operation === 'authinfo' ? 'PARAM_ERROR' : 'FAIL');

interface Mistake {
  readonly errCode: string;
  readonly description: string;
}

/** A signed `result_code` FAIL; replies to a reverse always say whether to call again. */
export function refusal(
  caller: Caller,
  route: Route,
  merchant: PracticeMerchant,
  { errCode, description }: Mistake,
  recall: 'Y' | 'N' = 'N',
): Answer {
  return signedReply(caller, merchant.apiKey, {
    result_code: 'FAIL',
    err_code: errCode,
    err_code_des: description,
    ...(route.operation === 'reverse' ? { recall } : {}),
  });
}

/** `null` for an algorithm that we do not know; without `sign_type` it is MD5. */
function signTypeOf(fields: Fields): SignType | null {
  const parsed = signTypeSchema.safeParse(fields['sign_type'] === '' ? 'MD5' : (fields['sign_type'] ?? 'MD5'));
  return parsed.success ? parsed.data : null;
}

function missingField(fields: Fields, route: Route, merchant: PracticeMerchant): string | null {
  const isMissing = (name: string): boolean => (fields[name] ?? '') === '';
  const rule = route.rules.find(({ name, required }) => required && isMissing(name));
  if (rule !== undefined) return rule.name;
  if (merchant.subMchId !== undefined && isMissing('sub_mch_id')) return 'sub_mch_id';
  const numbers = route.operation === 'refundquery' ? [...ORDER_NUMBERS, ...REFUND_NUMBERS] : ORDER_NUMBERS;
  const namesAnOrder = !numbers.every(isMissing);
  const isAboutAnOrder = route.operation !== 'authinfo' && route.operation !== 'downloadbill';
  return !isAboutAnOrder || namesAnOrder ? null : 'out_trade_no';
}

const ORDER_NUMBERS = ['transaction_id', 'out_trade_no'];
const REFUND_NUMBERS = ['refund_id', 'out_refund_no'];

/**
 * It is not verified that the common name must be the merchant number. It is known that other merchants' certificates
 * do not match.
 */
const isOwn = (certificate: ClientCertificate, merchant: PracticeMerchant): boolean =>
  certificate.kind === 'genuine' && certificate.commonName === merchant.mchId;

function unknownId(fields: Fields, merchant: PracticeMerchant): Mistake | null {
  if (fields['appid'] !== merchant.appid) return { errCode: 'APPID_NOT_EXIST', description: 'appid不存在' };
  if ((fields['sub_mch_id'] ?? '') !== (merchant.subMchId ?? '')) {
    return { errCode: 'MCHID_NOT_EXIST', description: 'sub_mch_id不存在' };
  }
  const subAppid = fields['sub_appid'] ?? '';
  if (subAppid !== '' && subAppid !== merchant.subAppid) {
    return { errCode: 'APPID_NOT_EXIST', description: 'sub_appid不存在' };
  }
  return null;
}

function badField(fields: Fields, rules: readonly FieldRule[]): Mistake | null {
  const wrong = rules.find(({ name, max, pattern }) => {
    const value = fields[name] ?? '';
    return value !== '' && (Array.from(value).length > max || pattern?.test(value) === false);
  });
  if (wrong !== undefined) return { errCode: 'PARAM_ERROR', description: `${wrong.name}参数格式错误` };
  const rewritten = writeXml(fields);
  return rewritten.ok ? null : { errCode: 'PARAM_ERROR', description: `${rewritten.error.field}含有非法字符` };
}

const XML_PROBLEMS: Readonly<Record<XmlProblem, string>> = {
  'too-large': 'XML过长',
  'not-utf8': '编码格式错误，请使用UTF-8',
  'forbidden-markup': 'XML格式错误，不允许DTD或实体',
  malformed: 'XML格式错误',
  'not-a-message': 'XML格式错误，根节点不是xml',
  'nested-field': 'XML格式错误，参数不允许嵌套',
  'repeated-field': 'XML格式错误，参数重复',
};
