/** The roster as it is kept in the profile. A change is on disk before it is reported. */
import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { withFiles } from '../base/safe-file.ts';
import { readStaffFile, writeStaffFile, type FoundStaffFile } from './staff-file.ts';
import { rosterSchema, unnamedRoster, type Roster } from './roster.ts';

/** `unreadable`: it exists and cannot be read. `set-aside`: it was damaged, and the names must be entered again. */
export type RosterTrouble = 'unreadable' | 'set-aside';

export interface RosterStore {
  now(): Roster;
  change(next: Roster): Result<null, 'not-saved'>;
  /** Where a damaged file was set aside. */
  readonly setAside: string | null;
  /** What a manager must know about it now. */
  trouble(): RosterTrouble | null;
}

/**
 * A file that cannot be read is never overwritten. Then no cashier is on the shift, and one must take it. Until the
 * file can be read again, this process keeps that shift in memory only, because the till goes on.
 */
export function openRosterStore(path: string, wallMs: number): RosterStore {
  let opened = readStaffFile(path, rosterSchema, wallMs);
  const { setAside } = opened;
  let roster = rosterOf(opened);
  let changed = false;
  /**
   * A file that another program holds can be read again later. A cashier who started meanwhile did not start under the
   * names in the file.
   */
  const reread = (): FoundStaffFile<Roster> => {
    if (opened.found !== 'unreadable') return opened;
    const again = readStaffFile(path, rosterSchema, wallMs);
    if (again.found === 'unreadable') return opened;
    opened = again;
    roster = changed ? { ...rosterOf(again), on: null } : rosterOf(again);
    return opened;
  };
  return {
    now() {
      reread();
      return roster;
    },
    setAside,
    trouble() {
      if (reread().found === 'unreadable') return 'unreadable';
      return roster.names.length === 0 && liesAside(path) ? 'set-aside' : null;
    },
    change(next) {
      const isUnreadable = reread().found === 'unreadable';
      if (isUnreadable && next.names !== roster.names) return fail('not-saved');
      const written = isUnreadable ? ok(null) : writeStaffFile(path, rosterSchema, next, wallMs);
      if (!written.ok) return written;
      roster = next;
      changed = true;
      if (!isUnreadable) opened = { found: 'content', content: next, setAside: null };
      return written;
    },
  };
}

/** A damaged file was set aside, now or earlier, and is still there. */
function liesAside(path: string): boolean {
  const beside = withFiles<string[], never>(() => ok(readdirSync(dirname(path))));
  return beside.ok && beside.value.some((name) => name.startsWith(`${basename(path)}.damaged-`));
}

function rosterOf(opened: FoundStaffFile<Roster>): Roster {
  switch (opened.found) {
    case 'content':
      return opened.content;
    case 'nothing':
      return unnamedRoster;
    case 'damaged':
      return { ...unnamedRoster, on: null };
    case 'unreadable':
      return { ...(opened.content ?? unnamedRoster), on: null };
  }
}
