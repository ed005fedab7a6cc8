/**
 * A small JSON file with a schema, written completely or not at all, for its user only. It has a copy beside it
 * (`.kept`), from which its content is taken if the file is gone, empty, damaged or unreadable.
 */
import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { ok, type Result } from '../../shared/result.ts';
import { parseJson } from './json.ts';
import { readText } from './text-file.ts';
import { removeIfPossible, syncFolderOf, withFiles, writeFileSafely, type FileTrouble } from './safe-file.ts';

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
export const textAt = (path: string): Text =>
  withFiles<string | null, never>(() => ok(existsSync(path) ? readText(path) : null));

const parsed = <Value>(text: Text, schema: z.ZodType<Value>): Value | null =>
  (text.ok && text.value !== null ? schema.safeParse(parseJson(text.value)).data : undefined) ?? null;
