/**
 * What a terminal knows of itself, and its merchant's secrets, read from and written to the profile.
 *
 * [Note: Switching secrets] Settings and secrets change together or not at all. New secrets go into a file with a new
 * name and are opened again from there. Then one rename of settings.json, which names that file, switches over. The
 * earlier file stays, and is named too, until the new set-up has made one good call. Until then the earlier set-up can
 * be restored.
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

/** For a process that cannot reach the system's key store. */
export const NO_KEY_STORE: SecretBox = noSecretBox;

const PROVISIONED_KEPT = 100;

export interface SettingsStore {
  settings(): Result<Settings, SettingsProblem>;
  credentials(): Promise<Result<Credentials, CredentialsProblem>>;
  /** The secrets of the set-up before this one, while there is one. */
  previousCredentials(): Promise<Result<Credentials, CredentialsProblem>>;
  /** Where the secrets are, for people who look for a fault. */
  credentialsPath(): string;
  /** How the secrets are sealed; `null` if there are none. */
  seal(): ReturnType<SealedFile['seal']>;
  setMerchant(merchant: Merchant, credentials: Credentials): Promise<Result<null, SettingsProblem>>;
  /** Stores all or nothing. The value is what was there before: it is kept, and `restore` takes it. */
  switchTo(setUp: StoredSetUp): Promise<Result<Settings, SettingsProblem>>;
  /** Restores the set-up before this one, which was never removed. The value is for `restore`. */
  goBack(): Result<Settings, SettingsProblem | 'no-previous'>;
  restore(settings: Settings): Result<null, SettingsProblem>;
  /**
   * To be called now. Call the returned function once the present set-up has been seen to work: then the one before is
   * no longer needed, and its secrets are removed. Nothing happens if another set-up is in force by then.
   */
  proving(): () => void;
  setTerminal(terminal: Terminal): Result<null, SettingsProblem>;
  /**
   * To be called by the app at its start: keeps the copy of the settings up to date, or puts the settings back from it where
   * they were gone or damaged. Whether it put them back.
   */
  secure(): boolean;
}

/** The screen's language; Chinese if the settings cannot be read. */
export function languageNow(store: Pick<SettingsStore, 'settings'>): Language {
  const settings = store.settings();
  return settings.ok ? settings.value.terminal.language : 'zh-CN';
}

/** `passphrase` is the store's, if it has one; otherwise empty. */
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
  /** If the settings cannot be read, this answers for the secrets in their usual file. */
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

/** The set-up that can be restored after `now` is replaced: the last one that is known to work. */
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
