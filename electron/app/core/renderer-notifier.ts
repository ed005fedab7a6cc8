/** Sends main's events to the screen in the order in which they happened, once there is a screen. */
import type { EventName, EventPayload } from '../../../shared/ipc.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { ORDERS_NOTIFY_EACH_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';

export interface RendererNotifier {
  /**
   * An order as it now is. The first change is sent at once. Changes that follow within a frame are sent together, only
   * the latest of each order.
   */
  orderChanged(view: OrderView): void;
  /** Any other event, after the orders that changed before it. */
  notify<Name extends Exclude<EventName, 'orders.changed'>>(name: Name, payload: EventPayload<Name>): void;
}

type Send = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;

/** A thousand resumed cancels change thousands of times within seconds. A screen that got each change would freeze. */
export function rendererNotifier(clock: Pick<Clock, 'after'>, send: Send): RendererNotifier {
  const changed = new Map<string, OrderView>();
  let rests = false;

  const sendOrders = (): void => {
    if (changed.size === 0) return;
    const views = [...changed.values()];
    changed.clear();
    send('orders.changed', views);
  };
  const sendInTurn = (): void => {
    rests = changed.size > 0;
    if (!rests) return;
    sendOrders();
    clock.after(ORDERS_NOTIFY_EACH_MS, sendInTurn);
  };

  return {
    orderChanged(view) {
      // Set again, the order moves behind what changed before it.
      changed.delete(view.orderId);
      changed.set(view.orderId, view);
      if (!rests) sendInTurn();
    },
    notify(name, payload) {
      sendOrders();
      send(name, payload);
    },
  };
}
