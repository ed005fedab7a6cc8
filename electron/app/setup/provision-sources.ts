/** Where a provisioning file may be: beside the app, in the profile's folder, at the root of a removable drive. */
import { readFileSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProvisionFile } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { decodeText } from '../../base/text-file.ts';
import { PROVISION_BYTES_MAX } from '../../vault/provision-file.ts';

export const PROVISION_NAME = 'facepay-provision.json';
/** The public key that signs provisioning files. The installer puts it beside the app, or into the profile. */
export const FLEET_KEY_NAME = 'facepay-fleet.pub';

export interface ProvisionSource {
  readonly place: ProvisionFile['place'];
  readonly folder: string;
}

/** The names in a folder; none if there is no such folder. */
export type ListFolder = (folder: string) => Promise<readonly string[]>;

/** `appFolder`: where the executable is; `null` if the app runs from its sources. */
export function provisionSources(
  appFolder: string | null,
  profileFolder: string,
  removable: readonly string[],
): ProvisionSource[] {
  return [
    ...(appFolder === null ? [] : [{ place: 'beside-app' as const, folder: appFolder }]),
    { place: 'profile', folder: profileFolder },
    ...removable.map((folder) => ({ place: 'removable' as const, folder })),
  ];
}

/** Where removable drives are mounted. */
export async function removableRoots(platform: NodeJS.Platform, list: ListFolder): Promise<string[]> {
  if (platform === 'win32') return Array.from('DEFGHIJKLMNOPQRSTUVWXYZ', (letter) => `${letter}:\\`);
  if (platform === 'darwin') return within('/Volumes', list);
  const byUser = [...(await within('/media', list)), ...(await within('/run/media', list))];
  const drives = await Promise.all(byUser.map((folder) => within(folder, list)));
  return [...byUser, ...drives.flat(), ...(await within('/mnt', list))];
}

const within = async (folder: string, list: ListFolder): Promise<string[]> =>
  (await list(folder)).map((name) => `${folder}/${name}`);

/** The path as the file system has it. A network drive that is gone may take minutes to report that. */
export async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return [];
  }
}

/** Whether a file is there, readable or not. A network drive that is gone may take minutes to report that, too. */
export async function liesAt(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
}

/** A file's text; `null` if there is none. */
export function textIn(path: string): Result<string | null, 'file-unreadable'> {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return ok(null);
    const text = found.isFile() && found.size <= PROVISION_BYTES_MAX ? decodeText(readFileSync(path)) : null;
    return text === null ? fail('file-unreadable') : ok(text);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    // A drive that is being pulled out, or a drive letter without a drive: nothing is there.
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? fail('file-unreadable') : ok(null);
  }
}

/**
 * The fleet's key from the first of the folders that has one. Never from a removable drive: that is where a
 * provisioning file comes from.
 */
export function fleetKeyIn(folders: readonly string[]): string | null {
  for (const folder of folders) {
    const key = textIn(join(folder, FLEET_KEY_NAME));
    if (key.ok && key.value !== null) return key.value;
  }
  return null;
}
