/** What each role may do to an order, act by act: deciding about money is the manager's, and nobody else's. */
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../electron/orders/view.ts';
import { decidesOnMoney, roleSchema, type Role } from '../../shared/roles.ts';
import { OneOrder } from '../support/one-order.ts';

const roles = roleSchema.options;
const byRole = (act: (role: Role) => unknown): unknown[] => roles.map(act);

function paid(): OneOrder {
  const one = OneOrder.hanging();
  one.payAnswers({ kind: 'paid', transactionId: '4'.padEnd(28, '2') });
  return one;
}

/** Paid after the cancel was armed, and nobody has chosen. */
function choosing(by: Role): OneOrder {
  const one = OneOrder.hanging();
  one.tell({ type: 'cancel-tapped', by });
  one.runUntil(() => one.order.query.out !== null, 'silence');
  one.querySays('SUCCESS');
  return one;
}

function stuck(): OneOrder {
  const one = OneOrder.reversing();
  one.refuses('REVERSE_EXPIRE');
  expect(one.phase).toBe('attention');
  return one;
}

describe('cashier, manager, technician', () => {
  it('are told apart by who decides on money', () => {
    expect(byRole(decidesOnMoney)).toEqual([false, true, false]);
  });

  it('cancel what is in doubt, each of them', () => {
    expect(byRole((by) => OneOrder.hanging().tell({ type: 'cancel-tapped', by }))).toEqual([null, null, null]);
  });

  it('cancel what is known to be paid: the manager', () => {
    expect(byRole((by) => paid().tell({ type: 'cancel-tapped', by }))).toEqual(['paid-needs-manager', null, 'paid-needs-manager']);
    expect(byRole((role) => viewOf(paid().order, 1, role, paid().now).actions)).toEqual([['ask'], ['ask', 'cancel'], ['ask']]);
  });

  it('are asked when the customer turns out to have paid, but for the manager, whose cancel goes on', () => {
    expect(byRole((by) => choosing(by).phase)).toEqual(['choosing', 'armed', 'choosing']);
  });

  it('decide by a second cancel in that question: the manager', () => {
    const again = byRole((by) => {
      const one = choosing('cashier');
      one.tell({ type: 'cancel-tapped', by });
      return one.phase;
    });
    expect(again).toEqual(['choosing', 'armed', 'choosing']);
  });

  it('take up, cancel and close what is stuck: the manager', () => {
    const refusedToOthers = ['manager-only', null, 'manager-only'];
    expect(byRole((by) => stuck().tell({ type: 'tried-by-hand', by }))).toEqual(refusedToOthers);
    expect(byRole((by) => stuck().tell({ type: 'cancel-tapped', by }))).toEqual(refusedToOthers);
    expect(byRole((by) => stuck().tell({ type: 'manager-settled', by, reason: 'refunded in the merchant platform' }))).toEqual(refusedToOthers);
    expect(byRole((role) => viewOf(stuck().order, 1, role, stuck().now).actions)).toEqual([['ask'], ['ask', 'try-now'], ['ask']]);
  });
});
