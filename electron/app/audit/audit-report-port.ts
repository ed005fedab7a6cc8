/**
 * A profile's audit trail, walked from end to end: in this thread, or in a thread of its own while the till goes on.
 */
import { z } from 'zod';
import { trailCodes, trailSchema, type Trail } from '../../../shared/contract/exports.ts';
import type { Result } from '../../../shared/result.ts';
import type { Environment } from '../../../shared/settings.ts';
import type { FileTrouble } from '../../base/safe-file.ts';
import { answerOfThread } from '../../base/thread.ts';
import type { Profile } from '../settings/profile.ts';
import { exportTrail, verifyTrail, type TrailProblem } from './audit-report.ts';

export interface Trails {
  verify(environment: Environment): Promise<Result<Trail, TrailProblem>>;
  export(environment: Environment, path: string): Promise<Result<Trail, TrailProblem | FileTrouble>>;
}

/** For a program that has nothing else to do meanwhile. */
export const trailsHere = (profile: Profile): Trails => ({
  verify: (environment) => Promise.resolve(verifyTrail(profile, environment)),
  export: (environment, path) => Promise.resolve(exportTrail(profile, environment, path)),
});

export const trailJobSchema = z.object({
  folder: z.string(),
  environment: z.enum(['practice', 'live']),
  path: z.string().nullable(),
});
type TrailJob = z.infer<typeof trailJobSchema>;
const jobOf = (folder: string, environment: Environment, path: string | null): TrailJob => ({
  folder,
  environment,
  path,
});

const replyOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.union([
    z.object({ ok: z.literal(true), value: trailSchema }),
    z.object({ ok: z.literal(false), error: z.enum(codes) }),
  ]);
const verifyReply = replyOf(trailCodes);
const exportReply = replyOf([...trailCodes, 'not-permitted']);

/** `script`: audit-report-worker.ts, or its bundle. */
export const trailsInThread = ({ folder }: Profile, script: string): Trails => ({
  verify: async (environment) => verifyReply.parse(await answerOfThread(script, jobOf(folder, environment, null))),
  export: async (environment, path) =>
    exportReply.parse(await answerOfThread(script, jobOf(folder, environment, path))),
});
