/**
 * Where this terminal gets its updates, when, and whose signature it accepts: one file of the profile, and files beside
 * the app.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { feedUrlSchema, updateChoiceSchema, type UpdateChoice } from '../../shared/contract/updates.ts';
import { ok, type Result } from '../../shared/result.ts';
import { fileTroubleOf } from '../base/safe-file.ts';
import { readSettingsFile, secureSettingsFile, writeSettingsFile } from '../base/settings-file.ts';

/** The public key that signs releases. The installer puts it beside the app, or into the profile. */
export const RELEASE_KEY_NAME = 'facepay-update.pub';
const PEM_BYTES_MAX = 16 * 1024;

export const DEFAULT_CHANNEL = 'latest';

const pem = z.string().max(PEM_BYTES_MAX);

export const updateSettingsSchema = updateChoiceSchema.extend({
  /** The key that signs releases; `null` for the file beside the app, or in the profile. */
  publicKeyPem: pem.nullable(),
  /** For a feed with its own authority; `null` for the built-in authorities. */
  caPem: pem.nullable(),
});
export type UpdateSettings = z.infer<typeof updateSettingsSchema>;

/**
 * On by default, so that a build with a feed and a key needs no person. Two hours of the night, when shops are closed.
 */
export const DEFAULT_UPDATE_SETTINGS: UpdateSettings = {
  enabled: true,
  url: null,
  channel: DEFAULT_CHANNEL,
  fromMinute: 3 * 60,
  toMinute: 5 * 60,
  publicKeyPem: null,
  caPem: null,
};

/** Off if neither the file nor its copy can be read or parsed: a feed that nobody chose must not be contacted. */
export function readUpdateSettings(path: string): UpdateSettings {
  const read = readSettingsFile(path, updateSettingsSchema);
  return read.ok ? (read.value ?? DEFAULT_UPDATE_SETTINGS) : { ...DEFAULT_UPDATE_SETTINGS, enabled: false };
}

/** Whether the file exists but cannot be used. */
export const isUpdateSettingsUnreadable = (path: string): boolean => !readSettingsFile(path, updateSettingsSchema).ok;

export const writeUpdateSettings = (
  path: string,
  settings: UpdateSettings,
  wallMs: number,
): Result<null, 'not-saved'> => writeSettingsFile(path, updateSettingsSchema, settings, wallMs);

/** For the app at its start. Returns whether the settings had to be restored from their copy. */
export const secureUpdateSettings = (path: string, wallMs: number): boolean =>
  secureSettingsFile(path, updateSettingsSchema, wallMs);

/** Some of the settings; those that are left out stay as they are. */
export type UpdateChange = { readonly [Name in keyof UpdateSettings]?: UpdateSettings[Name] | undefined };

/** Sets some of them, or none. The returned function undoes it. */
export function changeUpdateSettings(
  path: string,
  change: UpdateChange,
  wallMs: number,
): Result<() => void, 'not-saved'> {
  if (Object.keys(change).length === 0) return ok(() => undefined);
  const before = readUpdateSettings(path);
  const saved = writeUpdateSettings(path, updateSettingsSchema.parse({ ...before, ...change }), wallMs);
  return saved.ok ? ok(() => void writeUpdateSettings(path, before, wallMs)) : saved;
}

export const choiceOf = ({ enabled, url, channel, fromMinute, toMinute }: UpdateSettings): UpdateChoice => ({
  enabled,
  url,
  channel,
  fromMinute,
  toMinute,
});

/** What an installed app brings with it. Folders are searched in their order, the app's own before the profile. */
export interface Surroundings {
  readonly folders: readonly string[];
  /** electron-builder's app-update.yml inside the app; `null` if it runs from its sources. */
  readonly builtInFeed: string | null;
}

/** The feed and the key in use. */
export interface Source {
  readonly url: string | null;
  readonly keyPem: string | null;
}

export function sourceOf({ url, publicKeyPem }: UpdateSettings, { folders, builtInFeed }: Surroundings): Source {
  return {
    url: url ?? feedIn(builtInFeed),
    keyPem: publicKeyPem ?? firstText(folders.map((folder) => join(folder, RELEASE_KEY_NAME))),
  };
}

/** The one line of app-update.yml that is needed; the rest is for electron-updater. */
function feedIn(path: string | null): string | null {
  const text = path === null ? null : firstText([path]);
  const url = /^url:\s*(['"]?)(\S+)\1\s*$/m.exec(text ?? '')?.[2];
  return feedUrlSchema.safeParse(url).data ?? null;
}

function firstText(paths: readonly string[]): string | null {
  for (const path of paths) {
    try {
      const found = statSync(path, { throwIfNoEntry: false });
      if (found?.isFile() === true && found.size <= PEM_BYTES_MAX) return readFileSync(path, 'utf8');
    } catch (error) {
      if (fileTroubleOf(error) === null) throw error;
    }
  }
  return null;
}
