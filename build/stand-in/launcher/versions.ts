// Runs in the stand-in's main process. Why it exists: the versions that main and preload read in process.versions.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Versions } from '../page/preload-script.ts';

const manifest = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('electron/package.json'), 'utf8')) as {
  version: string;
};

/** Electron's version is the one of the app's types; Chromium's version only has the same major number. */
export const STAND_IN_VERSIONS: Versions = { electron: manifest.version, chrome: 'stand-in' };
