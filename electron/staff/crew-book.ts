/** The crew as it is kept in the profile: on disk before anybody hears of a change. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, syncFolderOf, writeFileSafely } from '../base/safe-file.ts';
import { crewSchema, unnamedCrew, type Crew } from './crew.ts';

export interface CrewBook {
  now(): Crew;
  change(next: Crew): Result<null, 'not-saved'>;
  /** Where a file that could not be read was put aside: the names in it must be entered anew. */
  readonly setAside: string | null;
}

/** What cannot be read is put aside and never written over; then nobody is on the shift, and somebody must take it. */
export function openCrewBook(path: string, wallMs: number): CrewBook {
  const opened = readCrew(path, wallMs);
  let crew = opened.crew;
  return {
    now: () => crew,
    setAside: opened.setAside,
    change(next) {
      try {
        writeFileSafely(path, `${JSON.stringify(next, null, 2)}\n`);
        syncFolderOf(path);
      } catch (error) {
        if (fileTroubleOf(error) === null) throw error;
        return fail('not-saved');
      }
      crew = next;
      return ok(null);
    },
  };
}

function readCrew(path: string, wallMs: number): { readonly crew: Crew; readonly setAside: string | null } {
  const nobody: Crew = { ...unnamedCrew, on: null };
  try {
    if (!existsSync(path)) return { crew: unnamedCrew, setAside: null };
    const parsed = crewSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
    if (parsed.success) return { crew: parsed.data, setAside: null };
    const setAside = `${path}.damaged-${String(wallMs)}`;
    renameSync(path, setAside);
    return { crew: nobody, setAside };
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return { crew: nobody, setAside: null };
  }
}
