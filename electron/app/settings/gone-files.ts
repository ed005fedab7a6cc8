/**
 * The profile's files that were here once and are gone together with their copies. What can be made again at any time
 * (the last self-test, the last comparison with a bill, the practice gateway's ledger) is not among them.
 */
import { existsSync } from 'node:fs';
import { environments } from '../../../shared/settings.ts';
import { copyOf } from '../../base/file-with-copy.ts';
import { knownFiles, nameIn } from '../../base/known-files.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import type { Profile } from './profile.ts';

/** These are named where they are missed: without PINs nobody signs in, and a journal is not begun anew in silence. */
const namedApart = (profile: Profile): string[] => [
  profile.pins,
  ...environments.map((environment) => profile.journal(environment)),
];

const namedHere = (profile: Profile): string[] => {
  const updates = updatePaths(profile.updates);
  return [
    profile.settings,
    profile.roster,
    profile.training,
    profile.posApi,
    updates.settings,
    updates.record,
    ...environments.map((environment) => profile.shiftSheets(environment)),
  ];
};

/** Remembers the files that are here now. */
export function rememberFiles(profile: Profile): void {
  const here = [...namedHere(profile), ...namedApart(profile)].filter((path) => existsSync(path));
  knownFiles(profile.folder).add(here.map((path) => nameIn(profile.folder, path)));
}

/** The names of those that are gone, apart from the PINs and the journals. */
export function goneFiles(profile: Profile): string[] {
  const known = knownFiles(profile.folder);
  return namedHere(profile)
    .filter((path) => !existsSync(path) && !existsSync(copyOf(path)))
    .map((path) => nameIn(profile.folder, path))
    .filter((name) => known.has(name));
}

/** The same at the app's start, which remembers what is here from now on. */
export function missedFiles(profile: Profile): string[] {
  const gone = goneFiles(profile);
  rememberFiles(profile);
  return gone;
}

/** A manager knows about `names`: from now on their absence is a fresh start. */
export function forgetFiles(profile: Profile, names: readonly string[]): void {
  const gone = goneFiles(profile);
  knownFiles(profile.folder).forget(names.filter((name) => gone.includes(name)));
}
