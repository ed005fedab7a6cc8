/** The roster as it is kept in the profile. A change is on disk before it is reported. */
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { withFiles } from '../base/safe-file.ts';
import { readBook, writeBook, type FoundBook } from './book-file.ts';
import { crewSchema, unnamedCrew, type Crew } from './crew.ts';

/** `unreadable`: it exists and cannot be read. `set-aside`: it was damaged, and the names must be entered again. */
export type CrewTrouble = 'unreadable' | 'set-aside';

export interface CrewBook {
  now(): Crew;
  change(next: Crew): Result<null, 'not-saved'>;
  /** Where a damaged file was set aside. */
  readonly setAside: string | null;
  /** What a manager must know about it now. */
  trouble(): CrewTrouble | null;
}

/**
 * A file that cannot be read is never overwritten. Then no cashier is on the shift, and one must take it. Until the
 * file can be read again, this process keeps that shift in memory only, because the till goes on.
 */
export function openCrewBook(path: string, wallMs: number): CrewBook {
  let opened = readBook(path, crewSchema, wallMs);
  const { setAside } = opened;
  let crew = crewOf(opened);
  let changed = false;
  /**
   * A file that another program holds can be read again later. A cashier who started meanwhile did not start under the
   * names in the file.
   */
  const look = (): FoundBook<Crew> => {
    if (opened.found !== 'unreadable') return opened;
    const again = readBook(path, crewSchema, wallMs);
    if (again.found === 'unreadable') return opened;
    opened = again;
    crew = changed ? { ...crewOf(again), on: null } : crewOf(again);
    return opened;
  };
  return {
    now() {
      look();
      return crew;
    },
    setAside,
    trouble() {
      if (look().found === 'unreadable') return 'unreadable';
      return crew.names.length === 0 && liesAside(path) ? 'set-aside' : null;
    },
    change(next) {
      const isUnreadable = look().found === 'unreadable';
      if (isUnreadable && next.names !== crew.names) return fail('not-saved');
      const written = isUnreadable ? ok(null) : writeBook(path, crewSchema, next, wallMs);
      if (!written.ok) return written;
      crew = next;
      changed = true;
      if (!isUnreadable) opened = { found: 'book', book: next, setAside: null };
      return written;
    },
  };
}

/** A damaged file was set aside, now or earlier, and is still there. */
function liesAside(path: string): boolean {
  const beside = withFiles<string[], never>(() => ok(readdirSync(dirname(path))));
  return beside.ok && beside.value.some((name) => name.startsWith(`${basename(path)}.damaged-`));
}

function crewOf(opened: FoundBook<Crew>): Crew {
  switch (opened.found) {
    case 'book':
      return opened.book;
    case 'nothing':
      return unnamedCrew;
    case 'damaged':
      return { ...unnamedCrew, on: null };
    case 'unreadable':
      return { ...(opened.book ?? unnamedCrew), on: null };
  }
}
