/** What the local API needs of the terminal. Everything goes through the same services as the screen, as a cashier. */
import type { Result } from '../../shared/result.ts';
import type { WallSpan } from '../base/watched-clock.ts';
import type { PosOrder } from './body.ts';
import type { OrderMessage } from './order-message.ts';
import type { Refusal } from './refusal.ts';
import type { OrderAct } from './route.ts';

export interface PosDesk {
  /** Where the wall clock stood of late: what the till software says of times was read from it. */
  wallOfLate(): WallSpan;
  /** The order as it stands then, and whether this call brought it. `tokenId` says who asked. */
  register(
    order: PosOrder,
    tokenId: string,
  ): Result<{ readonly order: OrderMessage; readonly isNew: boolean }, Refusal>;
  /** By either number. */
  find(number: string): OrderMessage | null;
  act(number: string, act: OrderAct, tokenId: string): Result<OrderMessage, Refusal>;
  unsettled(): readonly OrderMessage[];
  /** The journal's last entry, and which orders have entries after `seq`. */
  changedSince(seq: number): { readonly seq: number; readonly orderIds: readonly string[] };
  /** By the journal's own id; `null` where it cannot be read. */
  load(orderId: string): OrderMessage | null;
}
