/** pay/facepay, pay/micropay and the permit that comes before them. */
import type { TradeState } from '../../shared/order/order.ts';
import { unreachable } from '../../shared/result.ts';
import { refusal } from './checks.ts';
import type { OperationContext, Job, Outcome } from './operation.ts';
import { AUTHINFO_EXPIRES_S, codeDigest, mintAuthinfo, openFaceCode } from './face-code.ts';
import { newTransactionId } from './ledger.ts';
import { offeredKind, refusedBy } from './offered-codes.ts';
import { charged, noted, type LedgerOrder } from './ledger-order.ts';
import { paymentFields } from './order-fields.ts';
import { signedReply } from './replies.ts';
import { decidePay, type PayReply } from './scenarios.ts';

/** face/get_wxpayface_authinfo: its reply has no result_code. */
export function answerAuthinfo(
  { caller, arrivedAt }: Job,
  { merchant, faceSecret, scenario }: OperationContext,
): Outcome {
  const authinfo = mintAuthinfo(faceSecret, merchant, arrivedAt.wallMs);
  const answer = signedReply(caller, merchant.apiKey, { authinfo, expires_in: String(AUTHINFO_EXPIRES_S) });
  return { answer, scenario };
}

export function answerPay(job: Job, context: OperationContext): Outcome {
  const { caller, route } = job;
  const { merchant, ledger } = context;
  const kind = offeredKind(caller.fields['auth_code'] ?? '');
  const scenario = kind === 'needs-password' ? kind : context.scenario;
  const refuse = (errCode: string, description: string): Outcome => ({
    answer: refusal(caller, route, merchant, { errCode, description }),
    scenario,
  });
  const mistake = codeMistake(job, context) ?? duplicate(ledger.get(caller.fields['out_trade_no'] ?? ''));
  if (mistake !== null) return refuse(...mistake);

  const refused = refusedBy(caller.fields['auth_code'] ?? '');
  if (refused !== null) {
    ledger.put(newOrder(job, { ...context, scenario }, refused.chargedAfterMs));
    return refuse(refused.errCode, refused.description);
  }
  const decision = decidePay(scenario);
  const asked = newOrder(job, { ...context, scenario }, decision.chargeDueMs);
  const order =
    decision.anotherTillsFen !== null
      ? anotherTills(asked, decision.anotherTillsFen)
      : { ...asked, state: FIRST_STATES[decision.reply] ?? asked.state };
  ledger.put(order);
  const current = ledger.get(order.outTradeNo) ?? order;

  const answered = (): Outcome => {
    switch (decision.reply) {
      case 'hang':
        return { answer: { kind: 'hang' }, scenario };
      case 'needs-password':
        return refuse('USERPAYING', '需要用户输入支付密码');
      case 'declined':
        return refuse('NOTSUPORTCARD', '不支持卡类型');
      case 'trade-error':
        return refuse('TRADE_ERROR', '交易错误');
      case 'number-used':
        return refuse('OUT_TRADE_NO_USED', '商户订单号重复');
      case 'paid': {
        const fields = { result_code: 'SUCCESS', ...paymentFields(current) };
        return { answer: signedReply(caller, merchant.apiKey, fields), scenario };
      }
      default:
        return unreachable(decision.reply);
    }
  };
  return decision.thenPrimaryDown ? { ...answered(), primary: 'goes-down' } : answered();
}

/** What a query says of the order after its pay call was answered like this; NOTPAY otherwise. */
const FIRST_STATES: Partial<Readonly<Record<PayReply, TradeState>>> = {
  'needs-password': 'USERPAYING',
  'trade-error': 'PAYERROR',
};

const ANOTHER_TILL_BEFORE_MS = 60_000;

/**
 * What the number belongs to instead: a payment at another till of this merchant a minute ago, `moreFen` more than this
 * one.
 */
function anotherTills(asked: LedgerOrder, moreFen: number): LedgerOrder {
  const { wallMs, monoMs, run } = asked.payReceivedAt;
  const payReceivedAt = { wallMs: wallMs - ANOTHER_TILL_BEFORE_MS, monoMs: monoMs - ANOTHER_TILL_BEFORE_MS, run };
  return charged(
    { ...asked, payReceivedAt, amountFen: asked.amountFen + moreFen, echoed: { device_info: 'another-till' } },
    payReceivedAt.wallMs,
  );
}

type CodedMistake = readonly [errCode: string, description: string];

/**
 * Whether the customer's code is valid. A used code is detected before a used order number, as was seen when a pay call
 * was repeated on the backup domain. The texts for face codes are the observed ones. Their err_codes are not published,
 * so these are ours (electron/wechat/README.md, "What no document says").
 */
function codeMistake(
  { caller: { fields }, route }: Job,
  { merchant, ledger, faceSecret }: OperationContext,
): CodedMistake | null {
  if (route.family === 'micropay') {
    const authCode = fields['auth_code'] ?? '';
    if (!/^1[0-6][0-9]{16}$/.test(authCode)) return ['AUTH_CODE_INVALID', '请扫描微信支付被扫条码/二维码'];
    return offeredKind(authCode) === 'spent' || ledger.codeIsSpent(codeDigest(authCode))
      ? ['AUTH_CODE_ERROR', '每个二维码仅限使用一次，请刷新再试']
      : null;
  }
  const faceCode = fields['face_code'] ?? '';
  if (ledger.codeIsSpent(codeDigest(faceCode))) return ['INVALID_REQUEST', 'face_code已被使用'];
  const bound = openFaceCode(faceSecret, merchant, faceCode);
  const matches = bound?.outTradeNo === fields['out_trade_no'] && String(bound?.totalFee) === fields['total_fee'];
  return matches ? null : ['PARAM_ERROR', 'face_code业务信息不匹配'];
}

function duplicate(order: LedgerOrder | undefined): CodedMistake | null {
  if (order === undefined) return null;
  if (order.reversed) return ['ORDERREVERSED', '订单已撤销'];
  return order.state === 'SUCCESS' ? ['ORDERPAID', '订单已支付'] : ['OUT_TRADE_NO_USED', '商户订单号重复'];
}

function newOrder(
  { caller: { fields }, route, arrivedAt }: Job,
  context: OperationContext,
  chargeDueMs: number | null,
): LedgerOrder {
  const order: LedgerOrder = {
    outTradeNo: fields['out_trade_no'] ?? '',
    transactionId: newTransactionId(arrivedAt.wallMs),
    appid: context.merchant.appid,
    mchId: context.merchant.mchId,
    subMchId: context.merchant.subMchId ?? null,
    family: route.family,
    amountFen: Number(fields['total_fee']),
    state: 'NOTPAY',
    paidFen: 0,
    refundedFen: 0,
    refunds: [],
    refundAskedAt: null,
    refundAsks: 0,
    payReceivedAt: arrivedAt,
    chargeDueMs,
    paidAtMs: null,
    reversed: false,
    reverses: 0,
    queries: 0,
    scenario: context.scenario,
    codeDigest: codeDigest(fields['face_code'] ?? fields['auth_code'] ?? ''),
    echoed: { device_info: fields['device_info'] ?? '', attach: fields['attach'] ?? '' },
    history: [],
  };
  return noted(order, arrivedAt.wallMs, 'pay');
}
