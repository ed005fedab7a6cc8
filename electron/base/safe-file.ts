import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fail, type Result } from '../../shared/result.ts';

/** Writes a file so that a power cut leaves the old content or the new one, never half; readable by this user alone. */
export function writeFileSafely(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/**
 * Makes sure that a file which has just been put in its place is still there after a power cut. Windows keeps folders
 * in its journal and lets nobody sync them.
 */
export function syncFolderOf(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Makes a folder, and those it is in, for this user alone. One that is there is left as it is. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // On a read-only disk the recursive form says "no such file"; the plain one says what is wrong.
    mkdirSync(path, { mode: 0o700 });
  }
}

/** What keeps a file from being read or written, other than what is in it. */
export type FileTrouble = 'disk-full' | 'read-only' | 'not-permitted' | 'io';

const TROUBLES: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
};

/** What an error of the file system's means; `null` where it is another kind of error. */
export function fileTroubleOf(error: unknown): FileTrouble | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return TROUBLES[code] ?? (/^E[A-Z0-9]+$/.test(code) ? 'io' : null);
}

/** `act`, with what the file system refuses it as a value. */
export function withFiles<Value, Problem>(act: () => Result<Value, Problem>): Result<Value, Problem | FileTrouble> {
  try {
    return act();
  } catch (error) {
    return fail(troubleOrThrow(error));
  }
}

/** The same for an act that takes its time. */
export async function withFilesLater<Value, Problem>(act: () => Promise<Result<Value, Problem>>): Promise<Result<Value, Problem | FileTrouble>> {
  try {
    return await act();
  } catch (error) {
    return fail(troubleOrThrow(error));
  }
}

function troubleOrThrow(error: unknown): FileTrouble {
  const trouble = fileTroubleOf(error);
  if (trouble === null) throw error;
  return trouble;
}
