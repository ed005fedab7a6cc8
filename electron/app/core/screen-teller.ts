/** What main tells the screen, where there is one by now, in the order in which it happened. */
import type { EventName, EventPayload } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order.ts';
import { ORDERS_TOLD_EACH_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';

export interface ScreenTeller {
  /** An order as it now is. The first is told at once; what follows within a frame goes together, each order's latest alone. */
  orderChanged(view: OrderView): void;
  /** Anything else, after the orders that changed before it. */
  tell<Name extends Exclude<EventName, 'orders.changed'>>(name: Name, payload: EventPayload<Name>): void;
}

type Send = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** A thousand cancels that are resumed change thousands of times in seconds; a screen that was told of each would stand still. */
export function screenTeller(clock: Pick<Clock, 'after'>, send: Send): ScreenTeller {
  const changed = new Map<string, OrderView>();
  let rests = false;

  const tellOrders = (): void => {
    if (changed.size === 0) return;
    const views = [...changed.values()];
    changed.clear();
    send('orders.changed', views);
  };
  const tellInTurn = (): void => {
    rests = changed.size > 0;
    if (!rests) return;
    tellOrders();
    clock.after(ORDERS_TOLD_EACH_MS, tellInTurn);
  };

  return {
    orderChanged(view) {
      // Set anew, it goes behind what changed before it.
      changed.delete(view.orderId);
      changed.set(view.orderId, view);
      if (!rests) tellInTurn();
    },
    tell(name, payload) {
      tellOrders();
      send(name, payload);
    },
  };
}
