/**
 * A technician's commands for updates. They also work if the terminal could not be opened: a newer version may be the
 * remedy.
 */
import { ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { UpdateDesk } from '../../updates/desk.ts';
import type { Handlers } from '../core/handler.ts';

export type UpdatesDesk = UpdateDesk<Caller>;

export function updatesHandlers(
  desk: UpdatesDesk | null,
): Pick<Handlers, 'updates.state' | 'updates.look' | 'updates.set'> {
  const at = (): UpdatesDesk => {
    if (desk === null) throw new Error('no desk for updates');
    return desk;
  };
  return {
    'updates.state': { alone: async () => ok(await at().view()) },
    'updates.look': { alone: (_input, caller) => at().look(caller) },
    'updates.set': { alone: (choice, caller) => at().set(choice, caller) },
  };
}
