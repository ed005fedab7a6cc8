/** The course's results as they are kept in the profile, beside the crew whose names they bear. */
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, syncFolderOf, writeFileSafely } from '../base/safe-file.ts';
import { noTraining, trainingSchema, type Training } from './training.ts';

export interface TrainingBook {
  now(): Training;
  change(next: Training): Result<null, 'not-saved'>;
  /** Where a damaged file was put aside. */
  readonly setAside: string | null;
  /** It is there and could not be read, so nothing is written over it. */
  readonly unreadable: boolean;
}

type Opened = Pick<TrainingBook, 'setAside' | 'unreadable'> & { readonly training: Training };

/** A damaged file is put aside and results begin anew: the till works without them. */
export function openTrainingBook(path: string, wallMs: number): TrainingBook {
  const { training, setAside, unreadable } = readTraining(path, wallMs);
  let now = training;
  return {
    now: () => now,
    setAside,
    unreadable,
    change(next) {
      if (unreadable) return fail('not-saved');
      try {
        writeFileSafely(path, `${JSON.stringify(next, null, 2)}\n`);
        syncFolderOf(path);
      } catch (error) {
        if (fileTroubleOf(error) === null) throw error;
        return fail('not-saved');
      }
      now = next;
      return ok(null);
    },
  };
}

function readTraining(path: string, wallMs: number): Opened {
  const fresh = { training: noTraining, setAside: null, unreadable: false };
  try {
    if (!existsSync(path)) return fresh;
    const parsed = trainingSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
    if (parsed.success) return { ...fresh, training: parsed.data };
    const setAside = `${path}.damaged-${String(wallMs)}`;
    renameSync(path, setAside);
    return { ...fresh, setAside };
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return { ...fresh, unreadable: true };
  }
}
