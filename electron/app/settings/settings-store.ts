/**
 * What a terminal knows of itself, and its merchant's secrets, read from and written to the profile.
 *
 * [Note: Switching secrets] Settings and secrets change together or not at all: new secrets go into a file of a name of
 * its own, are opened again from there, and one rename of settings.json, which names the file, switches over. The file
 * before stays, and is named too, until the new set-up has made one good call; until then it can be gone back to.
 */
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Language, Merchant, Terminal } from '../../../shared/settings.ts';
import { withFiles } from '../../base/safe-file.ts';
import { SEAL_COST } from '../../vault/scrypt-cost.ts';
import { usualSeal, type Seal, type SealedFile } from '../../vault/sealed-file.ts';
import { noSecretBox, type SecretBox } from '../../vault/secret-box.ts';
import type { Profile } from './profile.ts';
import { secretFiles, type CredentialsProblem, type SecretFiles } from './secret-files.ts';
import { settingsJson, type SettingsJson, type SettingsProblem } from './settings-json.ts';
import type { Credentials, Settings } from './stored-settings.ts';

export type { CredentialsProblem } from './secret-files.ts';
export type { SettingsProblem } from './settings-json.ts';
export type { Credentials, Settings } from './stored-settings.ts';

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
   * they were gone or damaged. Whether it put them back.
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
  const secrets = secretFiles(profile.credentials, keys);
  const json = settingsJson(profile, secrets.areThere);
  const { read, restore, secure, write } = json;
  /** Where the settings cannot be read, what can be said of the secrets is said of where they are most often. */
  const likelyFile = (now: ReturnType<typeof read>): string =>
    now.ok ? fileOf(now.value, secrets) : secrets.usualName;

  return {
    settings: read,
    switchTo: (setUp) => switchTo(json, secrets, setUp),
    proving() {
      const now = read();
      const file = now.ok ? fileOf(now.value, secrets) : '';
      return () => {
        proved(json, secrets, file);
      };
    },
    credentials: () => secrets.open(likelyFile(read())),
    previousCredentials: () => {
      const now = read();
      const file = now.ok ? now.value.secrets?.previous?.file : undefined;
      return file === undefined ? Promise.resolve(fail('missing')) : secrets.open(file);
    },
    credentialsPath: () => secrets.pathOf(likelyFile(read())),
    seal: () => {
      const now = read();
      return now.ok ? secrets.seal(fileOf(now.value, secrets)) : null;
    },
    async setMerchant(merchant, credentials) {
      const now = json.base();
      if (!now.ok) return now;
      const { terminal } = now.value;
      const switched = await switchTo(json, secrets, { merchant, terminal, credentials, seal: usualSeal(keys) });
      return switched.ok ? ok(null) : switched;
    },
    goBack: () => goBack(json),
    restore,
    secure,
    setTerminal(terminal) {
      const now = read();
      return now.ok ? write({ ...now.value, terminal }) : now;
    },
  };
}

/** Where `now` has its secrets. */
const fileOf = (now: Settings, { usualName }: SecretFiles): string => now.secrets?.file ?? usualName;

/** The set-up to go back to from the one after `now`: the last that is known to work. */
function previousFor(now: Settings, secrets: SecretFiles): NonNullable<Settings['secrets']>['previous'] {
  if (now.merchant === null) return null;
  return now.secrets?.previous ?? { merchant: now.merchant, file: fileOf(now, secrets) };
}

async function switchTo(
  json: SettingsJson,
  secrets: SecretFiles,
  { merchant, terminal, credentials, seal, certificateSeen = false, provisionId }: StoredSetUp,
): Promise<Result<Settings, SettingsProblem>> {
  const now = json.base();
  if (!now.ok) return now;
  const begun = json.begin(now.value);
  if (!begun.ok) return begun;
  const stored = await secrets.store(credentials, seal);
  if (!stored.ok) return stored;
  const provisioned = [...(now.value.provisioned ?? []), ...(provisionId === undefined ? [] : [provisionId])].slice(
    -PROVISIONED_KEPT,
  );
  const switched = json.write({
    merchant,
    terminal,
    secrets: { file: stored.value, certificateSeen, previous: previousFor(now.value, secrets) },
    ...(provisioned.length === 0 ? {} : { provisioned }),
  });
  return switched.ok ? ok(now.value) : switched;
}

function goBack(json: SettingsJson): Result<Settings, SettingsProblem | 'no-previous'> {
  const now = json.read();
  if (!now.ok) return now;
  const previous = now.value.secrets?.previous ?? null;
  if (previous === null) return fail('no-previous');
  const back = json.write({
    ...now.value,
    merchant: previous.merchant,
    secrets: { file: previous.file, certificateSeen: true, previous: null },
  });
  return back.ok ? ok(now.value) : back;
}

/** The set-up whose secrets are in `file` works. */
function proved(json: SettingsJson, secretFiles: SecretFiles, file: string): void {
  const now = json.read();
  if (!now.ok || now.value.merchant === null || fileOf(now.value, secretFiles) !== file) return;
  const { secrets, ...rest } = now.value;
  const next: Settings = secrets === undefined ? rest : { ...rest, secrets: { ...secrets, previous: null } };
  const hasPrevious = (secrets?.previous ?? null) !== null;
  if (hasPrevious && !json.write(next).ok) return;
  withFiles(() => {
    secretFiles.removeAllBut([fileOf(next, secretFiles), next.secrets?.previous?.file]);
    return ok(null);
  });
}
