/** Where the journal that was salvaged from a damaged one stays until it takes the damaged one's place. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const SALVAGE_NAME = /^\.salvage-(\d+)$/;

export const salvagePath = (journal: string, atMs: number): string => `${journal}.salvage-${String(atMs)}`;
export const setAsidePath = (journal: string, atMs: number): string => `${journal}.damaged-${String(atMs)}`;

/** While this exists the journal must not be opened: a process died before all files were in their places. */
export interface Salvage {
  readonly path: string;
  readonly setAside: string;
}

export function salvageBeside(journal: string): Salvage | null {
  const folder = dirname(journal);
  if (!existsSync(folder)) return null;
  for (const name of readdirSync(folder)) {
    const atMs = name.startsWith(basename(journal))
      ? SALVAGE_NAME.exec(name.slice(basename(journal).length))?.[1]
      : undefined;
    if (atMs !== undefined) return { path: join(folder, name), setAside: setAsidePath(journal, Number(atMs)) };
  }
  return null;
}
