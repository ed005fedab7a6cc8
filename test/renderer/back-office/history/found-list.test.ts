/** What the screen holds of a long list: only pages near the window, and only the latest answer. */
import { describe, expect, it } from 'vitest';
import {
  createFoundList,
  PAGE_ROWS,
  rowAt,
  type Ask,
  type FoundListStore,
} from '../../../../renderer/back-office/history/found-list.ts';
import { EVERYTHING, type HistoryFilter, type HistoryListRow } from '../../../../shared/contract/history.ts';

const TOTAL = 1_000_000;
const row = (place: number): HistoryListRow => ({
  place,
  orderId: `order-${String(place)}`,
  outTradeNo: null,
  transactionId: null,
  amountFen: 1,
  state: 'paid',
  createdAtMs: 0,
  cashier: 'screen',
});

/** Main with a million orders; `hold` keeps the answers for a text back until they are released. */
class FakeMain {
  readonly pages: number[] = [];
  #held: (() => void)[] = [];
  holds: string | null = null;

  readonly ask: Ask = async (name, input) => {
    if (this.holds !== null && input.filter.text === this.holds)
      await new Promise<void>((resolve) => this.#held.push(resolve));
    const total = input.filter.text === null ? TOTAL : 3;
    const { upTo } = input;
    const answer =
      name === 'history.totals'
        ? { total, capped: false, paidFen: 5, refundedFen: 0 }
        : this.#page('offset' in input ? input.offset : 0, total, upTo);
    // The fake answers both commands with one function; the name decides the shape.
    return { ok: true, value: answer } as Awaited<ReturnType<typeof this.ask<typeof name>>>;
  };

  letGo(): void {
    for (const resolve of this.#held.splice(0)) resolve();
  }

  #page(offset: number, total: number, upTo: number | null): object {
    this.pages.push(offset / PAGE_ROWS);
    const rows = Array.from({ length: Math.max(0, Math.min(PAGE_ROWS, total - offset)) }, (_, n) =>
      row(total - offset - n),
    );
    return { upTo: upTo ?? TOTAL, rows, total, counted: true, newer: 0 };
  }
}

const by = (text: string | null): HistoryFilter => ({ ...EVERYTHING, text });

function listOver(main: FakeMain): FoundListStore {
  return createFoundList(main.ask);
}

describe('a found list', () => {
  it('knows the total and the first rows after one answer, and the sums after the next', async () => {
    const list = listOver(new FakeMain());
    await list.find(by(null));
    expect(list.getState()).toMatchObject({ total: TOTAL, counted: true, upTo: TOTAL, totals: { paidFen: 5 } });
    expect(rowAt(list.getState(), 0)?.place).toBe(TOTAL);
    expect(rowAt(list.getState(), PAGE_ROWS)).toBeNull();
  });

  it('reads the page around the last row, and no other', async () => {
    const main = new FakeMain();
    const list = listOver(main);
    await list.find(by(null));
    await list.show(TOTAL - 8, TOTAL);
    expect(main.pages).toEqual([0, TOTAL / PAGE_ROWS - 1]);
    expect(rowAt(list.getState(), TOTAL - 1)?.place).toBe(1);
  });

  it('keeps few pages however far somebody scrolls', async () => {
    const list = listOver(new FakeMain());
    await list.find(by(null));
    for (let page = 0; page < 200; page += 1) await list.show(page * PAGE_ROWS, page * PAGE_ROWS + 8);
    expect(list.getState().pages.size).toBeLessThanOrEqual(24);
    expect(rowAt(list.getState(), 199 * PAGE_ROWS)).not.toBeNull();
  });

  it('drops the answer to a question that is no longer asked', async () => {
    const main = new FakeMain();
    const list = listOver(main);
    main.holds = '88';
    const slow = list.find(by('88'));
    await list.find(by(null));
    main.letGo();
    await slow;
    expect(list.getState()).toMatchObject({ filter: { text: null }, total: TOTAL });
  });

  it('says why it could not be read, and keeps its old rows', async () => {
    const list = createFoundList(() => Promise.resolve({ ok: false, code: 'not-started', field: null }));
    await list.find(by(null));
    expect(list.getState()).toMatchObject({ problem: 'not-started', total: 0 });
  });
});
