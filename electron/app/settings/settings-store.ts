/**
 * What a terminal knows of itself, and its merchant's secrets, read from and written to the profile.
 *
 * [Note: Switching secrets] Settings and secrets change together or not at all: new secrets go into a file of a name of
 * its own, are opened again from there, and one rename of settings.json, which names the file, switches over. The file
 * before stays, and is named too, until the new set-up has made one good call; until then it can be gone back to.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { terminalSchema, type Language, type Merchant, type Terminal } from '../../../shared/settings.ts';
import { parseJson } from '../../base/json.ts';
import { syncFolderOf, withFiles, withFilesLater, writeFileSafely, type FileTrouble } from '../../base/safe-file.ts';
import { copyOf, isBlank, keepCopy } from '../../base/settings-file.ts';
import { SEAL_COST } from '../../vault/scrypt-cost.ts';
import { sealedFile, usualSeal, type Seal, type SealedFile, type SealProblem } from '../../vault/sealed-file.ts';
import { noSecretBox, type SecretBox } from '../../vault/secret-box.ts';
import type { Profile } from './profile.ts';
import { credentialsSchema, settingsSchema, type Credentials, type Settings } from './stored-settings.ts';

export type { Credentials, Settings } from './stored-settings.ts';

/**
 * `damaged`: the file is there but does not parse. It is left as it is. `settings-missing`: it is gone or empty, and what
 * lies beside it shows that a merchant was set up here: such a terminal never practises.
 */
export type SettingsProblem = 'damaged' | 'settings-missing' | FileTrouble;
export type CredentialsProblem = SealProblem | FileTrouble;

/** A whole set-up, to be stored at once. */
export interface StoredSetUp {
  readonly merchant: Merchant;
  readonly terminal: Terminal;
  readonly credentials: Credentials;
  readonly seal: Seal;
  readonly certificateSeen?: boolean;
  /** The provisioning file that it came in. */
  readonly provisionId?: string;
}

/** Of a process that has no way to the system's key store. */
export const NO_KEY_STORE: SecretBox = noSecretBox;

const PROVISIONED_KEPT = 100;

/** Of a terminal on which nothing was ever set up. */
const AT_FIRST: Settings = { merchant: null, terminal: terminalSchema.parse({}) };
/** What `restore` gets of a set-up that was made where the settings were gone: they are gone again. */
const GONE: Settings = { ...AT_FIRST };

const SEALED_FILE = /^credentials(-[0-9a-f]{16})?\.sealed$/;

export interface SettingsStore {
  settings(): Result<Settings, SettingsProblem>;
  credentials(): Promise<Result<Credentials, CredentialsProblem>>;
  /** The secrets of the set-up before this one, while there is one. */
  previousCredentials(): Promise<Result<Credentials, CredentialsProblem>>;
  /** Where the secrets are, for people who look for the fault. */
  credentialsPath(): string;
  /** How the secrets are sealed; `null` where there are none. */
  seal(): ReturnType<SealedFile['seal']>;
  setMerchant(merchant: Merchant, credentials: Credentials): Promise<Result<null, SettingsProblem>>;
  /** Stores all or nothing; what was there before is the value, for `restore`, and is kept. */
  switchTo(setUp: StoredSetUp): Promise<Result<Settings, SettingsProblem>>;
  /** Back to the set-up before this one, which was never put away; the value is for `restore`. */
  goBack(): Result<Settings, SettingsProblem | 'no-previous'>;
  restore(settings: Settings): Result<null, SettingsProblem>;
  /**
   * To be called now, and what it returns once the set-up of now has been seen to work: then the one before is not needed
   * any more, and its secrets go. Nothing happens where it is no longer the set-up by then.
   */
  proving(): () => void;
  setTerminal(terminal: Terminal): Result<null, SettingsProblem>;
  /**
   * To be called by the app at its start: keeps the copy of the settings up to date, or puts the settings back from it where
   * they were gone. Whether they were gone.
   */
  secure(): boolean;
}

