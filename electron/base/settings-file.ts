/** The profile's small files: read, written, secured at the app's start, and known by name once they are made. */
import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { copyOf, keepCopy, lookAtFile, textAt, writeWithCopy } from './file-with-copy.ts';
import { rememberFile } from './known-files.ts';
import { renameSafely, withFiles, type FileTrouble } from './safe-file.ts';

/**
 * `null` if neither exists. `unreadable`: neither the file nor its copy can be read or parsed. Both are left as they
 * are.
 */
export function readSettingsFile<Value>(path: string, schema: z.ZodType<Value>): Result<Value | null, 'unreadable'> {
  const { found, value } = lookAtFile(path, schema);
  return value !== null || found === 'nothing' ? ok(value) : fail('unreadable');
}

/**
 * On disk when this returns ok. A file that does not parse is set aside first, and a file that cannot be read is not
 * overwritten. `wallMs`: now, UTC.
 */
export function writeSettingsFile<Value extends object>(
  path: string,
  schema: z.ZodType<Value>,
  settings: Value,
  wallMs: number,
): Result<null, 'not-saved'> {
  return replaceFile(path, schema, settings, wallMs).ok ? ok(null) : fail('not-saved');
}

/** The same, with what the file system refused. */
export const replaceFile = <Value extends object>(
  path: string,
  schema: z.ZodType<Value>,
  settings: Value,
  wallMs: number,
): Result<null, FileTrouble> =>
  withFiles<null, FileTrouble>(() => {
    const { found, trouble } = lookAtFile(path, schema);
    if (found === 'unreadable') return fail(trouble ?? 'io');
    if (found === 'damaged') putAside(path, wallMs);
    const isNew = !existsSync(path);
    writeWithCopy(path, settings);
    if (isNew) rememberFile(path);
    return ok(null);
  });

/**
 * For the app at its start: keeps the copy up to date, or restores the file from it. Returns whether it was restored.
 */
export function secureSettingsFile<Value extends object>(
  path: string,
  schema: z.ZodType<Value>,
  wallMs: number,
): boolean {
  const { found, value } = lookAtFile(path, schema);
  if (value === null || found === 'nothing' || found === 'unreadable') return false;
  if (found !== 'whole') return writeSettingsFile(path, schema, value, wallMs).ok;
  const own = textAt(path);
  const kept = textAt(copyOf(path));
  if (own.ok && own.value !== null && !(kept.ok && kept.value === own.value)) keepCopy(path, own.value);
  return false;
}

/** The name under which a damaged file was set aside. */
export function putAside(path: string, wallMs: number): string {
  const setAside = `${path}.damaged-${String(wallMs)}`;
  renameSafely(path, setAside);
  return setAside;
}
