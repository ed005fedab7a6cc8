import { useEffect } from 'react';
import { askForShift } from '../shift.ts';
import { useKiosk } from '../store.ts';

/** While the list is before somebody's eyes it follows what happens to the orders. */
export function useAskAgain(): void {
  const orders = useKiosk((state) => state.orders);
  const stage = useKiosk((state) => state.stage);
  useEffect(() => {
    void askForShift();
  }, [orders, stage]);
}
