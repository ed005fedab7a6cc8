import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../core/handler.ts';
import type { MoneyGate } from './money-gate.ts';
import { actOnAll, cancelByNumber, stuckList } from './stuck-service.ts';

type ManagerHandlers = Pick<
  Handlers,
  'manager.stuck' | 'manager.confirm' | 'manager.act' | 'manager.cancel-number' | 'manager.acknowledge-damage'
>;

export const stuckHandlers = (gate: MoneyGate): ManagerHandlers => ({
  'manager.stuck': (services, { limit }, caller) => ok(stuckList(services, limit, caller.role)),
  'manager.confirm': ({ clock }, about, caller) => ok({ confirmation: gate.begin(about, caller, clock.read().monoMs) }),
  'manager.act': (services, input, caller) => actOnAll(services, gate, input, caller),
  'manager.cancel-number': (services, input, caller) => cancelByNumber(services, gate, input, caller),
  'manager.acknowledge-damage': ({ damage }, _input, caller) => damage.acknowledge(caller),
});
