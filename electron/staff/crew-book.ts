/** The crew as it is kept in the profile: on disk before anybody hears of a change. */
import type { Result } from '../../shared/result.ts';
import { readBook, writeBook, type FoundBook } from './book-file.ts';
import { crewSchema, unnamedCrew, type Crew } from './crew.ts';

export interface CrewBook {
  now(): Crew;
  change(next: Crew): Result<null, 'not-saved'>;
  /** Where a file that could not be read was put aside: the names in it must be entered anew. */
  readonly setAside: string | null;
}

/** What cannot be read is put aside and never written over; then nobody is on the shift, and somebody must take it. */
export function openCrewBook(path: string, wallMs: number): CrewBook {
  const opened = readBook(path, crewSchema, wallMs);
  let crew = crewOf(opened);
  return {
    now: () => crew,
    setAside: opened.setAside,
    change(next) {
      const written = writeBook(path, next);
      if (written.ok) crew = next;
      return written;
    },
  };
}

function crewOf(opened: FoundBook<Crew>): Crew {
  if (opened.found === 'book') return opened.book;
  return opened.found === 'nothing' ? unnamedCrew : { ...unnamedCrew, on: null };
}
