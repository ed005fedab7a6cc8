/** What a terminal knows of itself, and its merchant's secrets, read from and written to the profile. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { merchantSchema, terminalSchema, type Merchant, type Terminal } from '../../shared/settings.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, writeFileSafely, type FileTrouble } from '../base/safe-file.ts';
import { sealedFile, type SealProblem } from '../vault/sealed-file.ts';
import type { Profile } from './profile.ts';

const settingsSchema = z.strictObject({
  /** `null` until a merchant is set up: the terminal practises. */
  merchant: merchantSchema.nullable(),
  terminal: terminalSchema,
});
export type Settings = z.infer<typeof settingsSchema>;

const credentialsSchema = z.strictObject({
  apiKey: z.string(),
  certPem: z.string(),
  keyPem: z.string(),
  caPem: z.string().nullable(),
});
/** The merchant's secrets. Main process only; never logged, never sent over IPC. */
export type Credentials = z.infer<typeof credentialsSchema>;

/** `damaged`: the file is there but does not parse. It is left as it is. */
export type SettingsProblem = 'damaged' | FileTrouble;
export type CredentialsProblem = SealProblem | FileTrouble;

export interface SettingsStore {
  settings(): Result<Settings, SettingsProblem>;
  credentials(): Result<Credentials, CredentialsProblem>;
  /** Secrets first: a terminal never has a merchant without its key. */
  setMerchant(merchant: Merchant, credentials: Credentials): Result<null, SettingsProblem>;
  setTerminal(terminal: Terminal): Result<null, SettingsProblem>;
}

/** `passphrase` is the store's, if it has one; empty otherwise. */
export function settingsStore(profile: Profile, passphrase: string): SettingsStore {
  const sealed = sealedFile(profile.credentials, profile.deviceSecret, passphrase);

  const settings = (): Result<Settings, SettingsProblem> =>
    withFiles(() => {
      if (!existsSync(profile.settings)) return ok({ merchant: null, terminal: terminalSchema.parse({}) });
      const parsed = settingsSchema.safeParse(parseJson(readFileSync(profile.settings, 'utf8')));
      return parsed.success ? ok(parsed.data) : fail('damaged');
    });
  const change = (part: Partial<Settings>, before: () => void = () => undefined): Result<null, SettingsProblem> => {
    const now = settings();
    if (!now.ok) return now;
    return withFiles(() => {
      before();
      writeFileSafely(profile.settings, `${JSON.stringify({ ...now.value, ...part }, null, 2)}\n`);
      return ok(null);
    });
  };

  return {
    settings,
    credentials: () =>
      withFiles<Credentials, SealProblem>(() => {
        const text = sealed.read();
        if (!text.ok) return text;
        const credentials = credentialsSchema.safeParse(parseJson(text.value));
        return credentials.success ? ok(credentials.data) : fail('damaged');
      }),
    setMerchant: (merchant, credentials) =>
      change({ merchant }, () => {
        sealed.write(JSON.stringify(credentials));
      }),
    setTerminal: (terminal) => change({ terminal }),
  };
}

/** `act`, with what the file system refuses it as a value. */
function withFiles<Value, Problem>(act: () => Result<Value, Problem>): Result<Value, Problem | FileTrouble> {
  try {
    return act();
  } catch (error) {
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return fail(trouble);
  }
}
