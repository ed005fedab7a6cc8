/** All orders of some days, one after another. */
import { setImmediate } from 'node:timers/promises';
import { dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import type { Journal, PageRow, OrderCursor, Span } from '../../orders/journal/journal.ts';

const PAGE_ORDERS = 200;

/** From the start of one Beijing day to the end of another. */
export const spanOf = (fromDay: string, toDay: string): Span => ({
  fromMs: dayStartMs(fromDay),
  toMs: dayStartMs(toDay) + DAY_MS,
});

/**
 * Oldest first, with one page in memory. Between pages other waiting work goes first, so that a cancel is never
 * delayed.
 */
export async function* ordersIn(journal: Pick<Journal, 'page'>, span: Span): AsyncGenerator<PageRow> {
  for (let after: OrderCursor | null = null; ;) {
    const rows: readonly PageRow[] = journal.page(span, after, PAGE_ORDERS);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ORDERS) return;
    after = last;
    await setImmediate();
  }
}
