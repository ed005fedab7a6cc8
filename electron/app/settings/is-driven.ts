/** Whether a process drives a journal of a profile now. Makes no file, so a fresh profile stays fresh. */
import { existsSync } from 'node:fs';
import type { Environment } from '../../../shared/settings.ts';
import { leaderLock } from '../../orders/engine/leader-lock.ts';
import type { Profile } from './profile.ts';

const ENVIRONMENTS: readonly Environment[] = ['live', 'practice'];

export const isDriven = (profile: Pick<Profile, 'leaderLock'>): boolean =>
  ENVIRONMENTS.some((environment) => {
    const path = profile.leaderLock(environment);
    if (!existsSync(path)) return false;
    const lock = leaderLock(path);
    const free = lock.take();
    lock.release();
    return !free;
  });
