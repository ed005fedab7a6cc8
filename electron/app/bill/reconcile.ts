/** A bill compared with the journal. Reads both once and writes to neither. */
import { beijingDay, dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import {
  differenceKindSchema,
  type Comparison,
  type DayRows,
  type Difference,
  type DifferenceKind,
  type OddRow,
} from '../../../shared/contract/bill.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Merchant, Terminal } from '../../../shared/settings.ts';
import type { Journal, Stored } from '../../orders/journal/journal.ts';
import type { Order } from '../../orders/machine/order.ts';
import { restsAs } from '../../orders/machine/order.ts';
import type { BillRefused } from '../core/bill-service.ts';
import { goingOn } from '../orders/orders-service.ts';
import { ordersIn, spanOf } from '../exports/orders-in.ts';
import { billLines, NotABill } from './bill-lines.ts';
import { billRows, type BillRow, type OddBillRow } from './bill-rows.ts';
import { differencesOf, standingHere, type BilledOrder } from './compare.ts';
import { Sums } from './sums.ts';
import { Tally, withRow, type IsOurRefund, type Known, type UnmatchedPayment } from './tally.ts';

export interface ReconcileParts {
  readonly journal: Pick<Journal, 'find' | 'load' | 'page' | 'history'>;
  readonly merchant: Pick<Merchant, 'mchId' | 'subMchId'>;
  readonly terminal: Pick<Terminal, 'deviceId'>;
  /** Left out where this terminal makes no refunds: then all of them are others'. */
  readonly isOurRefund?: IsOurRefund;
}

/** What is compared. */
export interface ReconcileWhat {
  /** `null`: WeChat has no bill of the day, so it has no rows. */
  readonly path: string | null;
  /** The Beijing day that is compared; `null` if the bill's rows decide, which are then of one day only. */
  readonly day: string | null;
  /** The bill of the day after, where there is one: it may have the other half of what happened near midnight. */
  readonly nextPath?: string | null;
}

/** A person would not read more; the counts still say how many there are. */
const SHOWN_MAX = 500;
/** A payment this close to midnight, by WeChat's clock, may be in the next day's bill. */
const NEAR_MIDNIGHT_MS = 10 * 60 * 1_000;

/** Of rows that are left aside, a person reads a few; the count says how many there are. */
const ODD_SHOWN_MAX = 50;

/** Reads the bill once, the journal's day once, and changes nothing. */
export async function reconcile(parts: ReconcileParts, what: ReconcileWhat): Promise<Result<Comparison, BillRefused>> {
  try {
    return ok(await compared(parts, what));
  } catch (error) {
    if (!(error instanceof NotABill)) throw error;
    const days = error instanceof SeveralDays ? error.days : [];
    return fail({ problem: error.problem, line: error.line, days });
  }
}

class SeveralDays extends NotABill {
  readonly days: readonly DayRows[];

  constructor(days: readonly DayRows[]) {
    super('several-days', null);
    this.days = days;
  }
}

async function compared(
  parts: ReconcileParts,
  { path, day: askedDay, nextPath = null }: ReconcileWhat,
): Promise<Comparison> {
  const tally = new Tally(parts.isOurRefund ?? noneIsOurs);
  const odd = new OddRows();
  const days = new Map<string, number>();
  let day = askedDay;
  let rows = 0;
  let firstLine: number | null = null;
  for await (const entry of path === null ? [] : billRows(billLines(path))) {
    if ('odd' in entry) {
      odd.add(entry.odd, ourOrderOf(parts, entry.odd));
      continue;
    }
    const { row } = entry;
    checkMerchant(row, parts.merchant);
    rows += 1;
    firstLine ??= row.line;
    const rowDay = beijingDay(row.atMs);
    days.set(rowDay, (days.get(rowDay) ?? 0) + 1);
    day ??= rowDay;
    if (rowDay === day) sort(parts, row, tally);
  }
  odd.checkRest(rows);
  if (askedDay === null && days.size > 1) throw new SeveralDays(inOrder(days));
  if (day === null) throw new NotABill('no-orders', null);
  if (firstLine !== null && !days.has(day)) throw new NotABill('other-day', firstLine);
  const ofDay = days.get(day) ?? 0;
  return summed(parts, { day, rows: ofDay, otherDays: rows - ofDay, tally, odd, nextPath });
}

const noneIsOurs: IsOurRefund = () => false;

const inOrder = (days: ReadonlyMap<string, number>): DayRows[] =>
  [...days].map(([day, rows]) => ({ day, rows })).sort((a, b) => (a.day < b.day ? -1 : 1));

/** The order here that an odd row is about, if its numbers can be read and the journal has one of them. */
function ourOrderOf({ journal }: ReconcileParts, { numbers }: OddBillRow): Stored | null {
  const found = numbers.map((number) => journal.find(number)).find((stored) => stored !== null);
  return found === undefined ? null : goingOn(journal, found);
}

/** Rows that could not be understood. Of these, the ones about this terminal's orders are differences. */
class OddRows {
  readonly ours = new Map<string, { readonly stored: Stored; readonly line: number }>();
  readonly #shown: OddRow[] = [];
  #count = 0;
  #broken = 0;
  #firstBroken: number | null = null;

  add({ line, field, text }: OddBillRow, stored: Stored | null): void {
    this.#count += 1;
    if (this.#shown.length < ODD_SHOWN_MAX) this.#shown.push({ line, field, text });
    if (stored !== null && !this.ours.has(stored.order.orderId)) this.ours.set(stored.order.orderId, { stored, line });
    // Other programs that merchants use choose order numbers and sums; the rest is WeChat's, so something spoilt the file.
    if (field === 'outTradeNo' || field === 'amount') return;
    this.#broken += 1;
    this.#firstBroken ??= line;
  }

  /** A file whose rows are mostly broken has been saved by another program: nothing in it can be relied on. */
  checkRest(rows: number): void {
    if (this.#broken > rows) throw new NotABill('broken-line', this.#firstBroken);
  }

  said(): Comparison['odd'] {
    return { count: this.#count, shown: this.#shown };
  }
}

/** A service provider's bill names the provider and the shop; a shop's own bill names only the shop. */
function checkMerchant({ mchId, line }: BillRow, merchant: ReconcileParts['merchant']): void {
  if (mchId !== merchant.mchId && mchId !== merchant.subMchId) throw new NotABill('other-merchant', line);
}

function sort({ journal, merchant, terminal }: ReconcileParts, row: BillRow, tally: Tally): void {
  const found = journal.find(row.transactionId) ?? journal.find(row.outTradeNo);
  const stored = found === null ? null : goingOn(journal, found);
  if (stored !== null) tally.ofOurs(stored, row);
  else if (row.device === terminal.deviceId && isOurShop(row, merchant)) tally.ofUnmatched(row);
  else tally.ofOthers(row);
}

const isOurShop = ({ subMchId }: BillRow, merchant: ReconcileParts['merchant']): boolean =>
  merchant.subMchId === undefined || subMchId === '' || subMchId === '0' || subMchId === merchant.subMchId;

interface Read {
  readonly day: string;
  /** Rows of that day, and of the others. */
  readonly rows: number;
  readonly otherDays: number;
  readonly tally: Tally;
  readonly odd: OddRows;
  readonly nextPath: string | null;
}

async function summed(parts: ReconcileParts, read: Read): Promise<Comparison> {
  const { day, rows, otherDays, tally, odd } = read;
  const differences = new Differences();
  const sums = new Sums();
  const add = (difference: Difference): void => {
    differences.add(difference);
    sums.differs(difference);
  };
  for (const { stored, line } of odd.ours.values())
    add({ ...ofOurs('row-not-read', stored.order, tally.known.get(stored.order.orderId)?.billed ?? null), line });
  let matched = 0;
  const judged = await judgedOrders(parts, read);
  for (const { stored, billed, kinds } of judged) {
    if (kinds.length === 0 && billed !== null) matched += 1;
    for (const kind of kinds) add(ofOurs(kind, stored.order, billed));
  }
  for (const { stored, billed } of tally.known.values()) sums.billed(billed, stored.order.amountFen);
  for (const payment of tally.unmatched.values()) {
    if (isPaid(payment)) add(ofUnmatched('paid-in-bill-not-here', payment.row, payment.billed));
    else tally.ofOthers(payment.row);
  }
  return {
    ...{ day, rows, otherDays, odd: odd.said(), matched, others: tally.others, sums: sums.said() },
    ...sums.inAll(),
    ...differences.sorted(),
  };
}

/** An order of this terminal, what the bill has of it, and what differs. */
interface Judged {
  readonly stored: Stored;
  readonly billed: BilledOrder | null;
  readonly kinds: readonly DifferenceKind[];
}

/** The orders that the bill has, then those of the day that it does not have and should. */
async function judgedOrders(parts: ReconcileParts, { day, tally, odd, nextPath }: Read): Promise<readonly Judged[]> {
  const judge = (stored: Stored, billed: BilledOrder | null, isLast = false): Judged => ({
    stored,
    billed,
    kinds: kindsOf(parts, stored, billed, day, isLast),
  });
  const judged = [...tally.known.values()].map(({ stored, billed }) => judge(stored, billed));
  for await (const { stored } of ordersIn(parts.journal, spanOf(day, day))) {
    // An order that was typed in was paid at another time than it was registered here, so a certain day's bill need not
    // have it.
    if (
      stored === null ||
      stored.order.origin !== 'taken' ||
      restsAs(stored.order) !== null ||
      tally.known.has(stored.order.orderId) ||
      odd.ours.has(stored.order.orderId)
    )
      continue;
    const one = judge(stored, null);
    // Most orders of a day agree; only what differs is kept.
    if (one.kinds.length > 0) judged.push(one);
  }
  const waiting = judged.filter(({ kinds }) => kinds.includes('perhaps-in-next-bill'));
  const rest = nextPath === null ? null : await rowsOf(parts.journal, waiting, nextPath);
  if (rest === null) return judged;
  const isOurRefund = parts.isOurRefund ?? noneIsOurs;
  return judged.map((one) => {
    const rows = rest.get(one.stored.order.orderId);
    if (rows === undefined) return one;
    let { billed } = one;
    for (const row of rows) billed = withRow(billed, row, isOurRefund);
    return judge(one.stored, billed, true);
  });
}

/** The next bill's rows about these orders; `null` if it cannot be read. */
async function rowsOf(
  journal: Pick<Journal, 'find'>,
  orders: readonly Pick<Known, 'stored'>[],
  path: string,
): Promise<ReadonlyMap<string, readonly BillRow[]> | null> {
  const found = new Map<string, BillRow[]>(orders.map(({ stored }) => [stored.order.orderId, []]));
  if (found.size === 0) return null;
  try {
    for await (const entry of billRows(billLines(path))) {
      if ('odd' in entry) continue;
      const stored = journal.find(entry.row.transactionId) ?? journal.find(entry.row.outTradeNo);
      if (stored !== null) found.get(stored.order.orderId)?.push(entry.row);
    }
    return found;
  } catch (error) {
    if (error instanceof NotABill) return null;
    throw error;
  }
}

/** Paid and not given back. This journal cannot know about refunds of orders from before it began. */
const isPaid = ({ billed }: UnmatchedPayment): boolean =>
  billed.paidFen !== null && !billed.revoked && (billed.refundedFen ?? 0) < billed.paidFen;

function kindsOf(
  { journal }: ReconcileParts,
  { order }: Stored,
  billed: BilledOrder | null,
  day: string,
  /** The next bill has been looked at as well. */
  isLast: boolean,
): DifferenceKind[] {
  const standing = standingHere(order);
  if (standing === 'unknown') return [];
  const endMs = dayStartMs(day) + DAY_MS;
  const settledLater = standing === 'refunded' && cancelledAtMs(journal, order) > endMs - NEAR_MIDNIGHT_MS;
  const paidLate = standing === 'paid' && order.createdAtMs > endMs - NEAR_MIDNIGHT_MS;
  return differencesOf({ standing, fen: order.amountFen, overlaps: !isLast && (settledLater || paidLate) }, billed);
}

const cancelledAtMs = (journal: ReconcileParts['journal'], { orderId, createdAtMs }: Order): number =>
  journal.history(orderId).find(({ phase }) => phase?.name === 'cancelled')?.atMs ?? createdAtMs;

const ofOurs = (kind: DifferenceKind, order: Order, billed: BilledOrder | null): Difference => ({
  kind,
  orderId: order.orderId,
  outTradeNo: order.outTradeNo,
  transactionId: order.transactionId,
  here: standingHere(order),
  hereFen: order.amountFen,
  billFen: billed?.paidFen ?? null,
  refundedFen: billed?.refundedFen ?? null,
  line: billed?.line ?? null,
  atMs: order.createdAtMs,
});

const ofUnmatched = (kind: DifferenceKind, row: BillRow, billed: BilledOrder): Difference => ({
  kind,
  orderId: null,
  outTradeNo: row.outTradeNo,
  transactionId: row.transactionId,
  here: 'unknown',
  hereFen: null,
  billFen: billed.paidFen,
  refundedFen: billed.refundedFen,
  line: row.line,
  atMs: row.atMs,
});

/** All are counted. Of each kind only the first ones are kept, so that many small ones do not hide a large one. */
class Differences {
  readonly #kept = new Map<DifferenceKind, Difference[]>();
  readonly #counts = new Map<DifferenceKind, number>();

  add(difference: Difference): void {
    const { kind } = difference;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const kept = this.#kept.get(kind) ?? [];
    if (kept.length < SHOWN_MAX) this.#kept.set(kind, [...kept, difference]);
  }

  sorted(): Pick<Comparison, 'counts' | 'differences'> {
    const kinds = differenceKindSchema.options.filter((kind) => this.#counts.has(kind));
    return {
      counts: kinds.map((kind) => ({ kind, count: this.#counts.get(kind) ?? 0 })),
      differences: kinds.flatMap((kind) => this.#kept.get(kind) ?? []).slice(0, SHOWN_MAX),
    };
  }
}
