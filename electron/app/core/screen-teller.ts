/** Sends main's events to the screen in the order in which they happened, once there is a screen. */
import type { EventName, EventPayload } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order.ts';
import { ORDERS_TOLD_EACH_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';

export interface ScreenTeller {
  /**
   * An order as it now is. The first change is sent at once. Changes that follow within a frame are sent together, only
   * the latest of each order.
   */
  orderChanged(view: OrderView): void;
  /** Any other event, after the orders that changed before it. */
  tell<Name extends Exclude<EventName, 'orders.changed'>>(name: Name, payload: EventPayload<Name>): void;
}

type Send = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** A thousand resumed cancels change thousands of times within seconds. A screen that got each change would freeze. */
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
      // Set again, the order moves behind what changed before it.
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
