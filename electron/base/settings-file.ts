/**
 * A small JSON file with a schema, written completely or not at all, for its user only. It has a copy beside it
 * (`.kept`). If the file is gone, empty, damaged or unreadable, its content is taken from the copy.
 */
import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from './json.ts';
import { readText } from './text-file.ts';
import {
  removeIfPossible,
  renameSafely,
  syncFolderOf,
  withFiles,
  writeFileSafely,
  type FileTrouble,
} from './safe-file.ts';

/** `gone`: only the copy exists. `damaged`: it does not parse. `unreadable`: it exists and cannot be read. */
export interface Looked<Value> {
  readonly found: 'nothing' | 'whole' | 'gone' | 'damaged' | 'unreadable';
  /** The file's content, or its copy's; `null` if neither has any. */
  readonly value: Value | null;
  /** What kept the file from being read, or its copy where that was needed. */
  readonly trouble: FileTrouble | null;
}

/** The path of a file's copy. */
export const copyOf = (path: string): string => `${path}.kept`;

/** Changes nothing. */
export function lookAtFile<Value>(path: string, schema: z.ZodType<Value>): Looked<Value> {
  const own = textAt(path);
  const value = parsed(own, schema);
  if (value !== null) return { found: 'whole', value, trouble: null };
  const copy = textAt(copyOf(path));
  const kept = parsed(copy, schema);
  const trouble = own.ok ? (copy.ok ? null : copy.error) : own.error;
  return { found: foundIn(own, kept !== null), value: kept, trouble };
}

type Text = Result<string | null, FileTrouble>;

function foundIn(own: Text, isKept: boolean): Exclude<Looked<never>['found'], 'whole'> {
  if (!own.ok) return 'unreadable';
  if (own.value !== null) return isKept && isBlank(own.value) ? 'gone' : 'damaged';
  return isKept ? 'gone' : 'nothing';
}

/** An empty file, or one that a power cut has filled with zeroes. */
export const isBlank = (text: string): boolean => /^[\0\s]*$/.test(text);

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
    writeWithCopy(path, settings);
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

/** Writes the file, then its copy. Throws what the file system refuses of the file itself. */
export function writeWithCopy(path: string, settings: object): void {
  const text = `${JSON.stringify(settings, null, 2)}\n`;
  writeFileSafely(path, text);
  syncFolderOf(path);
  keepCopy(path, text);
}

/** A copy that cannot be updated is removed: its content would no longer be true. */
export function keepCopy(path: string, text: string): void {
  const kept = withFiles<null, never>(() => {
    writeFileSafely(copyOf(path), text);
    return ok(null);
  });
  if (!kept.ok) removeIfPossible(copyOf(path));
}

/** `null` if there is no file. */
const textAt = (path: string): Text =>
  withFiles<string | null, never>(() => ok(existsSync(path) ? readText(path) : null));

const parsed = <Value>(text: Text, schema: z.ZodType<Value>): Value | null =>
  (text.ok && text.value !== null ? schema.safeParse(parseJson(text.value)).data : undefined) ?? null;
