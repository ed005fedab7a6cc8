/**
 * The profile's small files: PINs, cashiers, course, local API, updates. Those that can neither be read nor restored
 * from a copy are named.
 */
import { relative } from 'node:path';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { lookAtFile, type Looked } from '../../base/settings-file.ts';
import { posSettingsSchema } from '../../pos/pos-settings.ts';
import { rosterSchema } from '../../staff/roster.ts';
import { pinFile } from '../../staff/pin-file.ts';
import { trainingSchema } from '../../staff/training.ts';
import { isRecordUnreadable } from '../../updates/record.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import { updateSettingsSchema } from '../../updates/update-settings.ts';
import type { Profile } from '../settings/profile.ts';

/** `live`: real money. There the first PIN cannot be chosen by any person at the screen. */
export function filesCheck(profile: Profile, live: boolean): SelfTestLine {
  const updates = updatePaths(profile.updates);
  const pins = pinFile(profile.pins).read();
  const troubled = [
    ...(pins.ok ? [] : [profile.pins]),
    ...(isLost(lookAtFile(profile.roster, rosterSchema)) ? [profile.roster] : []),
    ...(isLost(lookAtFile(profile.training, trainingSchema)) ? [profile.training] : []),
    ...(isLost(lookAtFile(profile.posApi, posSettingsSchema)) ? [profile.posApi] : []),
    ...(isLost(lookAtFile(updates.settings, updateSettingsSchema)) ? [updates.settings] : []),
    ...(isRecordUnreadable(updates.record) ? [updates.record] : []),
  ];
  if (troubled.length > 0)
    return finding('files', 'unreadable', { files: troubled.map((path) => relative(profile.folder, path)).join(', ') });
  return finding('files', live && pins.ok && pins.value.manager === null ? 'no-pin' : 'readable');
}

/** Also if a copy has the content: a file that cannot be read is not written, so changes are lost at the end. */
const isLost = ({ found, value }: Looked<unknown>): boolean =>
  found === 'unreadable' || (found === 'damaged' && value === null);
