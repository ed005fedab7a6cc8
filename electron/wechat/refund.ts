/** Refunds as data: the fields of a refund and of its queries, and the meaning of each checked reply. Pure. */
import {
  refundStatusSchema,
  type NoResponse,
  type RefundAnswer,
  type RefundsAnswer,
  type RefundSeen,
  type RefundStatus,
} from './answers.ts';
import { refFields, type OrderNumbers, type OrderRef } from './face-pay.ts';
import { badReply, errCodeOf, noResponse, numberOf, plainName } from './reply-fields.ts';
import type { Fields } from './sign.ts';

/** Shared by both families. The refund takes the client certificate (electron/wechat/README.md, "Routes"). */
export const REFUND_PATH = '/secapi/pay/refund';
export const REFUND_QUERY_PATH = '/pay/refundquery';

/** One of the order's numbers is sent; the reply must agree with both. */
export interface RefundRequest extends OrderNumbers {
  /**
   * The key of this money: sent again with the same sums it is paid once; another number is another payment. At most
   * 64 of digits, letters and `_ - | * @`.
   */
  readonly outRefundNo: string;
  /** The whole order's amount, fen. */
  readonly totalFen: number;
  /** What goes back this time, fen. */
  readonly fen: number;
  /** What the customer reads with the refund; cut to what the field holds. */
  readonly reasonText: string | null;
  /** Which money of the merchant's it comes from; `null` leaves that to WeChat. Only old merchants can choose. */
  readonly account: 'unsettled' | 'recharge' | null;
}
export type RefundRef = Pick<RefundRequest, 'outTradeNo' | 'transactionId' | 'outRefundNo'>;

const ACCOUNTS: Readonly<Record<NonNullable<RefundRequest['account']>, string>> = {
  unsettled: 'REFUND_SOURCE_UNSETTLED_FUNDS',
  recharge: 'REFUND_SOURCE_RECHARGE_FUNDS',
};

/** Bytes of UTF-8. The documents say 80 without a unit, and of v3 bytes (electron/wechat/README.md, "Refund"). */
const DESC_BYTES_MAX = 80;

/** One line, without characters that XML cannot carry, cut between characters. */
function refundDesc(text: string): string {
  const characters = Array.from(
    text
      .toWellFormed()
      .replace(/[\p{Cc}\uFFFE\uFFFF\s]+/gu, ' ')
      .trim(),
  );
  while (Buffer.byteLength(characters.join('')) > DESC_BYTES_MAX) characters.pop();
  return characters.join('');
}

export const refundFields = (request: RefundRequest): Fields => ({
  ...refFields(request),
  out_refund_no: request.outRefundNo,
  total_fee: String(request.totalFen),
  refund_fee: String(request.fen),
  refund_fee_type: 'CNY',
  refund_desc: refundDesc(request.reasonText ?? ''),
  refund_account: request.account === null ? '' : ACCOUNTS[request.account],
});

/** The field that names another order than the one asked about; `undefined` if there is none. */
const foreignNumber = (reply: Fields, { outTradeNo, transactionId }: OrderNumbers): string | undefined =>
  Object.entries({ out_trade_no: outTradeNo, transaction_id: transactionId }).find(
    ([field, ours]) => ours !== null && (reply[field] ?? '') !== '' && reply[field] !== ours,
  )?.[0];

/** Fen without coupons, where the reply says so and it can be true of a refund of `fen`; otherwise `null`. */
const customerFenOf = (told: number | null, fen: number): number | null => (told !== null && told <= fen ? told : null);

const REFUND_ID = /^[0-9A-Za-z]{1,32}$/;

/**
 * Accepted only with this request's numbers and sums: a replay of the number with other sums, or another order's reply,
 * must not look like it.
 */
