/** The commands of the page for looking up orders. */
import type { historyCommands } from '../../../shared/contract/history.ts';
import { ok } from '../../../shared/result.ts';
import type { Handlers } from '../core/handler.ts';
import { orderDetails } from './order-details.ts';

export const historyHandlers: Pick<Handlers, keyof typeof historyCommands> = {
  'history.page': async ({ history }, input) => ok(await history.page(input)),
  'history.totals': async ({ history }, { filter, upTo }) => ok(await history.totals(filter, upTo)),
  'history.order': (services, { orderId }, caller) => orderDetails(services, orderId, caller.role),
  'history.cashiers': ({ search }) => ok([...search.cashiers()]),
};
