import { describe, expect, it } from 'vitest';
import {
  allSelected,
  actsOf,
  dismissed,
  emptyStuck,
  idOf,
  inOrder,
  inPlace,
  nearCount,
  selectedRows,
  toggled,
  tookOrder,
  tookResults,
  type StuckList,
  type StuckState,
} from '../../../../renderer/back-office/stuck/stuck-state.ts';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { order } from '../../../support/screen/fake-orders.ts';

const attention = { name: 'attention', cause: 'expired', errCode: null, handedOver: false } as const;
const row = (orderId: string, more: Partial<StuckRow> = {}, version = 1): StuckRow => ({
  order: order(attention, { orderId, version, standing: 'attention' }),
  money: 'unknown',
  ageMs: 1,
  deadlineInMs: 1,
  deadlineIsAtMost: false,
  answerIsOld: false,
  lastResult: null,
  nextTryInMs: null,
  handedOverMs: null,
  notRefundedMs: null,
  acts: ['try-now', 'query', 'settle'],
  advised: 'try-now',
  ...more,
});
const list = (...ids: string[]): StuckList => ({ rows: ids.map((id) => row(id)), total: ids.length, unreadable: [] });
const shown = (state: StuckState): string[] => state.rows.map((each) => `${idOf(each)}${each.gone ? ' gone' : ''}`);
const opened = (...ids: string[]): StuckState => inOrder(emptyStuck, list(...ids), 0);

describe('the list on the screen', () => {
  it('stays in place when the ranks change, and counts what would move, come and go', () => {
    const state = inPlace(opened('a', 'b', 'c'), list('c', 'a', 'd'), 5);
    expect([shown(state), state.changed, state.total]).toEqual([['a', 'b gone', 'c'], 4, 3]);
    expect(shown(inOrder(state, list('c', 'a', 'd'), 6))).toEqual(['c', 'a', 'd']);
  });

  it('counts nothing where nothing would move', () => {
    expect(inPlace(opened('a', 'b'), list('a', 'b'), 5).changed).toBe(0);
  });

  it('shows an order’s newest view, whichever way it came', () => {
    const newer = order(attention, { orderId: 'a', version: 7, standing: 'attention', lastAnswer: 'SUCCESS' });
    const state = inPlace(tookOrder(opened('a'), newer), { ...list('a') }, 5);
    expect(state.rows[0]?.row.order).toEqual(newer);
    expect(tookOrder(state, { ...newer, version: 6, lastAnswer: null }).rows[0]?.row.order).toEqual(newer);
  });

  it('keeps a row whose order has ended, and takes its mark off', () => {
    const ended = order(
      { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
      { orderId: 'a', version: 2, standing: 'done' },
    );
    const state = tookOrder(toggled(toggled(opened('a', 'b'), 'a'), 'b'), ended);
    expect([shown(state), [...state.selected]]).toEqual([['a gone', 'b'], ['b']]);
  });

  it('counts those in the last day of their 7, and not those beyond it', () => {
    const state = inOrder(
      emptyStuck,
      {
        rows: [
          row('a', { deadlineInMs: 3_600_000 }),
          row('b', { deadlineInMs: -1 }),
          row('c', { deadlineInMs: 2 * 86_400_000 }),
        ],
        total: 3,
        unreadable: [],
      },
      0,
    );
    expect(nearCount(state)).toBe(1);
  });

  it('marks no more than can be acted on at once', () => {
    const state = allSelected(opened(...Array.from({ length: 60 }, (_, n) => `o-${String(n)}`)));
    expect([state.selected.size, toggled(state, 'o-59').selected.size, toggled(state, 'o-0').selected.size]).toEqual([
      50, 50, 49,
    ]);
  });

  it('offers what at least one of the marked takes', () => {
    const state = inOrder(
      emptyStuck,
      { rows: [row('a'), row('b', { acts: ['query', 'cancel'] })], total: 2, unreadable: [] },
      0,
    );
    expect([actsOf(selectedRows(toggled(state, 'b'))), actsOf(selectedRows(allSelected(state)))]).toEqual([
      ['query', 'cancel'],
      ['query', 'try-now', 'cancel', 'settle'],
    ]);
  });

  it('shows what became of each until it is dismissed, with no mark left', () => {
    const settled = order({ name: 'settled', reason: 'seen to' }, { orderId: 'a', version: 2, standing: 'done' });
    const state = tookResults(allSelected(opened('a', 'b')), 'settle', [
      { ok: true, orderId: 'a', order: settled },
      { ok: false, orderId: 'b', code: 'not-saved' },
    ]);
    expect([shown(state), state.selected.size, state.results.get('b')]).toEqual([
      ['a gone', 'b'],
      0,
      { action: 'settle', result: { ok: false, orderId: 'b', code: 'not-saved' } },
    ]);
    const later = inPlace(state, list('b'), 9);
    expect([later.results.size, shown(later), dismissed(later).results.size]).toEqual([2, ['a gone', 'b'], 0]);
  });
});
