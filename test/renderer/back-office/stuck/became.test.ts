import { describe, expect, it } from 'vitest';
import { becameCounts, becameOf } from '../../../../renderer/back-office/stuck/became.ts';
import {
  emptyStuck,
  inOrder,
  tookOrder,
  tookResults,
  type StuckState,
} from '../../../../renderer/back-office/stuck/stuck-state.ts';
import type { ManagerAction } from '../../../../shared/contract/stuck.ts';
import type { OrderView, PhaseView } from '../../../../shared/order/order.ts';
import { order } from '../../../support/screen/fake-orders.ts';

const reversing = (activity: 'calling' | 'asking' | 'waiting'): PhaseView => ({
  name: 'reversing',
  activity,
  attempt: 1,
  nextInMs: 2_000,
  recall: null,
  lastResult: 'timeout',
  escalated: false,
});
const attention: PhaseView = { name: 'attention', cause: 'certificate-refused', errCode: null, handedOver: false };
const closed: PhaseView = { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' };

const view = (orderId: string, phase: PhaseView, version: number): OrderView =>
  order(phase, {
    orderId,
    version,
    standing: phase.name === 'attention' ? 'attention' : phase.name === 'cancelled' ? 'done' : 'open',
  });

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The list after "try all again": each attempt has just been begun. */
function begun(action: ManagerAction): StuckState {
  const list = {
    rows: IDS.map((id) => ({
      order: view(id, attention, 1),
      money: 'unknown' as const,
      ageMs: 1,
      deadlineInMs: 1,
      deadlineIsAtMost: false,
      answerIsOld: false,
      lastResult: null,
      nextTryInMs: null,
      handedOverMs: null,
      notRefundedMs: null,
      acts: [action],
      advised: null,
    })),
    total: IDS.length,
    unreadable: [],
  };
  const taken = IDS.map((id) => ({ ok: true as const, orderId: id, order: view(id, reversing('calling'), 2) }));
  return tookResults(inOrder(emptyStuck, list, 0), action, taken);
}

describe('an act on several orders', () => {
  it('says at first only that they were begun, and none as closed', () => {
    expect(becameCounts(begun('try-now'))).toEqual({ begun: 6, ended: 0, stays: 0, noted: 0, refused: 0 });
  });

  it('says of six that all failed that all six are still on the list', () => {
    const failed = IDS.map((id) => view(id, attention, 4)).reduce(tookOrder, begun('try-now'));
    expect(becameCounts(failed)).toEqual({ begun: 0, ended: 0, stays: 6, noted: 0, refused: 0 });
  });

  it('says of each what became of it, as soon as it is known', () => {
    const views = [
      view('a', closed, 5),
      view('b', reversing('waiting'), 4),
      view('c', reversing('asking'), 3),
      view('d', attention, 3),
    ];
    expect(becameCounts(views.reduce(tookOrder, begun('cancel')))).toEqual({
      begun: 3,
      ended: 1,
      stays: 2,
      noted: 0,
      refused: 0,
    });
  });

  it('a query that got an answer which proves nothing leaves the order on the list', () => {
    const result = { ok: true as const, orderId: 'a', order: view('a', attention, 2) };
    expect(becameOf({ action: 'query', result }, view('a', attention, 2))).toBe('begun');
    expect(becameOf({ action: 'query', result }, view('a', attention, 3))).toBe('stays');
    expect(becameOf({ action: 'query', result }, view('a', closed, 3))).toBe('ended');
  });

  it('an older view of the list does not undo what is known, and an order that left the list is told by its result', () => {
    const result = { ok: true as const, orderId: 'a', order: view('a', closed, 3) };
    expect(becameOf({ action: 'query', result }, view('a', attention, 2))).toBe('ended');
    expect(becameOf({ action: 'query', result }, undefined)).toBe('ended');
  });

  it('what is only written down is noted, and what was refused was not begun', () => {
    const noted = { ok: true as const, orderId: 'a', order: view('a', attention, 2) };
    expect(becameOf({ action: 'hand-over', result: noted }, view('a', attention, 2))).toBe('noted');
    const refused = { ok: false as const, orderId: 'a', code: 'not-saved' as const };
    expect(becameOf({ action: 'try-now', result: refused }, view('a', attention, 1))).toBe('refused');
  });
});
