/** Orders that a person has looked at since they began to wait for a person: their cue is not repeated. */
import { createStore } from 'zustand/vanilla';

/** Their order ids. */
export const seenOrders = createStore<ReadonlySet<string>>(() => new Set());

export const markSeen = (orderIds: Iterable<string>): void => {
  const more = [...orderIds].filter((orderId) => !seenOrders.getState().has(orderId));
  if (more.length > 0) seenOrders.setState(new Set([...seenOrders.getState(), ...more]), true);
};
