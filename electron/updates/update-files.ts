/** What the profile stores about updates, and what this terminal can install. */
import type { InstallWay } from '../../shared/contract/updates.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { installWayOf, type InstalledAs } from './install.ts';
import { openKeptReleases, type KeptReleases } from './kept-releases.ts';
import { installerKindOf, type InstallerKind } from './look.ts';
import { openRecord, type RecordStore } from './record.ts';
import { updatePaths, type UpdatePaths } from './update-paths.ts';
import {
  isUpdateSettingsUnreadable,
  readUpdateSettings,
  secureUpdateSettings,
  sourceOf,
  type Source,
  type Surroundings,
  type UpdateSettings,
} from './update-settings.ts';

export interface UpdateFilesParts {
  /** The profile's folder for updates. */
  readonly folder: string;
  readonly installedAs: InstalledAs;
  readonly arch: string;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface UpdateFiles {
  readonly paths: UpdatePaths;
  readonly way: InstallWay;
  /** `null` if nothing can be installed. */
  readonly kind: InstallerKind | null;
  readonly record: RecordStore;
  readonly kept: KeptReleases;
  readonly settings: () => UpdateSettings;
  readonly source: () => Source;
  /** To be called once at the app's start: restores what it can, and logs what cannot be read. */
  readonly secure: () => void;
}

export function openUpdateFiles({
  folder,
  installedAs,
  arch,
  surroundings,
  clock,
  log,
}: UpdateFilesParts): UpdateFiles {
  const paths = updatePaths(folder);
  const way = installWayOf(installedAs);
  const kind = installerKindOf(way, installedAs.platform, installedAs.appImage !== null, arch);
  const record = openRecord(paths.record, clock.read().wallMs);
  if (record.setAside !== null) log.warn({ file: record.setAside }, 'the record of updates was damaged');
  const kept = openKeptReleases(paths.kept, kind ?? { ending: 'none', arch });
  const settings = (): UpdateSettings => readUpdateSettings(paths.settings);
  const secure = (): void => {
    if (secureUpdateSettings(paths.settings, clock.read().wallMs))
      log.warn(
        { file: paths.settings },
        'the settings of updates were gone or damaged and have been put back from their copy',
      );
    if (isUpdateSettingsUnreadable(paths.settings))
      log.warn({ file: paths.settings }, 'the settings of updates cannot be read, so nothing is looked for');
    if (record.unreadable())
      log.warn({ file: paths.record }, 'the record of updates cannot be read, and is not written');
  };
  return { paths, way, kind, record, kept, settings, source: () => sourceOf(settings(), surroundings), secure };
}
