/** Whether a process drives a journal of a profile now. Makes no file, so a fresh profile stays fresh. */
import { existsSync } from 'node:fs';
import { environments } from '../../../shared/settings.ts';
import { leaderLock } from '../../orders/engine/leader-lock.ts';
import type { Profile } from './profile.ts';

export const isDriven = (profile: Pick<Profile, 'leaderLock'>): boolean =>
  environments.some((environment) => {
    const path = profile.leaderLock(environment);
    if (!existsSync(path)) return false;
    const lock = leaderLock(path);
    const free = lock.take();
    lock.release();
    return !free;
  });
