/** Whether till software may connect, on which port and with which token: one file of the profile, for its user alone. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { posPortSchema, POS_PORT } from '../../shared/contract/pos.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, writeFileSafely } from '../base/safe-file.ts';
import { keptTokenSchema } from './token.ts';

const posSettingsSchema = z.strictObject({ enabled: z.boolean(), port: posPortSchema, token: keptTokenSchema.nullable() });
export type PosSettings = z.infer<typeof posSettingsSchema>;

const OFF: PosSettings = { enabled: false, port: POS_PORT, token: null };

/** Off where the file is missing. `unreadable`: it is there and cannot be read or does not parse; it is left as it is. */
export function readPosSettings(path: string): Result<PosSettings, 'unreadable'> {
  try {
    if (!existsSync(path)) return ok(OFF);
    const parsed = posSettingsSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : fail('unreadable');
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('unreadable');
  }
}

export function writePosSettings(path: string, settings: PosSettings): Result<null, 'not-saved'> {
  try {
    writeFileSafely(path, `${JSON.stringify(settings, null, 2)}\n`);
    return ok(null);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('not-saved');
  }
}

export const switchedOff = OFF;
