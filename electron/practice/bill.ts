/**
 * pay/downloadbill: the bill of a day, made from the ledger in WeChat's format (electron/wechat/README.md, "Bill"). It is
 * made anew each time, so the state of a refund in it is the present one.
 */
import { gzipSync } from 'node:zlib';
import { beijingTime, DAY_MS, dayStartMs } from '../../shared/beijing.ts';
import { formatYuan } from '../../shared/money.ts';
import type { Job, OperationContext, Outcome } from './operation.ts';
import type { LedgerOrder } from './ledger-order.ts';
import { OPENID } from './order-fields.ts';
import type { PracticeMerchant } from './practice-merchant.ts';
import { billFail } from './replies.ts';

/** Bills are made from 9:00 of the next day in Beijing. */
const MADE_AFTER_MS = DAY_MS + 9 * 60 * 60 * 1_000;
const KEPT_DAYS = 92;

export function answerBill(job: Job, { ledger, merchant, scenario }: OperationContext): Outcome {
  const { fields } = job.caller;
  const day = (fields['bill_date'] ?? '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
  const fromMs = dayStartMs(day);
  const { wallMs } = job.arrivedAt;
  const refuse = (text: string, code: string): Outcome => ({ answer: billFail(text, code), scenario });
  if (Number.isNaN(fromMs)) return refuse('data format error', '20001');
  if (scenario === 'bill-late' || wallMs < fromMs + MADE_AFTER_MS) return refuse('Bill Creating', '20002');
  const own = ledger
    .orders()
    .flatMap((order) => rowsOf(order))
    .filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + DAY_MS);
  const rows = scenario === 'bill-stranger' ? [...own, ...strangersRows(day, own)] : own;
  if (rows.length === 0 || wallMs > fromMs + KEPT_DAYS * DAY_MS) return refuse('No Bill Exist', '20002');
  const text = Buffer.from(billOf(rows, merchant), 'utf8');
  const isPacked = fields['tar_type'] === 'GZIP';
  return { answer: { kind: 'file', body: isPacked ? gzipSync(text) : text, isPacked }, scenario };
}

interface Row {
  readonly atMs: number;
  readonly device: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly tradeType: string;
  readonly state: 'SUCCESS' | 'REFUND' | 'REVOKED';
  readonly paidFen: number;
  readonly refundFen: number;
  readonly refundId: string;
  readonly outRefundNo: string;
  readonly refundStatus: string;
}

/** An order that was never charged is in no bill. */
function rowsOf(order: LedgerOrder): Row[] {
  if (order.paidFen === 0) return [];
  const paidAtMs = order.paidAtMs ?? order.payReceivedAt.wallMs;
  const backAtMs = order.history.findLast(({ what }) => what === 'refunded')?.atMs ?? paidAtMs;
  const { transactionId, outTradeNo } = order;
  const base = {
    device: order.echoed['device_info'] ?? '',
    transactionId,
    outTradeNo,
    tradeType: order.family === 'facepay' ? 'FACE' : 'MICROPAY',
    ...NOTHING_BACK,
  };
  const payment: Row = { ...base, atMs: paidAtMs, state: 'SUCCESS', paidFen: order.paidFen };
  const refunds = order.refunds.map(({ refundId, outRefundNo, fen, status }): Row => ({
    ...base,
    atMs: backAtMs,
    state: 'REFUND',
    refundFen: fen,
    refundId,
    outRefundNo,
    refundStatus: status,
  }));
  const reversal: Row = {
    ...base,
    atMs: backAtMs,
    state: 'REVOKED',
    refundFen: order.paidFen,
    refundStatus: 'SUCCESS',
  };
  return [payment, ...refunds, ...(order.reversed ? [reversal] : [])];
}

const NOTHING_BACK = { paidFen: 0, refundFen: 0, refundId: '0', outRefundNo: '0', refundStatus: '' };

/**
 * What this terminal knows nothing of: a payment under its own name, one of another till, and a refund that somebody made
 * in the merchant platform.
 */
function strangersRows(day: string, own: readonly Row[]): Row[] {
  const date = day.replaceAll('-', '');
  const noonMs = dayStartMs(day) + DAY_MS / 2;
  const device = own.find(({ device }) => device !== '')?.device ?? 'kiosk-1';
  const numbered = (n: number): Pick<Row, 'transactionId' | 'outTradeNo' | 'tradeType' | 'atMs'> => ({
    transactionId: `42009${date}${String(n).padStart(15, '0')}`,
    outTradeNo: `stranger-${date}-${String(n)}`,
    tradeType: 'MICROPAY',
    atMs: noonMs + n * 60_000,
  });
  const other = 'another-till';
  return [
    { ...NOTHING_BACK, ...numbered(1), device, state: 'SUCCESS', paidFen: 3_300 },
    { ...NOTHING_BACK, ...numbered(2), device: other, state: 'SUCCESS', paidFen: 5_000 },
    {
      ...numbered(2),
      device: other,
      state: 'REFUND',
      paidFen: 0,
      refundFen: 2_000,
      refundId: `50009${date}0000000000000002`,
      outRefundNo: `by-hand-${date}-2`,
      refundStatus: 'PROCESSING',
    },
  ];
}

const HEADER =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注';
const TOTALS = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';

const written = (fields: readonly string[]): string => fields.map((field) => `\`${field}`).join(',');

function billOf(rows: readonly Row[], merchant: PracticeMerchant): string {
  const sum = (of: (row: Row) => number): string => formatYuan(rows.reduce((total, row) => total + of(row), 0));
  const paid = sum(({ paidFen }) => paidFen);
  const back = sum(({ refundFen }) => refundFen);
  const totals = written([String(rows.length), paid, back, '0.00', '0.00000', paid, back]);
  const lines = [...rows].sort((a, b) => a.atMs - b.atMs).map((row) => written(fieldsOf(row, merchant)));
  return `\u{feff}${[HEADER, ...lines, TOTALS, totals, ''].join('\r\n')}`;
}

function fieldsOf(row: Row, merchant: PracticeMerchant): string[] {
  const isBack = row.state !== 'SUCCESS';
  return [
    beijingTime(row.atMs),
    merchant.appid,
    merchant.mchId,
    merchant.subMchId ?? '0',
    row.device,
    row.transactionId,
    row.outTradeNo,
    OPENID,
    row.tradeType,
    row.state,
    'OTHERS',
    'CNY',
    formatYuan(row.paidFen),
    '0.00',
    row.refundId,
    row.outRefundNo,
    formatYuan(row.refundFen),
    '0.00',
    isBack ? 'ORIGINAL' : '',
    row.refundStatus,
    '练习',
    '',
    '0.00000',
    '0.60%',
    formatYuan(row.paidFen),
    formatYuan(row.refundFen),
    '',
  ];
}
