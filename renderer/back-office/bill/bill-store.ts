/** The last comparison. It stays when the back office is closed and opened again; main keeps it for the export too. */
import { createStore } from 'zustand/vanilla';
import type { BillOutcome } from '../../../shared/contract/bill.ts';

export interface BillState {
  readonly outcome: Exclude<BillOutcome, { kind: 'nothing-chosen' }> | null;
}

export const billStore = createStore<BillState>(() => ({ outcome: null }));
