/**
 * Chromium's single-instance lock where it names another machine: its disk was cloned, or the network gave this one
 * another name. Chromium takes no such lock for its own and would never start again. The journal's leader lock is the
 * operating system's, so where that is free, no app uses the profile.
 */
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ok } from '../../shared/result.ts';
import type { Log } from '../base/log.ts';
import { removeIfPossible, withFiles } from '../base/safe-file.ts';

/** A symbolic link to "<host name>-<process id>" (chrome/browser/process_singleton_posix.cc). */
const LOCK = 'SingletonLock';
const OTHERS = ['SingletonSocket', 'SingletonCookie'];

interface LockedFolder {
  /** Chromium's own data. */
  readonly folder: string;
  /** Whether a process drives a journal of this profile. */
  readonly isUsed: () => boolean;
  readonly hostName: string;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** To be called before the app asks for its single-instance lock. Windows has no such file. */
export function clearForeignLock({ folder, isUsed, hostName, log }: LockedFolder): void {
  const holder = holderOf(join(folder, LOCK));
  if (holder === null || holder.host === hostName) return;
  if (isUsed()) {
    log.error(holder, 'an app on another machine uses this profile, or facepay does; its lock is left alone');
    return;
  }
  for (const name of [...OTHERS, LOCK]) removeIfPossible(join(folder, name));
  log.warn(holder, 'the lock of another machine was cleared: nobody uses this profile');
}

function holderOf(path: string): { readonly host: string; readonly pid: number } | null {
  // Refused where there is no lock, and where the file is no link: folders copied without their links.
  const link = withFiles(() => ok(readlinkSync(path)));
  const [, host, pid] = /^(.*)-(\d+)$/.exec(link.ok ? link.value : '') ?? [];
  return host === undefined ? null : { host, pid: Number(pid) };
}
