/** A small file of settings: JSON that keeps a schema, written whole or not at all, for its user alone. */
import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from './json.ts';
import { fileTroubleOf, writeFileSafely } from './safe-file.ts';

/** `null` where there is no file. `unreadable`: it cannot be read or does not parse; it is left as it is. */
export function readSettingsFile<Value>(path: string, schema: z.ZodType<Value>): Result<Value | null, 'unreadable'> {
  try {
    if (!existsSync(path)) return ok(null);
    const parsed = schema.safeParse(parseJson(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : fail('unreadable');
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('unreadable');
  }
}

export function writeSettingsFile(path: string, settings: object): Result<null, 'not-saved'> {
  try {
    writeFileSafely(path, `${JSON.stringify(settings, null, 2)}\n`);
    return ok(null);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('not-saved');
  }
}
