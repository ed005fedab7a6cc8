/** What only the desk's pages and its dialogs ask for. The page loads it with the first of them: the till's first paint does without. */
import { billCommands } from './bill.ts';
import { customerDisplayCommands } from './customer-display.ts';
import { exportsCommands } from './exports.ts';
import { historyCommands } from './history.ts';
import { posCommands } from './pos.ts';
import { selfTestCommands, selfTestEvents } from './self-test.ts';
import { setupCommands } from './setup.ts';
import { updatesCommands } from './updates.ts';

export const deskCommands = {
  ...setupCommands,
  ...exportsCommands,
  ...billCommands,
  ...historyCommands,
  ...posCommands,
  ...selfTestCommands,
  ...updatesCommands,
  ...customerDisplayCommands,
} as const;

export const deskEvents = { ...selfTestEvents } as const;
