/** What a search for orders looks for. */
import type { OrderState } from '../../../shared/contract/history.ts';

/** An order must match everything that is given. */
export interface OrderFilter {
  /** Any part of either number, capitals or not: letters, digits and _ - | *. */
  readonly text: string | null;
  /** Days in Beijing, counted from 1970-01-01; both included. */
  readonly fromDay: number | null;
  readonly toDay: number | null;
  /** Any of these; an empty list means all. */
  readonly states: readonly OrderState[];
  readonly amountFen: { readonly min: number; readonly max: number } | null;
  readonly cashier: string | null;
}
