/**
 * What the local API needs from the terminal. Everything goes through the same services as the screen, with a cashier's
 * rights.
 */
import type { Result } from '../../shared/result.ts';
import type { WallSpan } from '../base/watched-clock.ts';
import type { PosOrder, PosPayment } from './body.ts';
import type { OrderMessage } from './order-message.ts';
import type { Refusal } from './refusal.ts';
import type { OrderAct } from './route.ts';

export interface Registered {
  readonly order: OrderMessage;
  readonly isNew: boolean;
}

export interface PosOrders {
  /** The wall clock's recent range: the till software read its times from that clock. */
  wallOfLate(): WallSpan;
  /** The order as it is then, and whether this call registered it. `tokenId` says which token asked. */
  register(order: PosOrder, tokenId: string): Result<Registered, Refusal>;
  /** Takes a payment. The order as it is then, and whether its pay call leaves because of this call. */
  pay(payment: PosPayment, tokenId: string): Result<Registered, Refusal>;
  /** By either number. */
  find(number: string): OrderMessage | null;
  act(number: string, act: OrderAct, tokenId: string): Result<OrderMessage, Refusal>;
  unsettled(): readonly OrderMessage[];
  /** The journal's last entry, and which orders have entries after `seq`. */
  changedSince(seq: number): { readonly seq: number; readonly orderIds: readonly string[] };
  /** By the journal's own id; `null` if the order cannot be read. */
  load(orderId: string): OrderMessage | null;
}
