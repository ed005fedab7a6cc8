/** Whether a signed release is for this terminal. Pure. */
import type { LookResult } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileFor, type Release, type ReleaseFile } from './manifest.ts';
import { compareVersions } from './version.ts';

export interface OfferFacts {
  readonly version: string;
  readonly channel: string;
  /** The latest `releasedAt` that was ever accepted here, UTC ms; 0 before the first. */
  readonly newestReleasedAtMs: number;
  /** This terminal's bucket among all, 0 up to 100: it belongs to every stage above that. */
  readonly stagingBucket: number;
  /** Versions that were put back here. */
  readonly failed: readonly string[];
  /** The ending of this terminal's installers; `null` if nothing can be installed here. */
  readonly ending: string | null;
  readonly arch: string;
}

type Refusal = Extract<
  LookResult,
  | 'other-channel'
  | 'older'
  | 'newest'
  | 'replayed'
  | 'too-far'
  | 'failed-before'
  | 'not-in-stage'
  | 'not-here'
  | 'no-file'
>;

/** The installer to take, or why there is none. */
export function offerOf(release: Release, facts: OfferFacts): Result<ReleaseFile, Refusal> {
  if (release.channel !== facts.channel) return fail('other-channel');
  // Before the versions are compared: an old manifest must not even be able to say that this version is the newest.
  if (Date.parse(release.releasedAt) < facts.newestReleasedAtMs) return fail('replayed');
  const newer = compareVersions(release.version, facts.version);
  if (newer < 0) return fail('older');
  if (newer === 0) return fail('newest');
  if (compareVersions(facts.version, release.minimumVersion) < 0) return fail('too-far');
  if (facts.failed.includes(release.version)) return fail('failed-before');
  if (!isInStage(facts.stagingBucket, release.stagingPercentage)) return fail('not-in-stage');
  if (facts.ending === null) return fail('not-here');
  const file = fileFor(release.files, facts.ending, facts.arch);
  return file === null ? fail('no-file') : ok(file);
}

/** `stagingBucket` is below 100, so a hundred means every terminal. */
export const isInStage = (stagingBucket: number, percentage: number): boolean => stagingBucket < percentage;
