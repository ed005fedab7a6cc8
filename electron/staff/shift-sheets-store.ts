/** The sheets of the shifts as they are kept in the profile. */
import type { KeptSheet, ShiftFigures } from '../../shared/contract/shift.ts';
import { readStaffFile, writeStaffFile } from './staff-file.ts';
import { noSheets, sheetsSchema, withFigures, withSheet, type Sheets } from './shift-sheets.ts';

export interface ShiftSheetsStore {
  /** Newest last. */
  all(): readonly KeptSheet[];
  find(id: number): KeptSheet | null;
  add(sheet: Omit<KeptSheet, 'id'>, wallMs: number): void;
  count(id: number, figures: ShiftFigures, wallMs: number): void;
  /** Whether all that is here is on disk. */
  kept(): boolean;
}

/**
 * A damaged file is set aside, and the sheets begin anew: every order is in the journal. A shift never waits for its
 * sheet, so what the disk does not take is kept in memory, and with the next change it is tried again.
 */
export function openShiftSheetsStore(path: string, wallMs: number): ShiftSheetsStore {
  const opened = readStaffFile(path, sheetsSchema, wallMs);
  let sheets: Sheets =
    (opened.found === 'content' || opened.found === 'unreadable' ? opened.content : null) ?? noSheets;
  let kept = opened.found !== 'unreadable';
  const change = (next: Sheets, atMs: number): void => {
    sheets = next;
    kept = writeStaffFile(path, sheetsSchema, next, atMs).ok;
  };
  return {
    all: () => sheets.sheets,
    find: (id) => sheets.sheets.find((sheet) => sheet.id === id) ?? null,
    add: (sheet, atMs) => {
      change(withSheet(sheets, sheet), atMs);
    },
    count: (id, figures, atMs) => {
      change(withFigures(sheets, id, figures), atMs);
    },
    kept: () => kept,
  };
}
