import { join } from 'node:path';

export interface UpdatePlaces {
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
export const updatePlaces = (folder: string): UpdatePlaces => ({
  settings: join(folder, 'settings.json'),
  record: join(folder, 'record.json'),
  kept: join(folder, 'kept'),
  download: join(folder, 'download'),
  recorded: join(folder, 'recorded.json'),
});
