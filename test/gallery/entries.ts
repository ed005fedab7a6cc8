/** Everything there is to look at. A new screen or state is one line in the list of its kind. */
import { deskEntries } from './desk-entries.ts';
import type { GalleryEntry } from './entry.ts';
import { partEntries } from './part-entries.tsx';
import { tillEntries } from './till-entries.ts';

export const entries: readonly GalleryEntry[] = [...tillEntries, ...deskEntries, ...partEntries];
