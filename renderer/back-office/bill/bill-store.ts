/** What was compared last. It stays when the back office is closed and opened again; main keeps it for the export too. */
import { createStore } from 'zustand/vanilla';
import type { BillFrom, BillMissing, BillOutcome, Comparison } from '../../../shared/contract/bill.ts';

export type BillShown =
  | Extract<BillOutcome, { kind: 'refused' }>
  | { readonly kind: 'compared'; readonly comparison: Comparison; readonly from: BillFrom }
  | { readonly kind: 'missing'; readonly day: string; readonly why: BillMissing };

export interface BillState {
  /** `null`: the calendar is shown. */
  readonly outcome: BillShown | null;
}

export const billStore = createStore<BillState>(() => ({ outcome: null }));

export const show = (outcome: BillShown | null): void => {
  billStore.setState({ outcome });
};
