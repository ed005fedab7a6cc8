/** A decision about one order, on its way to main. */
import type { ManagerAct } from '../../../../shared/contract/stuck.ts';
import type { OrderView } from '../../../../shared/order/order.ts';
import { act, takeIn } from '../../../state/actions.ts';
import { kiosk } from '../../../state/store.ts';

/** The order as it then is on disk; `null` if it was refused, and the sheet says why. */
export async function decide(given: ManagerAct): Promise<OrderView | null> {
  const [result] = (await act('manager.act', given, 'back-office'))?.value ?? [];
  if (result === undefined) return null;
  if (!result.ok) {
    kiosk.setState({ problem: { place: 'back-office', code: result.code, field: null } });
    return null;
  }
  takeIn(result.order);
  return result.order;
}
