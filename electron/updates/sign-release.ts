/** For people who publish releases: signs what a build has put into its folder, and puts the manifest beside it. */
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../base/json.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileTroubleOf, writeFileSafely } from '../base/safe-file.ts';
import { sha512Of } from './kept-releases.ts';
import { isPortable, makeManifest, MANIFEST_NAME, manifestNameOf, type Release } from './manifest.ts';

export interface SignOrder {
  /** The build's output; the feed must serve it unchanged. */
  readonly folder: string;
  readonly keyFile: string;
  /** From package.json if it is not given. */
  readonly version: string;
  /** `null`: any. */
  readonly minimumVersion: string | null;
  readonly channel: string;
  readonly stagingPercentage: number;
  /** UTC ms. */
  readonly wallMs: number;
}

export interface SignProblem {
  readonly field: string;
  readonly code: string;
}

const INSTALLERS = ['.exe', '.appimage', '.deb'];

/** The release that was signed. Writes facepay-update.json, and the same under its version's name. */
export async function signRelease(order: SignOrder): Promise<Result<Release, readonly SignProblem[]>> {
  const { folder, version, channel, stagingPercentage } = order;
  const key = textOf('--key', order.keyFile);
  const found = namesIn(folder);
  if (!key.ok || !found.ok) return fail([...(key.ok ? [] : [key.error]), ...(found.ok ? [] : [found.error])]);
  // Installers of earlier versions may still be there. latest.yml shows by its file names which ones belong to this
  // version.
  const names = found.value.filter(
    (name) =>
      INSTALLERS.some((ending) => name.toLowerCase().endsWith(ending)) && !isPortable(name) && name.includes(version),
  );
  if (names.length === 0) return fail([{ field: folder, code: 'no-installer' }]);
  const files = await Promise.all(
    names.toSorted().map(async (name) => ({
      name,
      sha512: await sha512Of(join(folder, name)),
      size: statSync(join(folder, name)).size,
    })),
  );
  const release: Release = {
    facepayUpdate: 1,
    channel,
    version,
    minimumVersion: order.minimumVersion ?? '0.0.0',
    releasedAt: new Date(order.wallMs).toISOString(),
    stagingPercentage,
    files,
  };
  const made = makeManifest(release, key.value);
  if (!made.ok) return fail([{ field: made.error === 'unsuitable-key' ? '--key' : 'release', code: made.error }]);
  const written = [manifestNameOf(version), MANIFEST_NAME].flatMap((name) => trouble(join(folder, name), made.value));
  return written.length === 0 ? ok(release) : fail(written);
}

/** The version in a package.json; `null` if none can be read. */
export function versionIn(packageJson: string): string | null {
  if (!existsSync(packageJson)) return null;
  const json = parseJson(readFileSync(packageJson, 'utf8'));
  return typeof json === 'object' && json !== null && 'version' in json && typeof json.version === 'string'
    ? json.version
    : null;
}

function trouble(path: string, text: string): SignProblem[] {
  try {
    writeFileSafely(path, text);
    // A web server reads it as another user.
    chmodSync(path, 0o644);
    return [];
  } catch (error) {
    const code = fileTroubleOf(error);
    if (code === null) throw error;
    return [{ field: path, code }];
  }
}

function namesIn(folder: string): Result<string[], SignProblem> {
  try {
    return ok(readdirSync(folder));
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail({ field: folder, code: 'folder-not-found' });
  }
}

function textOf(field: string, file: string): Result<string, SignProblem> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail({
      field,
      code: error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'file-not-found' : 'file-unreadable',
    });
  }
}
