/** Whether till software may connect, on which port and with which token: one file of the profile, for its user alone. */
import { z } from 'zod';
import { posPortSchema, POS_PORT } from '../../shared/contract/pos.ts';
import { ok, type Result } from '../../shared/result.ts';
import { readSettingsFile, writeSettingsFile } from '../base/settings-file.ts';
import { keptTokenSchema } from './token.ts';

const posSettingsSchema = z.strictObject({ enabled: z.boolean(), port: posPortSchema, token: keptTokenSchema.nullable() });
export type PosSettings = z.infer<typeof posSettingsSchema>;

const OFF: PosSettings = { enabled: false, port: POS_PORT, token: null };

/** Off where the file is missing. `unreadable`: it is there and cannot be read or does not parse; it is left as it is. */
export function readPosSettings(path: string): Result<PosSettings, 'unreadable'> {
  const read = readSettingsFile(path, posSettingsSchema);
  return read.ok ? ok(read.value ?? OFF) : read;
}

export const writePosSettings = (path: string, settings: PosSettings): Result<null, 'not-saved'> => writeSettingsFile(path, settings);

export const switchedOff = OFF;
