/** The course's results as they are kept in the profile, beside the roster whose names they use. */
import { fail, type Result } from '../../shared/result.ts';
import { readStaffFile, writeStaffFile } from './staff-file.ts';
import { noTraining, trainingSchema, type Training } from './training.ts';

export interface TrainingResultsStore {
  now(): Training;
  change(next: Training): Result<null, 'not-saved'>;
  /** Where a damaged file was set aside. */
  readonly setAside: string | null;
  /** That file's results are lost: no copy had them. */
  readonly lost: boolean;
  /** It exists and could not be read, so nothing overwrites it. */
  readonly unreadable: boolean;
}

/**
 * A damaged file is set aside. If no copy has the results, they start again from nothing: the till works without them.
 */
export function openTrainingResultsStore(path: string, wallMs: number): TrainingResultsStore {
  const opened = readStaffFile(path, trainingSchema, wallMs);
  const unreadable = opened.found === 'unreadable';
  let training = (opened.found === 'content' || opened.found === 'unreadable' ? opened.content : null) ?? noTraining;
  return {
    now: () => training,
    setAside: opened.setAside,
    lost: opened.found === 'damaged',
    unreadable,
    change(next) {
      if (unreadable) return fail('not-saved');
      const written = writeStaffFile(path, trainingSchema, next, wallMs);
      if (written.ok) training = next;
      return written;
    },
  };
}
