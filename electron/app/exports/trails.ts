/** A profile's audit trail, walked from end to end: in this thread, or in one of its own while the till goes on. */
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { trailCodes, trailSchema, type Trail } from '../../../shared/contract/exports.ts';
import type { Result } from '../../../shared/result.ts';
import type { Environment } from '../../../shared/settings.ts';
import type { FileTrouble } from '../../base/safe-file.ts';
import type { Profile } from '../profile.ts';
import { exportTrail, verifyTrail, type TrailProblem } from './trail.ts';

export interface Trails {
  verify(environment: Environment): Promise<Result<Trail, TrailProblem>>;
  export(environment: Environment, path: string): Promise<Result<Trail, TrailProblem | FileTrouble>>;
}

/** For a program that has nothing else to do meanwhile. */
export const trailsHere = (profile: Profile): Trails => ({
  verify: (environment) => Promise.resolve(verifyTrail(profile, environment)),
  export: (environment, path) => Promise.resolve(exportTrail(profile, environment, path)),
});

export const trailJobSchema = z.object({ folder: z.string(), environment: z.enum(['practice', 'live']), path: z.string().nullable() });
type TrailJob = z.infer<typeof trailJobSchema>;

const replyOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z.union([z.object({ ok: z.literal(true), value: trailSchema }), z.object({ ok: z.literal(false), error: z.enum(codes) })]);
const verifyReply = replyOf(trailCodes);
const exportReply = replyOf([...trailCodes, 'not-permitted']);

/** `script`: trail-worker.ts, or what it was bundled to. */
export const trailsInThread = ({ folder }: Profile, script: string): Trails => ({
  verify: async (environment) => verifyReply.parse(await answerOf(script, { folder, environment, path: null })),
  export: async (environment, path) => exportReply.parse(await answerOf(script, { folder, environment, path })),
});

const answerOf = (script: string, workerData: TrailJob): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData, execArgv: [], env: {} });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('the thread that walks the audit trail ended without a word'));
    });
  });
