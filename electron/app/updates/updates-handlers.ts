/**
 * A technician's commands for updates. They also work if the terminal could not be opened: a newer version may be the
 * remedy.
 */
import { ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { UpdateController } from '../../updates/update-controller.ts';
import type { Handlers } from '../core/handler.ts';

export type AppUpdateController = UpdateController<Caller>;

export function updatesHandlers(
  controller: AppUpdateController | null,
): Pick<Handlers, 'updates.state' | 'updates.look' | 'updates.set'> {
  const at = (): AppUpdateController => {
    if (controller === null) throw new Error('no controller for updates');
    return controller;
  };
  return {
    'updates.state': { withoutServices: async () => ok(await at().view()) },
    'updates.look': { withoutServices: (_input, caller) => at().look(caller) },
    'updates.set': { withoutServices: (choice, caller) => at().set(choice, caller) },
  };
}
