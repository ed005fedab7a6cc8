/** settings.json and its copy: read, written, and put back from the copy where the file was gone or damaged. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { terminalSchema } from '../../../shared/settings.ts';
import { parseJson } from '../../base/json.ts';
import { withFiles, type FileTrouble } from '../../base/safe-file.ts';
import { readText } from '../../base/text-file.ts';
import { copyOf, isBlank, keepCopy, putAside, writeWithCopy } from '../../base/settings-file.ts';
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
  const copy = copyOf(path);

  const read = (): Result<Settings, SettingsProblem> =>
    withFiles(() => {
      const text = textOf(path);
      const now = parsed(text) ?? parsed(textOf(copy));
      if (now !== null) return ok(now);
      if (!isBlank(text)) return fail('damaged');
      // What only a terminal with a merchant leaves: keys, anything of real payments, or the knowledge of a journal of them.
      if (hasFiles(dirname(profile.journal('live'))) || hasSecrets() || isJournalKnown(profile.journal('live')))
        return fail('settings-missing');
      return existsSync(path) ? fail('damaged') : ok(AT_FIRST);
    });
  const write = (next: Settings): Result<null, SettingsProblem> =>
    withFiles(() => {
      const before = textOf(path);
      if (!isBlank(before) && parsed(before) === null) putAside(path, Math.round(statSync(path).mtimeMs));
      writeWithCopy(path, next);
      return ok(null);
    });

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
        rmSync(copy, { force: true });
        rmSync(path, { force: true });
        return ok(null);
      });
    },
    secure() {
      const secured = withFiles<boolean, never>(() => {
        const text = textOf(path);
        const kept = textOf(copy);
        if (parsed(text) !== null) {
          if (text !== kept) keepCopy(path, text);
          return ok(false);
        }
        const now = parsed(kept);
        if (now !== null) write(now);
        return ok(now !== null);
      });
      return secured.ok && secured.value;
    },
  };
}

const textOf = (path: string): string => (existsSync(path) ? readText(path) : '');
const parsed = (text: string): Settings | null => settingsSchema.safeParse(parseJson(text)).data ?? null;
const hasFiles = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;
