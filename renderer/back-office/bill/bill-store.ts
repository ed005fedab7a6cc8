/** The last comparison, kept while the back office is left and entered again: main keeps it for the export as well. */
import { createStore } from 'zustand/vanilla';
import type { BillOutcome } from '../../../shared/contract/bill.ts';

export interface BillState {
  readonly outcome: Exclude<BillOutcome, { kind: 'nothing-chosen' }> | null;
}

export const billStore = createStore<BillState>(() => ({ outcome: null }));