/** The screen's language; Chinese where the settings cannot be read. */
export function languageNow(store: Pick<SettingsStore, 'settings'>): Language {
  const settings = store.settings();
  return settings.ok ? settings.value.terminal.language : 'zh-CN';
}

/** `passphrase` is the store's, if it has one; empty otherwise. */
export function settingsStore(
  profile: Profile,
  passphrase: string,
  box: SecretBox = noSecretBox,
  cost = SEAL_COST,
): SettingsStore {
  const keys = { secretPath: profile.deviceSecret, passphrase, box, cost };
  const folder = dirname(profile.credentials);
  const usualName = basename(profile.credentials);
  const sealedIn = (file: string): SealedFile => sealedFile(join(folder, file), keys);

  const copy = copyOf(profile.settings);
  const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const parsed = (text: string): Settings | null => settingsSchema.safeParse(parseJson(text)).data ?? null;
  /** What only a terminal leaves that had a merchant: keys, or anything of real payments. */
  const hadMerchant = (): boolean => {
    const live = dirname(profile.journal('live'));
    return (
      (existsSync(live) && readdirSync(live).length > 0) ||
      (existsSync(folder) && readdirSync(folder).some((name) => SEALED_FILE.test(name)))
    );
  };

  const settings = (): Result<Settings, SettingsProblem> =>
    withFiles(() => {
      const text = textOf(profile.settings);
      const now = isBlank(text) ? parsed(textOf(copy)) : parsed(text);
      if (now !== null) return ok(now);
      if (!isBlank(text)) return fail('damaged');
      if (hadMerchant()) return fail('settings-missing');
      return existsSync(profile.settings) ? fail('damaged') : ok(AT_FIRST);
    });
  const write = (next: Settings): Result<null, SettingsProblem> =>
    withFiles(() => {
      const text = `${JSON.stringify(next, null, 2)}\n`;
      writeFileSafely(profile.settings, text);
      syncFolderOf(profile.settings);
      keepCopy(profile.settings, text);
      return ok(null);
    });
  const restore = (before: Settings): Result<null, SettingsProblem> => {
    if (before !== GONE) return write(before);
    return withFiles(() => {
      rmSync(copy, { force: true });
      rmSync(profile.settings, { force: true });
      return ok(null);
    });
  };
  const secure = (): boolean => {
    const secured = withFiles<boolean, never>(() => {
      const text = textOf(profile.settings);
      const kept = textOf(copy);
      if (!isBlank(text)) {
        if (text !== kept && parsed(text) !== null) keepCopy(profile.settings, text);
        return ok(false);
      }
      const now = parsed(kept);
      if (now !== null) write(now);
      return ok(now !== null);
    });
    return secured.ok && secured.value;
  };
  /** Where `now` has its secrets, and the set-up to go back to from the next one: the last that is known to work. */
  const fileOf = (now: Settings): string => now.secrets?.file ?? usualName;
  const previousFor = (now: Settings): NonNullable<Settings['secrets']>['previous'] => {
    if (now.merchant === null) return null;
    return now.secrets?.previous ?? { merchant: now.merchant, file: fileOf(now) };
  };
  const opened = async (file: string): Promise<Result<Credentials, CredentialsProblem>> => {
    const text = await withFilesLater<string, SealProblem>(() => sealedIn(file).read());
    if (!text.ok) return text;
    const credentials = credentialsSchema.safeParse(parseJson(text.value));
    return credentials.success ? ok(credentials.data) : fail('damaged');
  };
  /** A name that no file has, so that what is there stays until the switch is done. */
  const newName = (): string =>
    existsSync(profile.credentials) ? `credentials-${randomBytes(8).toString('hex')}.sealed` : usualName;
  const removeUnnamed = (now: Settings): void => {
    const named = [fileOf(now), now.secrets?.previous?.file];
    for (const name of readdirSync(folder)) {
      if (/^credentials(-[0-9a-f]{16})?\.sealed(\.new)?$/.test(name) && !named.includes(name))
        rmSync(join(folder, name), { force: true });
    }
  };

  /** What a set-up begins from: also where the settings are gone. */
  const base = (): Result<Settings, SettingsProblem> => {
    const now = settings();
    return !now.ok && now.error === 'settings-missing' ? ok(GONE) : now;
  };

  const switchTo: SettingsStore['switchTo'] = async ({
    merchant,
    terminal,
    credentials,
    seal,
    certificateSeen = false,
    provisionId,
  }) => {
    const now = base();
    if (!now.ok) return now;
    // From here on keys without settings beside them tell of settings that are gone.
    if (now.value !== GONE && !existsSync(profile.settings)) {
      const begun = write(now.value);
      if (!begun.ok) return begun;
    }
    const file = newName();
    const text = JSON.stringify(credentials);
    const kept = await withFilesLater<boolean, SettingsProblem>(async () => {
      await sealedIn(file).write(text, seal);
      syncFolderOf(join(folder, file));
      const again = await sealedIn(file).read();
      return ok(again.ok && again.value === text);
    });
    if (!kept.ok) return kept;
    // What was written is not what was meant: a disk that lies. The old secrets are as they were.
    if (!kept.value) return fail('io');
    const provisioned = [...(now.value.provisioned ?? []), ...(provisionId === undefined ? [] : [provisionId])].slice(
      -PROVISIONED_KEPT,
    );
    const secrets = { file, certificateSeen, previous: previousFor(now.value) };
    const switched = write({ merchant, terminal, secrets, ...(provisioned.length === 0 ? {} : { provisioned }) });
    return switched.ok ? ok(now.value) : switched;
  };
  const proved = (file: string): void => {
    const now = settings();
    if (!now.ok || now.value.merchant === null || fileOf(now.value) !== file) return;
    const { secrets, ...rest } = now.value;
    const next = secrets === undefined ? rest : { ...rest, secrets: { ...secrets, previous: null } };
    const hasPrevious = (secrets?.previous ?? null) !== null;
    if (hasPrevious && !write(next).ok) return;
    withFiles(() => {
      removeUnnamed(next);
      return ok(null);
    });
  };

  return {
    settings,
    switchTo,
    proving() {
      const now = settings();
      const file = now.ok ? fileOf(now.value) : '';
      return () => {
        proved(file);
      };
    },
    credentials: () => {
      const now = settings();
      // Where the settings cannot be read, what can be said of the secrets is said of where they are most often.
      return opened(now.ok ? fileOf(now.value) : usualName);
    },
    previousCredentials: () => {
      const now = settings();
      const file = now.ok ? now.value.secrets?.previous?.file : undefined;
      return file === undefined ? Promise.resolve(fail('missing')) : opened(file);
    },
    credentialsPath() {
      const now = settings();
      return join(folder, now.ok ? fileOf(now.value) : usualName);
    },
    seal: () => {
      const now = settings();
      if (!now.ok) return null;
      const seal = withFiles(() => ok(sealedIn(fileOf(now.value)).seal()));
      return seal.ok ? seal.value : null;
    },
    async setMerchant(merchant, credentials) {
      const now = base();
      if (!now.ok) return now;
      const switched = await switchTo({ merchant, terminal: now.value.terminal, credentials, seal: usualSeal(keys) });
      return switched.ok ? ok(null) : switched;
    },
    goBack() {
      const now = settings();
      if (!now.ok) return now;
      const previous = now.value.secrets?.previous ?? null;
      if (previous === null) return fail('no-previous');
      const back = write({
        ...now.value,
        merchant: previous.merchant,
        secrets: { file: previous.file, certificateSeen: true, previous: null },
      });
      return back.ok ? ok(now.value) : back;
    },
    restore,
    secure,
    setTerminal(terminal) {
      const now = settings();
      return now.ok ? write({ ...now.value, terminal }) : now;
    },
  };
}
