/** Where the app was installed, and what it was packed with. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { app } from 'electron';

export interface Installation {
  /** The app's folder as the person who installs it sees it; `null` if it runs from its sources. */
  readonly folder: string | null;
  /** The folder that holds the asar; `null` if there is none. */
  readonly resources: string | null;
  /** The app's package.json as it was packed; `null` if there is none beside the bundles. */
  readonly manifest: string | null;
}

export function readInstallation(bundleFolder: string): Installation {
  const manifest = join(bundleFolder, '../package.json');
  return {
    folder: app.isPackaged
      ? folderOf(process.env['APPIMAGE'] ?? process.env['PORTABLE_EXECUTABLE_FILE'] ?? process.execPath)
      : null,
    resources: app.isPackaged ? process.resourcesPath : null,
    manifest: existsSync(manifest) ? readFileSync(manifest, 'utf8') : null,
  };
}

const folderOf = (program: string): string =>
  process.platform === 'darwin' ? resolve(program, '../../../..') : dirname(program);
