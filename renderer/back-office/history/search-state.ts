/** What a person searches for, as they entered it, and the filter made from it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { dayToIso } from '../../../shared/beijing-day.ts';
import type { HistoryFilter, OrderState } from '../../../shared/contract/history.ts';
import { parseYuanRange } from '../../../shared/money.ts';
import { normalizedAmount, normalizedNumber } from '../../../shared/order/number-text.ts';
import { ORDER_NUMBER } from '../../../shared/order/order.ts';

/** States as people distinguish orders. A record that can no longer be parsed is found only without a state filter. */
export const STATE_GROUPS = {
  paid: ['paid'],
  closed: ['closed'],
  refunded: ['refunded'],
  underWay: ['paying', 'armed', 'choosing', 'reversing', 'confirming'],
  attention: ['attention'],
  failed: ['failed', 'not-found'],
  settled: ['settled', 'same-as'],
} as const satisfies Record<string, readonly OrderState[]>;
export type StateGroup = keyof typeof STATE_GROUPS;
export const stateGroups: readonly StateGroup[] = [
  'paid',
  'closed',
  'refunded',
  'underWay',
  'attention',
  'failed',
  'settled',
];

export type Field = 'number' | 'amount';

export interface SearchState {
  readonly number: string;
  /** `12.34`, or a range like `10-20`. */
  readonly amount: string;
  /** Where keys and the pad on the screen go. */
  readonly field: Field;
  readonly padOpen: boolean;
  /** On a low screen the filters take the list's place while they are open. */
  readonly filtersOpen: boolean;
  /** Days in Beijing, both included; `null` for all days. */
  readonly days: { readonly from: number; readonly to: number } | null;
  readonly groups: readonly StateGroup[];
  readonly cashier: string | null;
  readonly selected: string | null;
}

export const initialSearch: SearchState = {
  number: '',
  amount: '',
  field: 'number',
  padOpen: false,
  filtersOpen: false,
  days: null,
  groups: [],
  cashier: null,
  selected: null,
};

/** It outlives the page: who comes back finds the search as it was. */
export const search: StoreApi<SearchState> = createStore<SearchState>(() => initialSearch);

const NUMBER_MAX = 32;
const AMOUNT_TEXT_MAX = 17;

/** The number as it is understood; a character that no number has stays, and the field says so. */
export const cleanNumber = (text: string): string => normalizedNumber(text).slice(0, 2 * NUMBER_MAX);

export const cleanAmount = (text: string): string => normalizedAmount(text).slice(0, AMOUNT_TEXT_MAX);

/** Whether the field holds something that cannot be searched for. */
export const isWrongNumber = (number: string): boolean =>
  number !== '' && (number.length > NUMBER_MAX || !ORDER_NUMBER.test(number));

/** The text of the field that has the keyboard focus. */
export const typedInto = (state: SearchState, change: (text: string) => string): Partial<SearchState> =>
  state.field === 'number'
    ? { number: cleanNumber(change(state.number)) }
    : { amount: cleanAmount(change(state.amount)) };

export const filterOf = ({ number, amount, days, groups, cashier }: SearchState): HistoryFilter => ({
  text: number === '' || isWrongNumber(number) ? null : number,
  fromDay: days === null ? null : dayToIso(days.from),
  toDay: days === null ? null : dayToIso(days.to),
  states: groups.flatMap((group) => [...STATE_GROUPS[group]]),
  amountFen: parseYuanRange(amount),
  cashier,
});
