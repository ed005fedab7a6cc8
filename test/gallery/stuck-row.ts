/** An order as a manager sees it, for the entries of the gallery. */
import type { StuckRow } from '../../shared/contract/stuck.ts';

type Given = Pick<StuckRow, 'order' | 'money' | 'deadlineInMs' | 'acts'> & Partial<StuckRow>;

/** What is not given is the usual: nothing was handed over, nothing is out. */
export const stuckRow = (row: Given): StuckRow => ({
  ageMs: row.order.ageMs,
  deadlineIsAtMost: false,
  answerIsOld: false,
  lastResult: null,
  nextTryInMs: null,
  handedOverMs: null,
  notRefundedMs: null,
  advised: null,
  ...row,
});
