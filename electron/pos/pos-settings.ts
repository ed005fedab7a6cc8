/**
 * Whether till software may connect, on which port and with which token: one file of the profile, for its user only.
 */
import { z } from 'zod';
import { posPortSchema, POS_PORT } from '../../shared/contract/pos.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readSettingsFile, secureSettingsFile, writeSettingsFile } from '../base/settings-file.ts';
import { keptTokenSchema } from './token.ts';

export const posSettingsSchema = z.strictObject({
  enabled: z.boolean(),
  port: posPortSchema,
  token: keptTokenSchema.nullable(),
});
export type PosSettings = z.infer<typeof posSettingsSchema>;

const OFF: PosSettings = { enabled: false, port: POS_PORT, token: null };

/**
 * Off if there is no file. `unreadable`: neither the file nor its copy can be read or parsed. Both are left as they
 * are.
 */
export function readPosSettings(path: string): Result<PosSettings, 'unreadable'> {
  const read = readSettingsFile(path, posSettingsSchema);
  return read.ok ? ok(read.value ?? OFF) : read;
}

export const writePosSettings = (path: string, settings: PosSettings, wallMs: number): Result<null, 'not-saved'> =>
  writeSettingsFile(path, posSettingsSchema, settings, wallMs);

/** For the app at its start. Returns whether the settings had to be restored from their copy. */
export const securePosSettings = (path: string, wallMs: number): boolean =>
  secureSettingsFile(path, posSettingsSchema, wallMs);

export const switchedOff = OFF;
