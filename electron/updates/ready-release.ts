/** The version whose installer is ready: what its manifest says, and whether it may be installed now. */
import type { Clock } from '../base/clock.ts';
import { beijingMinute } from './hours.ts';
import { mayInstall, neededBytes, type MayInstall, type ShopFacts } from './may-install.ts';
import { stagingBucketOf } from './record.ts';
import type { UpdateFiles } from './update-files.ts';

export interface ReadyRelease {
  /** Reads its manifest. If the manifest is no longer valid, the version is not ready any more. */
  learn(): Promise<void>;
  /** Checks all rules. `wayBack`: whether the present version can be put back; if left out, the last result is used. */
  may(wayBack?: boolean): Promise<MayInstall>;
  /** Whether the present version's installer is here and valid. */
  foundWayBack(isHere: boolean): void;
}

export interface ReadyReleaseParts {
  readonly folder: string;
  readonly clock: Clock;
  /** `null` while the terminal is not open. */
  readonly shop: () => Promise<ShopFacts | null>;
  readonly freeBytes: (folder: string) => Promise<number | null>;
}

export function readyRelease(
  { folder, clock, shop, freeBytes }: ReadyReleaseParts,
  { way, record, kept, settings, source }: Pick<UpdateFiles, 'way' | 'record' | 'kept' | 'settings' | 'source'>,
): ReadyRelease {
  let stagingPercentage = 100;
  let fileBytes = 0;
  let noWayBack = false;
  return {
    async learn() {
      const { ready } = record.now();
      const here = ready === null ? null : await kept.find(ready, source().keyPem);
      stagingPercentage = here?.release.stagingPercentage ?? 0;
      fileBytes = here?.file.size ?? 0;
      noWayBack = false;
      if (ready !== null && here === null) record.change({ ready: null });
    },
    async may(wayBack = !noWayBack) {
      const { enabled, fromMinute, toMinute } = settings();
      const { ready, failed, terminal, trial } = record.now();
      return mayInstall({
        enabled,
        way,
        hours: { fromMinute, toMinute },
        minute: beijingMinute(clock.read().wallMs),
        stagingBucket: stagingBucketOf(terminal),
        stagingPercentage,
        failedBefore: ready !== null && failed.includes(ready),
        trialRuns: trial.at !== 'rest',
        freeBytes: await freeBytes(folder),
        neededBytes: neededBytes(fileBytes),
        wayBack,
        shop: await shop(),
      });
    },
    foundWayBack(isHere) {
      noWayBack = !isHere;
    },
  };
}
