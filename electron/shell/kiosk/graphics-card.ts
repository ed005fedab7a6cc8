/**
 * Whether the app draws without the graphics card, remembered over restarts. Both locks start the app again by themselves
 * and without its arguments (build/machine/README.md), so a file says it: the version of Chromium under which the card
 * failed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Result } from '../../../shared/result.ts';
import { withFiles, writeFileSafely, type FileTrouble } from '../../base/safe-file.ts';

const fileIn = (profileFolder: string): string => join(profileFolder, 'graphics-card-failed');

/** Whether the card was given up under this very Chromium. Another version may do better with it, and tries. */
export function isCardGivenUp(profileFolder: string, chromium: string): boolean {
  const failedUnder = withFiles(() => ok(readFileSync(fileIn(profileFolder), 'utf8')));
  return failedUnder.ok && failedUnder.value.trim() === chromium;
}

/** From the next start on the app draws without the card. */
export function giveUpCard(profileFolder: string, chromium: string): Result<null, FileTrouble> {
  return withFiles<null, FileTrouble>(() => {
    writeFileSafely(fileIn(profileFolder), `${chromium}\n`);
    return ok(null);
  });
}
