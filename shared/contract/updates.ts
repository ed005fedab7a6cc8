/** Updates of the app itself: what a technician sees of them and may set. */
import { z } from 'zod';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** Three numbers, as our releases have them. What sorts otherwise is no release. */
export const versionSchema = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/);

const MINUTES_A_DAY = 24 * 60;
const minuteSchema = z
  .number()
  .int()
  .min(0)
  .max(MINUTES_A_DAY - 1);

/** Where releases lie. Never plain http, never with a name and password in it. */
export const feedUrlSchema = z
  .string({ error: 'missing' })
  .max(300, { error: 'too-long' })
  .regex(/^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[1-9]\d{0,4})?(?:\/[A-Za-z0-9._~%/-]*)?$/, {
    error: 'bad-characters',
  });

export const updateChoiceSchema = z.strictObject({
  enabled: z.boolean(),
  /** `null`: the one that this build was made with, if any. */
  url: feedUrlSchema.nullable(),
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Minutes after midnight, Beijing time. The window may go over midnight; both alike is the whole day. */
  fromMinute: minuteSchema,
  toMinute: minuteSchema,
});
export type UpdateChoice = z.infer<typeof updateChoiceSchema>;

/** What came of looking for a newer version. */
export const lookResultSchema = z.enum([
  'newest', // the feed has nothing newer than this
  'ready', // downloaded, its signature and its sum hold
  'not-in-stage', // offered to a part of the terminals that this one is not in yet
  'off',
  'no-feed',
  'no-key',
  'unreachable',
  'no-manifest',
  'bad-manifest', // no manifest, or one of a kind that this version does not know
  'bad-signature',
  'other-channel',
  'older', // signed, and for a version before this one
  'replayed', // signed, and released before one that this terminal has already seen
  'too-far', // this version is too old to go there in one step
  'failed-before', // it was put back here; only by hand is it tried again
  'no-file', // nothing in it for this kind of terminal
  'feed-disagrees', // latest.yml is not what the manifest signs
  'download-failed',
  'bad-file', // what was downloaded is not what the manifest signs
  'disk-space',
  'no-way-back', // the version that runs now is not in the feed, so nothing could put it back
  'not-here', // what runs is no installed app
]);
export type LookResult = z.infer<typeof lookResultSchema>;

/** Why a version that is ready is not being installed now. */
export const holdSchema = z.enum([
  'off',
  'not-open',
  'order-open',
  'payment',
  'signed-in',
  'outside-hours',
  'not-in-stage',
  'failed-before',
  'trial-runs',
  'disk-space',
  'no-way-back',
  'by-hand',
]);
export type Hold = z.infer<typeof holdSchema>;

/** How this terminal's app is replaced. `by-hand`: it would take an administrator. `recorded`: a stand-in only writes it down. */
export const installWaySchema = z.enum(['nsis', 'appimage', 'by-hand', 'recorded', 'not-here']);
export type InstallWay = z.infer<typeof installWaySchema>;

export const trialEndSchema = z.enum(['installed', 'not-installed', 'rolled-back', 'roll-back-failed']);
export type TrialEnd = z.infer<typeof trialEndSchema>;

const fromTo = { from: versionSchema, to: versionSchema };

export const updateViewSchema = z.object({
  version: z.string().max(64),
  choice: updateChoiceSchema,
  /** The feed in force; `null` where there is none. */
  feed: z.string().max(300).nullable(),
  /** The first digits of the release key's SHA-256, to be compared by eye; `null` where there is no key. */
  keyId: z.string().max(64).nullable(),
  way: installWaySchema,
  looking: z.boolean(),
  /** UTC ms. `version`: the one that the feed spoke of. */
  lastLook: z.object({ atMs: z.number(), result: lookResultSchema, version: versionSchema.nullable() }).nullable(),
  /** What is ready to be installed, and why it is not being installed now. */
  ready: z.object({ version: versionSchema, hold: holdSchema.nullable() }).nullable(),
  /** UTC ms: the next time at which something may be installed; `null` where nothing would be. */
  nextWindow: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
  /** A version that is being tried, or the one before that is being put back. */
  trial: z.object({ at: z.enum(['installing', 'proving', 'going-back', 'stuck']), ...fromTo }).nullable(),
  last: z.object({ ...fromTo, end: trialEndSchema, atMs: z.number() }).nullable(),
});
export type UpdateView = z.infer<typeof updateViewSchema>;

export const updatesCommands = {
  'updates.state': { roles: TECHNICIAN, input: nothing, output: updateViewSchema, codes: [] },
  // Answers when it has looked, and downloaded what there is. A version that failed here before is forgiven by it.
  'updates.look': { roles: TECHNICIAN, input: nothing, output: updateViewSchema, codes: ['already-running'] },
  'updates.set': { roles: TECHNICIAN, input: updateChoiceSchema, output: updateViewSchema, codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;
