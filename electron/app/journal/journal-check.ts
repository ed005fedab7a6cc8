/**
 * A long journal is checked in a thread before it is opened, so that the window is there meanwhile and shows what it
 * waits for.
 */
import { z } from 'zod';
import type { Environment } from '../../../shared/settings.ts';
import type { Log } from '../../base/log.ts';
import { answerOfThread } from '../../base/thread.ts';
import { isLong } from '../../orders/open-journal.ts';
import type { Profile } from '../settings/profile.ts';

export const checkRequestSchema = z.object({
  folder: z.string(),
  environment: z.enum(['practice', 'live']),
  wallMs: z.number(),
});
export type CheckRequest = z.infer<typeof checkRequestSchema>;

/** Whether the journal was checked and nothing was wrong with it. `false`: the code that opens it must check it. */
export type CheckApart = (environment: Environment, wallMs: number) => Promise<boolean>;

/** `script`: journal-check-worker.ts, or its bundle. A short journal is checked when it is opened. */
export const checkInThread =
  (profile: Profile, script: string, log: Log): CheckApart =>
  async (environment, wallMs) => {
    if (!isLong(profile.journal(environment))) return false;
    const request: CheckRequest = { folder: profile.folder, environment, wallMs };
    try {
      return z.boolean().parse(await answerOfThread(script, request));
    } catch (error) {
      log.warn({ error }, 'the journal could not be checked in a thread');
      return false;
    }
  };
