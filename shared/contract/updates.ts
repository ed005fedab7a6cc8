/** Updates of the app itself: what a technician sees of them and may set. */
import { z } from 'zod';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** Three numbers, as our releases have them. Anything else is not a release. */
export const versionSchema = z.string().regex(/^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/);

const MINUTES_A_DAY = 24 * 60;
const minuteSchema = z
  .number()
  .int()
  .min(0)
  .max(MINUTES_A_DAY - 1);

/** The address of the releases. Never plain http, never with a name and password in it. */
export const feedUrlSchema = z
  .string({ error: 'missing' })
  .max(300, { error: 'too-long' })
  .regex(/^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[1-9]\d{0,4})?(?:\/[A-Za-z0-9._~%/-]*)?$/, {
    error: 'bad-characters',
  });

export const updateChoiceSchema = z.strictObject({
  enabled: z.boolean(),
  /** `null`: the feed that is built into this build, if any. */
  url: feedUrlSchema.nullable(),
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  /** Minutes after midnight, Beijing time. The window may go past midnight; two equal times mean the whole day. */
  fromMinute: minuteSchema,
  toMinute: minuteSchema,
});
export type UpdateChoice = z.infer<typeof updateChoiceSchema>;

/** The result of looking for a newer version. */
export const lookResultSchema = z.enum([
  'newest', // the feed has nothing newer than this version
  'ready', // downloaded; its signature and its sum are right
  'not-in-stage', // offered to a part of the terminals; this one is not in that part yet
  'off',
  'no-feed',
  'no-key',
  'unreachable',
  'no-manifest',
  'bad-manifest', // no manifest, or a manifest of a kind that this version does not know
  'bad-signature',
  'other-channel',
  'older', // signed, but for a version older than this one
  'replayed', // signed, but released before one that this terminal has already seen
  'too-far', // this version is too old to update to that one in one step
  'failed-before', // it failed here and was rolled back; only a person can have it tried again
  'no-file', // it contains nothing for this kind of terminal
  'feed-disagrees', // latest.yml is not the file that the manifest signs
  'download-failed',
  'bad-file', // the downloaded file is not the one that the manifest signs
  'disk-space',
  'no-way-back', // the running version is not in the feed, so it could not be restored
  'not-here', // the running program is not an installed app
]);
export type LookResult = z.infer<typeof lookResultSchema>;

/** Why a ready version is not being installed now. */
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

/**
 * How this terminal's app is replaced. `by-hand`: it needs an administrator. `recorded`: a stand-in only records it.
 */
export const installWaySchema = z.enum(['nsis', 'appimage', 'by-hand', 'recorded', 'not-here']);
export type InstallWay = z.infer<typeof installWaySchema>;

export const trialEndSchema = z.enum(['installed', 'not-installed', 'rolled-back', 'roll-back-failed']);
export type TrialEnd = z.infer<typeof trialEndSchema>;

const fromTo = { from: versionSchema, to: versionSchema };

export const updateViewSchema = z.object({
  version: z.string().max(64),
  choice: updateChoiceSchema,
  /** The feed in use; `null` if there is none. */
  feed: z.string().max(300).nullable(),
  /** The first digits of the release key's SHA-256, to compare by eye; `null` if there is no key. */
  keyId: z.string().max(64).nullable(),
  way: installWaySchema,
  looking: z.boolean(),
  /** UTC ms. `version`: the version that the feed named. */
  lastLook: z.object({ atMs: z.number(), result: lookResultSchema, version: versionSchema.nullable() }).nullable(),
  /** What is ready to be installed, and why it is not being installed now. */
  ready: z.object({ version: versionSchema, hold: holdSchema.nullable() }).nullable(),
  /** UTC ms: the next time at which something may be installed; `null` if nothing would be. */
  nextWindow: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
  /** A version that is being tried, or the version before it that is being put back. */
  trial: z.object({ at: z.enum(['installing', 'proving', 'going-back', 'stuck']), ...fromTo }).nullable(),
  last: z.object({ ...fromTo, end: trialEndSchema, atMs: z.number() }).nullable(),
});
export type UpdateView = z.infer<typeof updateViewSchema>;

export const updatesCommands = {
  'updates.state': { roles: TECHNICIAN, input: nothing, output: updateViewSchema, codes: [] },
  // Answers after it has looked, and has downloaded what there is. It also allows another try of a version that failed
  // here before.
  'updates.look': { roles: TECHNICIAN, input: nothing, output: updateViewSchema, codes: ['already-running'] },
  'updates.set': { roles: TECHNICIAN, input: updateChoiceSchema, output: updateViewSchema, codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;