export function refundAnswer(reply: Fields, request: RefundRequest): RefundAnswer {
  if (reply['result_code'] !== 'SUCCESS') return errCodeOf(reply);
  const ours = {
    out_trade_no: request.outTradeNo,
    transaction_id: request.transactionId,
    out_refund_no: request.outRefundNo,
    total_fee: request.totalFen,
    refund_fee: request.fen,
  };
  for (const [field, wanted] of Object.entries(ours)) {
    if (wanted === null) continue;
    const given = typeof wanted === 'number' ? numberOf(reply, field) : (reply[field] ?? '');
    if (given === null || given === '') return badReply(field);
    if (given !== wanted) return noResponse('wrong-merchant', field);
  }
  const refundId = reply['refund_id'] ?? '';
  if (!REFUND_ID.test(refundId)) return badReply('refund_id');
  const customerFen = customerFenOf(numberOf(reply, 'cash_refund_fee'), request.fen);
  return { kind: 'accepted', refundId, fen: request.fen, customerFen };
}

/** An order's amount and how many refunds are in this reply, or what speaks against reading them. */
function refundsHead(
  reply: Fields,
  ref: OrderNumbers,
): { readonly totalFen: number; readonly rows: number } | NotListed {
  if (reply['result_code'] !== 'SUCCESS') {
    const refusal = errCodeOf(reply);
    return refusal.kind === 'refused' && refusal.errCode === 'REFUNDNOTEXIST' ? { kind: 'not-found' } : refusal;
  }
  const foreign = foreignNumber(reply, ref);
  if (foreign !== undefined) return noResponse('wrong-merchant', foreign);
  const [totalFen, rows] = [numberOf(reply, 'total_fee'), numberOf(reply, 'refund_count')];
  if (totalFen === null) return badReply('total_fee');
  if (rows === null || rows > REFUNDS_MAX) return badReply('refund_count');
  return { totalFen, rows };
}
type NotListed = NoResponse | { readonly kind: 'not-found' } | { readonly kind: 'refused'; readonly errCode: string };

/** In documents of 2017: FAIL, and NOTSURE for "not known yet". */
const OLDER_NAMES: ReadonlyMap<string, RefundStatus> = new Map([
  ['FAIL', 'REFUNDCLOSE'],
  ['NOTSURE', 'PROCESSING'],
]);

export const refundStatusFields = (ref: RefundRef): Fields => ({ out_refund_no: ref.outRefundNo });

/** What the reply says of our refund. It is found by our number, wherever in the page it stands. */
export function refundSeen(reply: Fields, ref: RefundRef): RefundSeen {
  const head = refundsHead(reply, ref);
  if ('kind' in head) return head;
  const ours = Array.from({ length: head.rows }, (_, n) => String(n)).filter(
    (n) => reply[`out_refund_no_${n}`] === ref.outRefundNo,
  );
  const [n] = ours;
  // None, or two that claim to be ours: nobody can tell which money is meant.
  if (n === undefined || ours.length > 1) return badReply('out_refund_no');
  const given = (field: string): string => reply[`${field}_${n}`] ?? '';
  const name = given('refund_status');
  if (name === '') return badReply(`refund_status_${n}`);
  const status = refundStatusSchema.safeParse(OLDER_NAMES.get(name) ?? name);
  if (!status.success) return { kind: 'unknown-status', name: plainName(name) };
  const fen = numberOf(reply, `refund_fee_${n}`);
  if (fen === null) return badReply(`refund_fee_${n}`);
  if (!REFUND_ID.test(given('refund_id'))) return badReply(`refund_id_${n}`);
  return {
    kind: 'seen',
    status: status.data,
    refundId: given('refund_id'),
    fen,
    totalFen: head.totalFen,
    customerFen: cashOf(reply, n, fen),
    arrivedAt: status.data === 'SUCCESS' ? realTime(given('refund_success_time')) : null,
    // WeChat spells the field without the n of "account".
    arrivedTo: shownText(given('refund_recv_accout')),
  };
}

