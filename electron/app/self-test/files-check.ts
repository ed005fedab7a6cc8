/**
 * The profile's small files: PINs, cashiers, course, shift sheets, local API, updates. Those that are gone, or can
 * neither be read nor restored from a copy, are named.
 */
import { basename, relative } from 'node:path';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { environments } from '../../../shared/settings.ts';
import { lookAtFile, type Looked } from '../../base/file-with-copy.ts';
import { posSettingsSchema } from '../../pos/pos-settings.ts';
import { rosterSchema } from '../../staff/roster.ts';
import { sheetsSchema } from '../../staff/shift-sheets.ts';
import { pinFile } from '../../staff/pin-file.ts';
import { trainingSchema } from '../../staff/training.ts';
import { isRecordUnreadable } from '../../updates/record.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import { updateSettingsSchema } from '../../updates/update-settings.ts';
import { goneFiles } from '../settings/gone-files.ts';
import type { Profile } from '../settings/profile.ts';

/** `live`: real money. There the first PIN cannot be chosen by any person at the screen. */
export function filesCheck(profile: Profile, live: boolean): SelfTestLine {
  const updates = updatePaths(profile.updates);
  const pins = pinFile(profile.pins).read();
  const gone = [...(!pins.ok && pins.error === 'gone' ? [basename(profile.pins)] : []), ...goneFiles(profile)];
  if (gone.length > 0) return finding('files', 'gone', { files: gone.join(', ') });
  const sheets = environments.map((environment) => profile.shiftSheets(environment));
  const troubled = [
    ...(pins.ok ? [] : [profile.pins]),
    ...(isLost(lookAtFile(profile.roster, rosterSchema)) ? [profile.roster] : []),
    ...(isLost(lookAtFile(profile.training, trainingSchema)) ? [profile.training] : []),
    ...sheets.filter((path) => isLost(lookAtFile(path, sheetsSchema))),
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
