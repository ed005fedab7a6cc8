/**
 * The journal, verified from end to end in a thread of its own. A long one takes seconds, and the till goes on
 * meanwhile.
 */
import { z } from 'zod';
import type { Environment } from '../../../shared/settings.ts';
import { answerOfThread } from '../../base/thread.ts';

export const journalInspectionSchema = z.discriminatedUnion('kind', [
  // `first` is the first wrong place; `null` if nothing is wrong.
  z.object({
    kind: z.literal('read'),
    entries: z.number(),
    found: z.number(),
    first: z.object({ kind: z.string(), seq: z.number().nullable() }).nullable(),
    /** Journals that the app found damaged and set aside; they are still in the folder. */
    setAside: z.number(),
    bytes: z.number(),
    /**
     * What a damage cost, until a manager has confirmed it: orders that could not be read, and entries that are gone;
     * `null` if the number is not known.
     */
    lost: z.object({ orders: z.number(), entries: z.number().nullable() }).nullable(),
  }),
  z.object({ kind: z.literal('unread'), why: z.string() }),
]);
export type JournalInspection = z.infer<typeof journalInspectionSchema>;

export const inspectionRequestSchema = z.object({ folder: z.string(), environment: z.enum(['practice', 'live']) });

/** Reads a profile's journal and changes nothing in it. `signal` ends a reading that takes too long. */
export type InspectJournal = (
  folder: string,
  environment: Environment,
  signal: AbortSignal,
) => Promise<JournalInspection>;

/** `script`: journal-worker.ts, or its bundle. */
export const inspectJournalWith =
  (script: string): InspectJournal =>
  async (folder, environment, signal) =>
    journalInspectionSchema.parse(await answerOfThread(script, { folder, environment }, signal));
