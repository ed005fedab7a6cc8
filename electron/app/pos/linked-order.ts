/** The order that a link asks to see. A link only shows: it registers nothing and queries nothing. */
import type { OpenOrder } from '../../../shared/contract/pos.ts';
import type { Role } from '../../../shared/role.ts';
import type { Log } from '../../base/log.ts';
import { goingOn, viewFor } from '../orders/orders-service.ts';
import type { Opened } from '../core/running-terminal.ts';

/** `null` if the link must not open anything: there is no terminal, or no technician has allowed till software. */
export function linkedOrder(opened: Opened, number: string, role: Role, log: Log): OpenOrder | null {
  if (!opened.ok) return null;
  const { journal, clock, pos } = opened.value;
  if (!pos.status().enabled) {
    log.warn({}, 'a link to an order came while till software may not connect');
    return null;
  }
  const stored = journal.find(number);
  return { number, order: stored === null ? null : viewFor({ clock }, goingOn(journal, stored), role) };
}
