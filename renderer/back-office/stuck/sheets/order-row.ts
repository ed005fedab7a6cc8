/** One order as main has it now, for as long as a decision about it is open. */
import { useEffect, useState } from 'react';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { call, listen } from '../../../bridge/api.ts';
import { kiosk } from '../../../state/store.ts';

/** `null` until main has sent it. The order may turn out to be another entry's; then it is that one. */
export function useOrderRow(orderId: string, first: StuckRow | null): StuckRow | null {
  const [row, setRow] = useState(first);
  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<void> => {
      const reply = await call('manager.order', { orderId });
      if (!wanted) return;
      if (reply.ok) setRow((shown) => newest(shown, reply.value));
      else kiosk.setState({ problem: { place: 'back-office', code: reply.code, field: reply.field } });
    };
    void read();
    // Any change may be of the entry that it turned out to be, so the id alone does not tell; one order is read soon.
    const stop = listen('orders.changed', () => void read());
    return () => {
      wanted = false;
      stop();
    };
  }, [orderId]);
  return row;
}

/** Of two answers about one entry that cross on their way, the newer one stays. */
const newest = (shown: StuckRow | null, told: StuckRow): StuckRow =>
  shown !== null && shown.order.orderId === told.order.orderId && shown.order.version > told.order.version
    ? shown
    : told;
