/**
 * Folders of the practice commands, which hold keys, although only for play money: each is gone when its process is. A
 * process that is killed outright cannot remove its own, so the next one does.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileTroubleOf } from '../base/safe-file.ts';
import { isAlive } from './is-alive.ts';

const PREFIXES = ['facepay-practice-', 'facepay-demo-'] as const;
/** In each folder: the id of its process. */
const OWNER = 'owner.pid';
/** A folder is made a moment before its owner is written into it. */
const JUST_MADE_MS = 60_000;

export interface Throwaway {
  readonly folder: string;
  readonly remove: () => void;
}

/** Makes one in `parent`, after removing those whose process is gone. */
export function throwawayFolder(prefix: (typeof PREFIXES)[number], parent: string, nowMs: number): Throwaway {
  removeLeftBehind(parent, nowMs);
  const folder = mkdtempSync(join(parent, prefix));
  writeFileSync(join(folder, OWNER), `${String(process.pid)}\n`, { mode: 0o600 });
  return removedAtEnd(folder, () => {
    rmSync(folder, { recursive: true, force: true });
  });
}

/** The same for what this process wrote into a folder that a person named: `act` removes it, at the latest at its end. */
export function removedAtEnd(folder: string, act: () => void): Throwaway {
  const atEnd = (): void => {
    act();
  };
  process.on('exit', atEnd);
  return {
    folder,
    remove: () => {
      process.off('exit', atEnd);
      act();
    },
  };
}

/** Removes the folders in `parent` that killed processes left. Another user's folder is that user's to remove. */
export function removeLeftBehind(parent: string, nowMs: number): void {
  for (const name of readdirSync(parent)) {
    if (!PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
    const folder = join(parent, name);
    try {
      if (!isInUse(folder, nowMs)) rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (fileTroubleOf(error) === null && !isGone(error)) throw error;
    }
  }
}

function isInUse(folder: string, nowMs: number): boolean {
  try {
    return isAlive(Number(readFileSync(join(folder, OWNER), 'utf8')));
  } catch (error) {
    if (!isGone(error)) throw error;
    return nowMs - statSync(folder).mtimeMs < JUST_MADE_MS;
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
