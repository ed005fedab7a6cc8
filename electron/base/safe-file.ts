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

/** Writes a file so that a power cut leaves the old content or the new one, never half; readable by this user alone. */
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

/** Renames a file, which a virus scanner or a backup may hold open for a moment. What is at `to` is replaced. */
export function renameSafely(from: string, to: string, pause: Pause = pauseHere): void {
  insist(from, pause, () => {
    renameSync(from, to);
  });
}

/** The same where nothing else may be held up meanwhile. */
export async function renameLater(
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

/** What is in a file that a virus scanner or a backup may hold for a moment. */
export function readSafely(path: string, pause: Pause = pauseHere): Buffer {
  return insist(path, pause, () => readFileSync(path));
}

/** Holds this thread up for so many ms. */
export type Pause = (ms: number) => void;

const pauseHere: Pause = (ms) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
};

/** What is said of a file that another program holds for a moment (Windows says it with any of these). */
const HELD: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** Nearly always the first is enough; all of them together are about a second. */
const PAUSES_MS = [5, 10, 20, 40, 75, 100, 150, 200, 200, 200];

/** Files that were held for all of it the last time. They are not waited for again before one try has worked. */
const refusing = new Set<string>();

/** `act`, tried again for about a second while the file system says that `path` is held. Throws what the last try throws. */
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

/** Takes a file away where that can be done; what is left over does no harm. */
export function removeIfPossible(path: string): void {
  withFiles<null, never>(() => {
    rmSync(path, { force: true });
    return ok(null);
  });
}

/** How many bytes a file has; 0 where there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

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
  // What `rmSync` throws of a file that is held, of a read-only disk, and of a folder has no code of the system's.
  const isOfRemoval = error instanceof Error && 'syscall' in error && error.syscall === 'rm';
  return TROUBLES[code] ?? (isOfRemoval || /^E[A-Z0-9]+$/.test(code) ? 'io' : null);
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
export async function withFilesLater<Value, Problem>(
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
