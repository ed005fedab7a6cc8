/**
 * Which profile a command works on, and as whom. On a locked terminal the app runs as a user of its own; an administrator
 * must find that user's journal, and must leave no file in it that the app then cannot read.
 */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultProfileFolder } from '../app/settings/profile.ts';

/** The home of the user that the lock makes on Linux (build/machine/README.md, "Lock the machine"). */
const KIOSK_HOME = '/var/lib/facepay';
/** The user's name, which on Windows is also that of the folder beside the administrator's own. */
const KIOSK_USER = 'facepay';

export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home of whoever runs the command. */
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly isThere: (path: string) => boolean;
}

/**
 * `FACEPAY_PROFILE`; else the profile of whoever runs the command, if there is one; else the kiosk user's, if there is one;
 * else where a first one would be made.
 */
export function profileFolderOf({ env, home, platform, isThere }: Place): string {
  const own = defaultProfileFolder(env, home);
  if ((env['FACEPAY_PROFILE'] ?? '') !== '' || isThere(own)) return own;
  const kiosk = defaultProfileFolder({}, platform === 'win32' ? join(dirname(home), KIOSK_USER) : KIOSK_HOME);
  return isThere(kiosk) ? kiosk : own;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * As whom root has to work on this folder: as its owner, or where it is not there yet, as the owner of the closest folder
 * above it. `null` if that is root.
 */
export function ownerFor(folder: string, ownerOf: (path: string) => Owner | null): Owner | null {
  for (let path = folder; ; path = dirname(path)) {
    const owner = ownerOf(path);
    if (owner !== null) return owner.uid === 0 ? null : owner;
    if (path === dirname(path)) return null;
  }
}

/** Root becomes the owner of the profile for the rest of the process. Others, and Windows, stay who they are. */
export function actAsOwnerOf(folder: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = ownerFor(folder, (path) => statSync(path, { throwIfNoEntry: false }) ?? null);
  if (owner === null) return;
  // The group first: without root's rights it could not be changed any more.
  process.setgroups?.([owner.gid]);
  process.setgid?.(owner.gid);
  process.setuid?.(owner.uid);
}
