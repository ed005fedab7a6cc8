/**
 * Replaces the app with an installer that has been checked. It does not use electron-updater for this. On Linux that
 * goes through a shell. For an AppImage it deletes the app before it puts the new one in its place. Nothing here uses a
 * shell.
 */
import { spawn } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  chmodSync,
  fsyncSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { InstallWay } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileTroubleOf, renameSafely, syncFolderOf, writeFileSafely } from '../base/safe-file.ts';
import type { KeptRelease } from './kept-releases.ts';

export type InstallProblem = 'not-begun';

/** Starts to replace the app with the kept release. The app must quit as soon as this returns ok. */
export type Install = (kept: KeptRelease) => Promise<Result<null, InstallProblem>>;

export interface InstalledAs {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly isStandIn: boolean;
  /** The running AppImage, if the app is one. */
  readonly appImage: string | null;
  /** Windows: a single program that unpacks itself at each start and was never installed. */
  readonly isPortable: boolean;
  readonly appFolder: string | null;
}

/**
 * How this app can be replaced. If its folder belongs to an administrator, the installer would ask for one in front of
 * customers.
 */
export function installWayOf({
  platform,
  isPackaged,
  isStandIn,
  appImage,
  isPortable,
  appFolder,
}: InstalledAs): InstallWay {
  if (isStandIn) return 'recorded';
  if (!isPackaged || appFolder === null) return 'not-here';
  if (appImage !== null) return canWriteIn(dirname(appImage)) ? 'appimage' : 'by-hand';
  // An installer would add a second app beside it, and ask for an administrator.
  if (platform !== 'win32' || isPortable) return 'by-hand';
  // A silent installer without administrator rights removes the old app and then fails to write the new one.
  return canWriteIn(appFolder) ? 'nsis' : 'by-hand';
}

/** By trying: Windows keeps the write permissions where no flag of the file shows them. */
function canWriteIn(folder: string): boolean {
  const probe = join(folder, '.facepay-write-probe');
  try {
    accessSync(folder, constants.W_OK);
    writeFileSync(probe, '');
    rmSync(probe);
    return true;
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return false;
  }
}

export interface InstallParts {
  readonly way: InstallWay;
  readonly appImage: string | null;
  /** Lets another process of the app start while this one closes. */
  readonly letGo: () => void;
  /** Where a stand-in records what it would have done. */
  readonly recordFile: string;
}

export function installerFor({ way, appImage, letGo, recordFile }: InstallParts): Install {
  return async (kept) => {
    try {
      switch (way) {
        case 'nsis':
          // The arguments that electron-updater gives: an update, silent, and start the app afterwards.
          return await begin(kept.path, ['--updated', '/S', '--force-run']);
        case 'appimage':
          if (appImage === null) return fail('not-begun');
          replaceWhole(kept.path, appImage);
          letGo();
          return await begin(appImage, []);
        case 'recorded':
          writeFileSafely(
            recordFile,
            `${JSON.stringify({ version: kept.release.version, file: kept.file.name, installed: false })}\n`,
          );
          return ok(null);
        case 'by-hand':
        case 'not-here':
          return fail('not-begun');
      }
    } catch (error) {
      if (fileTroubleOf(error) === null) throw error;
      return fail('not-begun');
    }
  };
}

/** At every moment the old file or the new one is there, and complete. */
function replaceWhole(from: string, to: string): void {
  const draft = `${to}.new`;
  copyFileSync(from, draft);
  chmodSync(draft, 0o755);
  const file = openSync(draft, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSafely(draft, to);
  syncFolderOf(to);
}

/** A separate process, which outlives this one. */
const begin = (program: string, args: readonly string[]): Promise<Result<null, InstallProblem>> =>
  new Promise((resolve) => {
    const process = spawn(program, [...args], { detached: true, stdio: 'ignore', shell: false, windowsHide: true });
    process.once('error', () => {
      resolve(fail('not-begun'));
    });
    process.once('spawn', () => {
      process.unref();
      resolve(ok(null));
    });
  });
