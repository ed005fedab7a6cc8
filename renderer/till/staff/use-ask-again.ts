import { useEffect } from 'react';
import { askForShift } from '../../state/shift.ts';
import { useKiosk } from '../../state/store.ts';

/** While the list is on the screen it follows what happens to the orders. */
export function useAskAgain(): void {
  const orders = useKiosk((state) => state.orders);
  const stage = useKiosk((state) => state.stage);
  useEffect(() => {
    void askForShift();
  }, [orders, stage]);
}
