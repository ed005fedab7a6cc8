import { join } from 'node:path';

export interface UpdatePaths {
  readonly settings: string;
  readonly record: string;
  /** Installers that were checked. */
  readonly kept: string;
  /** electron-updater's own. */
  readonly download: string;
  /** What a stand-in would have installed. */
  readonly recorded: string;
}

/** Paths in the profile's folder for updates. */
export const updatePaths = (folder: string): UpdatePaths => ({
  settings: join(folder, 'settings.json'),
  record: join(folder, 'record.json'),
  kept: join(folder, 'kept'),
  download: join(folder, 'download'),
  recorded: join(folder, 'recorded.json'),
});
