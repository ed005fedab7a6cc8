import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../core/handler.ts';
import type { MoneyGate } from './money-gate.ts';
import { findByNumber, orderRow } from './one-order.ts';
import { actOnAll, stuckList } from './stuck-service.ts';

type ManagerHandlers = Pick<
  Handlers,
  | 'manager.stuck'
  | 'manager.confirm'
  | 'manager.act'
  | 'manager.order'
  | 'manager.find-number'
  | 'manager.acknowledge-damage'
>;

export const stuckHandlers = (gate: MoneyGate): ManagerHandlers => ({
  'manager.stuck': (services, { limit }, caller) => ok(stuckList(services, limit, caller.role)),
  'manager.confirm': ({ clock }, about, caller) => ok({ confirmation: gate.begin(about, caller, clock.read().monoMs) }),
  'manager.act': (services, input, caller) => actOnAll(services, gate, input, caller),
  'manager.order': (services, { orderId }, caller) => orderRow(services, orderId, caller.role),
  'manager.find-number': findByNumber,
  'manager.acknowledge-damage'({ damage, goneFiles }, _input, caller) {
    goneFiles.acknowledge(caller);
    return damage.acknowledge(caller);
  },
});
