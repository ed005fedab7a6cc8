/** A small book about the staff in the profile: on disk before anybody hears of a change, put aside where it is damaged, and never written over. */
import { existsSync, readFileSync } from 'node:fs';
import type { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, renameSafely, syncFolderOf, writeFileSafely } from '../base/safe-file.ts';

/** `damaged`: it was put aside under the name `setAside`. `unreadable`: it is there, and stays as it is. */
export type FoundBook<Book> =
  | { readonly found: 'nothing' | 'unreadable'; readonly setAside: null }
  | { readonly found: 'damaged'; readonly setAside: string }
  | { readonly found: 'book'; readonly book: Book; readonly setAside: null };

export function readBook<Book>(path: string, schema: z.ZodType<Book>, wallMs: number): FoundBook<Book> {
  try {
    if (!existsSync(path)) return { found: 'nothing', setAside: null };
    const parsed = schema.safeParse(parseJson(readFileSync(path, 'utf8')));
    if (parsed.success) return { found: 'book', book: parsed.data, setAside: null };
    const setAside = `${path}.damaged-${String(wallMs)}`;
    renameSafely(path, setAside);
    return { found: 'damaged', setAside };
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return { found: 'unreadable', setAside: null };
  }
}

export function writeBook(path: string, book: object): Result<null, 'not-saved'> {
  try {
    writeFileSafely(path, `${JSON.stringify(book, null, 2)}\n`);
    syncFolderOf(path);
    return ok(null);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('not-saved');
  }
}
