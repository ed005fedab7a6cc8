/** What each role may do to an order, act by act: only the manager decides about money. */
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../electron/orders/views/order-view.ts';
import { decidesOnMoney, roleSchema, type Role } from '../../../shared/role.ts';
import { OneOrder } from '../../support/orders/one-order.ts';

const roles = roleSchema.options;
/** Only an act that main has confirmed has a reason. */
const why = { code: 'duplicate' } as const;
const byRole = (act: (role: Role) => unknown): unknown[] => roles.map(act);

function paid(): OneOrder {
  const one = OneOrder.hanging();
  one.payAnswers({ kind: 'paid', transactionId: '4'.padEnd(28, '2') });
  return one;
}

/** Paid after the cancel was armed, and the cashier has not chosen yet. */
function choosing(given: { readonly by: Role; readonly code?: 'duplicate' }): OneOrder {
  const one = OneOrder.hanging();
  one.tell({ type: 'cancel-tapped', ...given });
  one.runUntil(() => one.order.query.out !== null, 'no-response');
  one.querySays('SUCCESS');
  return one;
}

function stuck(): OneOrder {
  const one = OneOrder.reversing();
  one.refuses('REVERSE_EXPIRE');
  expect(one.phase).toBe('attention');
  return one;
}

function handedOver(): OneOrder {
  const one = stuck();
  one.tell({ type: 'refund-handed-over', by: 'manager', ...why });
  return one;
}

describe('cashier, manager, technician', () => {
  it('are told apart by who decides on money', () => {
    expect(byRole(decidesOnMoney)).toEqual([false, true, false]);
  });

  it('cancel what is in doubt, each of them', () => {
    expect(byRole((by) => OneOrder.hanging().tell({ type: 'cancel-tapped', by }))).toEqual([null, null, null]);
  });

  it('cancel what is known to be paid: the manager, who says why', () => {
    expect(byRole((by) => paid().tell({ type: 'cancel-tapped', by }))).toEqual([
      'paid-needs-manager',
      'reason-needed',
      'paid-needs-manager',
    ]);
    expect(byRole((by) => paid().tell({ type: 'cancel-tapped', by, ...why }))).toEqual([
      'paid-needs-manager',
      null,
      'paid-needs-manager',
    ]);
    expect(byRole((role) => viewOf(paid().order, 1, role, paid().now).actions)).toEqual([
      ['ask'],
      ['ask', 'cancel'],
      ['ask'],
    ]);
  });

  it('are asked when the customer turns out to have paid, but for a manager who said why: that cancel goes on', () => {
    expect(byRole((by) => choosing({ by }).phase)).toEqual(['choosing', 'choosing', 'choosing']);
    expect(byRole((by) => choosing({ by, ...why }).phase)).toEqual(['choosing', 'armed', 'choosing']);
  });

  it('decide by a second cancel in that question: the manager, who says why', () => {
    const again = (given: object): unknown[] =>
      byRole((by) => {
        const one = choosing({ by: 'cashier' });
        one.tell({ type: 'cancel-tapped', by, ...given });
        return one.phase;
      });
    expect([again({}), again(why)]).toEqual([
      ['choosing', 'choosing', 'choosing'],
      ['choosing', 'armed', 'choosing'],
    ]);
  });

  it('choose the refund in that question, each of them; a manager does it as a manager and says why', () => {
    const chosen = (given: object): unknown[] =>
      byRole((by) => choosing({ by: 'cashier' }).tell({ type: 'refund-chosen', by, ...given }));
    expect([chosen({}), chosen(why)]).toEqual([
      [null, 'reason-needed', null],
      [null, null, null],
    ]);
  });

  it('take up, hand over and close what is stuck: the manager, who says why', () => {
    const acts = [
      { type: 'tried-by-hand' },
      { type: 'cancel-tapped' },
      { type: 'manager-settled', reason: 'refunded in the merchant platform' },
      { type: 'refund-handed-over' },
      { type: 'refund-made', refundNumber: null },
      { type: 'refund-not-made' },
    ] as const;
    for (const act of acts) {
      const order = (): OneOrder =>
        act.type === 'refund-made' || act.type === 'refund-not-made' ? handedOver() : stuck();
      expect(
        byRole((by) => order().tell({ ...act, by })),
        act.type,
      ).toEqual(['manager-only', 'reason-needed', 'manager-only']);
      expect(
        byRole((by) => order().tell({ ...act, by, ...why })),
        act.type,
      ).toEqual(['manager-only', null, 'manager-only']);
    }
    expect(byRole((role) => viewOf(stuck().order, 1, role, stuck().now).actions)).toEqual([
      ['ask'],
      ['ask', 'try-now'],
      ['ask'],
    ]);
    expect(byRole((role) => viewOf(handedOver().order, 1, role, stuck().now).actions)).toEqual([
      ['ask'],
      ['ask'],
      ['ask'],
    ]);
  });
});
