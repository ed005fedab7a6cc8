/** settings.json and its copy: read, written, and put back from the copy where the file was gone or damaged. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { terminalSchema } from '../../../shared/settings.ts';
import { withFiles, type FileTrouble } from '../../base/safe-file.ts';
import { readText } from '../../base/text-file.ts';
import { copyOf, isBlank, lookAtFile } from '../../base/file-with-copy.ts';
import { replaceFile, secureSettingsFile } from '../../base/settings-file.ts';
import { isJournalKnown } from '../../orders/journal/known-journal.ts';
import type { Profile } from './profile.ts';
import { settingsSchema, type Settings } from './stored-settings.ts';

/**
 * `damaged`: the file is there but does not parse, and there is no whole copy. It is left as it is. `settings-missing`: it
 * is gone or empty, and what lies beside it shows that a merchant was set up here: such a terminal never practises.
 */
export type SettingsProblem = 'damaged' | 'settings-missing' | FileTrouble;

/** For a terminal on which nothing was ever set up. */
const AT_FIRST: Settings = { merchant: null, terminal: terminalSchema.parse({}) };
/** What `restore` gets if the set-up was made while the settings were gone: it removes them again. */
const GONE: Settings = { ...AT_FIRST };

export interface SettingsJson {
  readonly read: () => Result<Settings, SettingsProblem>;
  /** What a set-up starts from, also if the settings are gone. */
  readonly base: () => Result<Settings, SettingsProblem>;
  /**
   * To be called with `base` before secrets are stored: from then on, keys without settings mean that the settings are
   * gone.
   */
  readonly begin: (base: Settings) => Result<null, SettingsProblem>;
  /** A damaged file is put aside first (`.damaged-` and when it was last written, UTC ms). */
  readonly write: (next: Settings) => Result<null, SettingsProblem>;
  /** Restores what `base` said. */
  readonly restore: (base: Settings) => Result<null, SettingsProblem>;
  /** At the app's start: keeps the copy up to date, or puts the settings back from it. Whether it put them back. */
  readonly secure: () => boolean;
}

/** `hasSecrets`: whether a merchant's keys are in the profile. */
export function settingsJson(profile: Profile, hasSecrets: () => boolean): SettingsJson {
  const path = profile.settings;

  const read = (): Result<Settings, SettingsProblem> =>
    withFiles(() => {
      const { found, value, trouble } = lookAtFile(path, settingsSchema);
      if (found === 'unreadable' || (value === null && trouble !== null)) return fail(trouble ?? 'io');
      if (value !== null) return ok(value);
      if (found === 'damaged' && !isBlank(readText(path))) return fail('damaged');
      // What only a terminal with a merchant leaves: keys, anything of real payments, or the knowledge of a journal of them.
      if (hasFiles(dirname(profile.journal('live'))) || hasSecrets() || isJournalKnown(profile.journal('live')))
        return fail('settings-missing');
      return found === 'damaged' ? fail('damaged') : ok(AT_FIRST);
    });
  /** A file that is put aside is named by when it was last written. */
  const writtenAtMs = (): number => Math.round(statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const write = (next: Settings): Result<null, SettingsProblem> =>
    withFiles(() => replaceFile(path, settingsSchema, next, writtenAtMs()));

  return {
    read,
    write,
    base() {
      const now = read();
      return !now.ok && now.error === 'settings-missing' ? ok(GONE) : now;
    },
    begin: (base) => (base !== GONE && !existsSync(path) ? write(base) : ok(null)),
    restore(base) {
      if (base !== GONE) return write(base);
      return withFiles(() => {
        rmSync(copyOf(path), { force: true });
        rmSync(path, { force: true });
        return ok(null);
      });
    },
    secure() {
      const secured = withFiles<boolean, never>(() => ok(secureSettingsFile(path, settingsSchema, writtenAtMs())));
      return secured.ok && secured.value;
    },
  };
}

const hasFiles = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;
