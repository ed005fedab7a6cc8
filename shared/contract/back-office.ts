/**
 * Commands that only the back office's pages and dialogs use. They are loaded with the first of those pages, because
 * the till's first paint does not need them.
 */
import { acceptanceCommands } from './acceptance.ts';
import { appearanceCommands } from './appearance.ts';
import { billCommands } from './bill.ts';
import { customerDisplayCommands } from './customer-display.ts';
import { exportsCommands } from './exports.ts';
import { historyCommands } from './history.ts';
import { overviewCommands } from './overview.ts';
import { posCommands } from './pos.ts';
import { printersCommands } from './printers.ts';
import { scannerCommands, scannerEvents } from './scanner.ts';
import { selfTestCommands, selfTestEvents } from './self-test.ts';
import { setupCommands } from './setup.ts';
import { shiftSheetCommands } from './shift-sheet.ts';
import { tillReturnCommands } from './till-return.ts';
import { updatesCommands } from './updates.ts';

export const backOfficeCommands = {
  ...acceptanceCommands,
  ...setupCommands,
  ...exportsCommands,
  ...billCommands,
  ...historyCommands,
  ...overviewCommands,
  ...posCommands,
  ...shiftSheetCommands,
  ...scannerCommands,
  ...selfTestCommands,
  ...updatesCommands,
  ...customerDisplayCommands,
  ...printersCommands,
  ...appearanceCommands,
  ...tillReturnCommands,
} as const;

export const backOfficeEvents = { ...selfTestEvents, ...scannerEvents } as const;
