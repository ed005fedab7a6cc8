/** Orders that somebody has looked at since they began to wait for a person: they are not called out again. */
const seen = new Set<string>();

export const markSeen = (orderIds: Iterable<string>): void => {
  for (const orderId of orderIds) seen.add(orderId);
};

export const isSeen = (orderId: string): boolean => seen.has(orderId);
