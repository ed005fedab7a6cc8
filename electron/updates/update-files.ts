/** What the profile stores about updates, and what this terminal can install. */
import type { InstallWay } from '../../shared/contract/updates.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { installWayOf, type InstalledAs } from './install.ts';
import { openKeptReleases, type KeptReleases } from './kept-releases.ts';
import { installerKindOf, type InstallerKind } from './look.ts';
import { openRecord, type RecordBook } from './record.ts';
import { updatePlaces, type UpdatePlaces } from './update-places.ts';
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
  readonly places: UpdatePlaces;
  readonly way: InstallWay;
  /** `null` if nothing can be installed. */
  readonly kind: InstallerKind | null;
  readonly record: RecordBook;
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
  const places = updatePlaces(folder);
  const way = installWayOf(installedAs);
  const kind = installerKindOf(way, installedAs.platform, installedAs.appImage !== null, arch);
  const record = openRecord(places.record, clock.read().wallMs);
  if (record.setAside !== null) log.warn({ file: record.setAside }, 'the record of updates was damaged');
  const kept = openKeptReleases(places.kept, kind ?? { ending: 'none', arch });
  const settings = (): UpdateSettings => readUpdateSettings(places.settings);
  const secure = (): void => {
    if (secureUpdateSettings(places.settings, clock.read().wallMs))
      log.warn(
        { file: places.settings },
        'the settings of updates were gone or damaged and have been put back from their copy',
      );
    if (isUpdateSettingsUnreadable(places.settings))
      log.warn({ file: places.settings }, 'the settings of updates cannot be read, so nothing is looked for');
    if (record.unreadable())
      log.warn({ file: places.record }, 'the record of updates cannot be read, and is not written');
  };
  return { places, way, kind, record, kept, settings, source: () => sourceOf(settings(), surroundings), secure };
}
