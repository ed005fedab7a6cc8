/**
 * The paper on which this terminal prints slips. Nothing depends on it: a terminal that cannot store it starts with
 * receipts.
 */
import { paperSchema, type Paper } from '../../shared/contract/exports.ts';

const KEY = 'kiosk.paper';
const USUAL: Paper = '58mm';

export function readPaper(): Paper {
  try {
    return paperSchema.catch(USUAL).parse(localStorage.getItem(KEY));
  } catch {
    // A page without storage.
    return USUAL;
  }
}

export function keepPaper(paper: Paper): void {
  try {
    localStorage.setItem(KEY, paper);
  } catch {
    // Here too: a page without storage.
  }
}
