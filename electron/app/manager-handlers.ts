import { ok } from '../../shared/result.ts';
import type { Handlers } from './dispatch.ts';
import { actOnAll, cancelByNumber, stuckList } from './stuck-desk.ts';

export const managerHandlers: Pick<Handlers, 'manager.stuck' | 'manager.act' | 'manager.cancel-number' | 'manager.acknowledge-damage'> = {
  'manager.stuck': (services, { limit }, caller) => ok(stuckList(services, limit, caller.role)),
  'manager.act': (services, input, caller) => ok(actOnAll(services, input, caller)),
  'manager.cancel-number': (services, input, caller) => cancelByNumber(services, input, caller),
  'manager.acknowledge-damage': ({ damage }, _input, caller) => damage.acknowledge(caller),
};
