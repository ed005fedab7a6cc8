/**
 * Which files a profile has held, so that a file that is gone together with its copy is not taken for a fresh start.
 * The names are in a small file of their own in the profile's folder, with a copy.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { copyOf, lookAtFile, writeWithCopy } from './file-with-copy.ts';
import { ok } from '../../shared/result.ts';
import { withFiles } from './safe-file.ts';

const NAMES_MAX = 100;
const schema = z.strictObject({ v: z.literal(1), names: z.array(z.string().max(200)).max(NAMES_MAX) });

export interface KnownFiles {
  /** Whether `name` was here once. If the names can no longer be read, it may have been, so it was. */
  has(name: string): boolean;
  /** A disk that does not take it costs only this knowledge. */
  add(names: readonly string[]): void;
  /** A manager knows that these are gone. */
  forget(names: readonly string[]): void;
}

const pathIn = (folder: string): string => join(folder, 'known-files.json');

/** `folder`: the profile's. Names are relative to it, with `/`. */
export function knownFiles(folder: string): KnownFiles {
  const path = pathIn(folder);
  const now = (): readonly string[] => lookAtFile(path, schema).value?.names ?? [];
  const keep = (names: readonly string[]): void => {
    withFiles<null, never>(() => {
      writeWithCopy(path, { v: 1, names: names.slice(-NAMES_MAX) });
      return ok(null);
    });
  };
  return {
    has(name) {
      const { found, value } = lookAtFile(path, schema);
      return value === null ? found !== 'nothing' : value.names.includes(name);
    },
    add(names) {
      const before = now();
      const more = names.filter((name) => !before.includes(name));
      // Also without a name: by this file a small file that is made finds the profile to which it belongs.
      if (more.length > 0 || !isProfile(folder)) keep([...before, ...more]);
    },
    forget(names) {
      const before = now();
      const rest = before.filter((name) => !names.includes(name));
      if (rest.length < before.length) keep(rest);
    },
  };
}

/** The app has opened this folder as a profile. */
const isProfile = (folder: string): boolean => existsSync(pathIn(folder)) || existsSync(copyOf(pathIn(folder)));

/**
 * To be called once a small file has been made, so that it is missed if it goes with its copy before the next start. It
 * is in its profile's folder or in a folder there. What the app has not opened yet, it remembers at its start.
 */
export function rememberFile(path: string): void {
  const folder = [dirname(path), dirname(dirname(path))].find(isProfile);
  if (folder !== undefined) knownFiles(folder).add([nameIn(folder, path)]);
}

/** As the names are kept. */
export const nameIn = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');
