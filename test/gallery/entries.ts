/** All entries of the gallery. A new screen or state is one line in the list of its kind. */
import { customerEntries } from './customer-entries.tsx';
import { deskEntries } from './desk-entries.ts';
import type { GalleryEntry } from './entry.ts';
import { partEntries } from './part-entries.tsx';
import { setupEntries } from './setup-entries.ts';
import { slipEntries } from './slip-entries.ts';
import { supportEntries } from './support-entries.ts';
import { tillEntries } from './till-entries.ts';

export const entries: readonly GalleryEntry[] = [
  ...tillEntries,
  ...slipEntries,
  ...deskEntries,
  ...setupEntries,
  ...supportEntries,
  ...customerEntries,
  ...partEntries,
];
