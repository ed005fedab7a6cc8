/**
 * Installers kept in the profile, each with the manifest that names it: the one that will be run, and the one that can
 * put the present version back. Both are checked again before each use, because days may pass between download and use.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  fsyncSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileTroubleOf, makeFolder, renameSafely, syncFolderOf, writeFileSafely } from '../base/safe-file.ts';
import { fileFor, readManifest, type Release, type ReleaseFile } from './manifest.ts';

export interface KeptRelease {
  readonly release: Release;
  readonly file: ReleaseFile;
  readonly path: string;
}

export interface KeptReleases {
  /** A path for the file of a version that is being fetched. */
  draft(version: string): string;
  /** Stores a checked file, under its manifest. Afterwards `find` finds it. */
  keep(manifestText: string, release: Release, file: ReleaseFile, from: string): void;
  /** Another manifest for a file that is here already. */
  putManifest(manifestText: string, release: Release): void;
  /** The installer of a version, if it is here and its signature, size and sum are right; otherwise `null`. */
  find(version: string, keyPem: string | null): Promise<KeptRelease | null>;
  /** Deletes all except these. */
  keepOnly(versions: readonly string[]): void;
}

const MANIFEST = 'manifest.json';

export function openKeptReleases(
  folder: string,
  kind: { readonly ending: string; readonly arch: string },
): KeptReleases {
  const folderOf = (version: string): string => join(folder, version);
  return {
    draft(version) {
      makeFolder(folder);
      return join(folder, `${version}.part`);
    },
    keep(manifestText, { version }, { name }, from) {
      makeFolder(folderOf(version));
      const path = join(folderOf(version), name);
      syncFile(from);
      renameSafely(from, path);
      syncFolderOf(path);
      // Written last: without it the file does not count.
      writeFileSafely(join(folderOf(version), MANIFEST), manifestText);
    },
    putManifest(manifestText, { version }) {
      writeFileSafely(join(folderOf(version), MANIFEST), manifestText);
    },
    async find(version, keyPem) {
      try {
        const manifest = join(folderOf(version), MANIFEST);
        if (!existsSync(manifest)) return null;
        const release = readManifest(readFileSync(manifest, 'utf8'), keyPem);
        if (!release.ok || release.value.version !== version) return null;
        const file = fileFor(release.value.files, kind.ending, kind.arch);
        if (file === null) return null;
        const path = join(folderOf(version), file.name);
        return (await isWhole(path, file)) ? { release: release.value, file, path } : null;
      } catch (error) {
        if (fileTroubleOf(error) === null) throw error;
        return null;
      }
    },
    keepOnly(versions) {
      try {
        if (!existsSync(folder)) return;
        for (const name of readdirSync(folder))
          if (!versions.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
      } catch (error) {
        // A file that remains only takes space.
        if (fileTroubleOf(error) === null) throw error;
      }
    },
  };
}

async function isWhole(path: string, { sha512, size }: ReleaseFile): Promise<boolean> {
  if (statSync(path, { throwIfNoEntry: false })?.size !== size) return false;
  return (await sha512Of(path)) === sha512;
}

/** In Base64, as latest.yml has it. */
export async function sha512Of(path: string): Promise<string> {
  const sum = createHash('sha512');
  await pipeline(createReadStream(path), sum);
  return sum.digest('base64');
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