/** Not in every reply: told outright, or as the part that coupons paid. Otherwise `null`. Fen. */
function cashOf(reply: Fields, n: string, fen: number): number | null {
  const coupons = numberOf(reply, `coupon_refund_fee_${n}`);
  const told = numberOf(reply, `cash_refund_fee_${n}`) ?? (coupons !== null && coupons <= fen ? fen - coupons : null);
  return customerFenOf(told, fen);
}

/** `yyyy-MM-dd HH:mm:ss` of a day and an hour that exist; otherwise `null`. */
function realTime(text: string): string | null {
  if (!/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const ms = Date.parse(`${text.replace(' ', 'T')}Z`);
  // 31 February would become a day of March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.replace(' ', 'T')) ? text : null;
}

const ACCOUNT_MAX = 64;

/** A text from outside as our screen may show it: no control or direction characters, cut short; `null` if empty. */
function shownText(text: string): string | null {
  const plain = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim());
  return plain.length === 0 ? null : plain.slice(0, ACCOUNT_MAX).join('');
}

/** One page of refunds: up to ten of them, from the requested offset on. */
export interface RefundsPage {
  readonly kind: 'page';
  readonly totalFen: number;
  readonly refunds: readonly ListedRefund[];
  /** Of all pages. */
  readonly totalCount: number;
}
interface ListedRefund {
  readonly id: string;
  readonly fen: number;
  readonly status: string;
}

/**
 * Complete, or certainly on its way. CHANGE is stuck and REFUNDCLOSE failed: in both cases the money is not back
 * (electron/wechat/README.md, "Refund query").
 */
const GOES_BACK: ReadonlySet<string> = new Set(['SUCCESS', 'PROCESSING']);
/** Closed without money, by today's name and by an older one. Every other refund uses up a part of its order. */
const GAVE_NOTHING: ReadonlySet<string> = new Set(['REFUNDCLOSE', 'FAIL']);
/** For one order number WeChat lists at most 20 refunds; an order can have at most 50. */
export const REFUNDS_MAX = 50;

/** The request for an order's refunds from `offset` (0, 10, ...) on. Without an offset WeChat starts at the first. */
export const refundQueryFields = (ref: OrderRef, offset: number): Fields => ({
  ...refFields(ref),
  ...(offset === 0 ? {} : { offset: String(offset) }),
});

export function refundsPage(reply: Fields, ref: OrderRef): RefundsPage | NotListed {
  const head = refundsHead(reply, ref);
  if ('kind' in head) return head;
  const refunds: ListedRefund[] = [];
  for (let n = 0; n < head.rows; n += 1) {
    const fen = numberOf(reply, `refund_fee_${String(n)}`);
    const id = reply[`refund_id_${String(n)}`] ?? '';
    if (fen === null || id === '') return badReply(`refund_fee_${String(n)}`);
    refunds.push({ id, fen, status: reply[`refund_status_${String(n)}`] ?? '' });
  }
  const totalCount = numberOf(reply, 'total_refund_count') ?? head.rows;
  return { kind: 'page', totalFen: head.totalFen, refunds, totalCount };
}

/** All pages as one answer. Each refund counts once, even if it is on several pages. */
export function refundsOf(pages: readonly RefundsPage[]): RefundsAnswer {
  const listed = [...new Map(pages.flatMap(({ refunds }) => refunds.map((refund) => [refund.id, refund]))).values()];
  // One was made between two pages and pushed another out of sight: a sum would be too small.
  if (listed.length < (pages.at(-1)?.totalCount ?? 0)) return badReply('total_refund_count');
  const sumOf = (counts: (status: string) => boolean): number =>
    listed.reduce((sum, { fen, status }) => sum + (counts(status) ? fen : 0), 0);
  return {
    kind: 'summed',
    refundedFen: sumOf((status) => GOES_BACK.has(status)),
    totalFen: pages[0]?.totalFen ?? 0,
    takenFen: sumOf((status) => !GAVE_NOTHING.has(status)),
    count: listed.length,
  };
}
