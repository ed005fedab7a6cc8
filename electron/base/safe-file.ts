import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';

/** Writes a file so that a power cut leaves the old content or the new one, never half. Readable by this user only. */
export function writeFileSafely(path: string, content: string | Uint8Array, pause: Pause = pauseHere): void {
  makeFolder(dirname(path));
  const draft = `${path}.new`;
  insist(path, pause, () => {
    const file = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  });
}

/** Renames a file that a virus scanner or a backup may hold open for a moment. A file at `to` is replaced. */
export function renameSafely(from: string, to: string, pause: Pause = pauseHere): void {
  insist(from, pause, () => {
    renameSync(from, to);
  });
}

/** The same, asynchronous, where other work must not be blocked meanwhile. */
export async function renameSafelyAsync(
  from: string,
  to: string,
  pause: (ms: number) => Promise<void>,
  rename: (from: string, to: string) => void = renameSync,
): Promise<void> {
  for (const ms of PAUSES_MS) {
    try {
      rename(from, to);
      return;
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    await pause(ms);
  }
  rename(from, to);
}

/** The content of a file that a virus scanner or a backup may hold for a moment. */
export function readSafely(path: string, pause: Pause = pauseHere): Buffer {
  return insist(path, pause, () => readFileSync(path));
}

/** Blocks this thread for `ms` milliseconds. */
export type Pause = (ms: number) => void;

const pauseHere: Pause = (ms) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/** The error codes for a file that another program holds for a moment (Windows uses any of these). */
const HELD: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Nearly always the first wait is enough; all of them together are about a second. */
const PAUSES_MS = [5, 10, 20, 40, 75, 100, 150, 200, 200, 200];

/** Files that were held the whole time at the last attempt. They are not waited for again until one try has worked. */
const refusing = new Set<string>();

/**
 * `act`, tried again for about a second while the file system reports `path` as held. Throws what the last try throws.
 */
function insist<Value>(path: string, pause: Pause, act: () => Value): Value {
  const pauses = refusing.has(path) ? [] : PAUSES_MS;
  for (const ms of pauses) {
    try {
      return act();
    } catch (error) {
      if (!isHeld(error)) throw error;
      pause(ms);
    }
  }
  try {
    const value = act();
    refusing.delete(path);
    return value;
  } catch (error) {
    if (isHeld(error)) refusing.add(path);
    throw error;
  }
}

const isHeld = (error: unknown): boolean => error instanceof Error && 'code' in error && HELD.has(String(error.code));

/**
 * Makes sure that a file which has just been moved to its place is still there after a power cut. Windows journals its
 * folders and does not allow a program to sync them.
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

/** Creates a folder, and its parent folders, for this user only. An existing folder is left as it is. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // On a read-only disk the recursive form says "no such file". The plain form gives the real reason.
    mkdirSync(path, { mode: 0o700 });
  }
}

/** Removes a file if possible. A file that remains does no harm. */
export function removeIfPossible(path: string): void {
  withFiles<null, never>(() => {
    rmSync(path, { force: true });
    return ok(null);
  });
}

/** The size of a file in bytes; 0 if there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The reason why a file cannot be read or written, apart from its content. */
export type FileTrouble = 'disk-full' | 'read-only' | 'not-permitted' | 'io';

const TROUBLES: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'not-permitted',
  EPERM: 'not-permitted',
};

/** The meaning of a file system error; `null` if it is another kind of error. */
export function fileTroubleOf(error: unknown): FileTrouble | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // What `rmSync` throws for a held file, a read-only disk or a folder has no system error code.
  const isOfRemoval = error instanceof Error && 'syscall' in error && error.syscall === 'rm';
  return TROUBLES[code] ?? (isOfRemoval || /^E[A-Z0-9]+$/.test(code) ? 'io' : null);
}

/** `act`, with a refusal by the file system as a value. */
export function withFiles<Value, Problem>(act: () => Result<Value, Problem>): Result<Value, Problem | FileTrouble> {
  try {
    return act();
  } catch (error) {
    return fail(troubleOrThrow(error));
  }
}

/** The same for an asynchronous act. */
export async function withFilesAsync<Value, Problem>(
  act: () => Promise<Result<Value, Problem>>,
): Promise<Result<Value, Problem | FileTrouble>> {
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
