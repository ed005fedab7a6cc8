/** The sums of a time range, compared with a model that adds up every order. */
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Span } from '../../../electron/orders/journal/journal.ts';
import type { Phase } from '../../../electron/orders/machine/order.ts';
import type { OpenJournal } from '../../../electron/orders/open-journal.ts';
import { orderHistory } from '../../../electron/orders/search/order-history.ts';
import { dayStartMs } from '../../../shared/beijing.ts';
import { temporaryFolder } from '../../support/command.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { fillJournal } from '../../support/orders/big-journal.ts';
import { openedJournal, write } from '../../support/orders/made-orders.ts';

const HOUR_MS = 3_600_000;
const MIDNIGHT = dayStartMs('2026-11-23');

let path: string;
let open: OpenJournal;
beforeEach(() => {
  path = join(temporaryFolder(), 'journal.sqlite');
  open = openedJournal(path, MIDNIGHT);
});
afterEach(() => {
  open.journal.close();
});

const PHASES: readonly Phase[] = [
  { name: 'paid' },
  { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
  { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
];

function order(n: number, createdAtMs: number, who = 'cashier:王芳', phase = PHASES[0]): void {
  if (phase === undefined) throw new Error('no phase');
  const takenBy = { who, role: 'cashier' } as const;
  write(open.journal, { orderId: `order-${String(n)}`, amountFen: 100 + n, createdAtMs, phase, takenBy });
}

const tally = async (span: Span): Promise<unknown[]> =>
  (await orderHistory(open.search, new FakeClock()).tally(span)).map(({ who, state, count, fen }) => [
    who,
    state,
    count,
    fen,
  ]);

describe('the sums of a time range', () => {
  it('begin with its first millisecond and end before its last, whichever days they are in', async () => {
    const from = MIDNIGHT - 2 * HOUR_MS;
    const to = MIDNIGHT + 26 * HOUR_MS;
    [from - 1, from, MIDNIGHT - 1, MIDNIGHT, MIDNIGHT + 25 * HOUR_MS, to - 1, to].forEach((atMs, n) => order(n, atMs));
    expect(await tally({ fromMs: from, toMs: to })).toEqual([['cashier:王芳', 'paid', 5, 500 + 1 + 2 + 3 + 4 + 5]]);
  });

  it('stand apart by person and state', async () => {
    PHASES.forEach((phase, n) => order(n, MIDNIGHT + n, 'screen', phase));
    order(9, MIDNIGHT + 9);
    expect((await tally({ fromMs: MIDNIGHT, toMs: MIDNIGHT + 10 })).sort()).toEqual([
      ['cashier:王芳', 'paid', 1, 109],
      ['screen', 'closed', 1, 102],
      ['screen', 'paid', 1, 100],
      ['screen', 'refunded', 1, 101],
    ]);
  });

  it('are none for a time in which nothing came, and for a range that ends before it begins', async () => {
    order(1, MIDNIGHT);
    expect(await tally({ fromMs: MIDNIGHT + 1, toMs: MIDNIGHT + HOUR_MS })).toEqual([]);
    expect(await tally({ fromMs: MIDNIGHT + HOUR_MS, toMs: MIDNIGHT })).toEqual([]);
  });

  it('are the same however many steps they take: 20,000 orders of a year, against SQL over all of them', async () => {
    open.journal.close();
    fillJournal(path, 20_000, MIDNIGHT, 20_000);
    open = openedJournal(path, MIDNIGHT);
    const span = { fromMs: MIDNIGHT - 4_000 * HOUR_MS, toMs: MIDNIGHT - 5 * HOUR_MS };
    const rows = await orderHistory(open.search, new FakeClock()).tally(span);
    const listed = open.search
      .below({ text: null, fromDay: null, toDay: null, states: [], amountFen: null, cashier: null }, null, 30_000)
      .filter(({ createdAtMs }) => createdAtMs >= span.fromMs && createdAtMs < span.toMs);
    expect(listed.length).toBeGreaterThan(8_192);
    expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(listed.length);
    expect(rows.reduce((sum, { fen }) => sum + fen, 0)).toBe(
      listed.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
    );
  });

  it('of some states find orders of any age', () => {
    order(1, MIDNIGHT - 1_000 * HOUR_MS, 'screen', { name: 'attention', cause: 'expired', errCode: null });
    order(2, MIDNIGHT);
    expect(open.search.sumOfStates(['attention', 'paying'])).toEqual({ count: 1, fen: 101 });
  });
});
