/** Whether the profile knows that a journal was here, also if its folder was emptied or removed. */
import { basename, dirname } from 'node:path';
import { knownFiles } from '../../base/known-files.ts';

/** `path`: the journal's. It is in a folder of the profile, one for practice and one for real money. */
export function isJournalKnown(path: string): boolean {
  const folder = dirname(path);
  return knownFiles(dirname(folder)).has(`${basename(folder)}/${basename(path)}`);
}
