/** One check of the feed: what it offers and, if that is for this terminal, everything that is needed to install it. */
import type { InstallWay, LookResult } from '../../shared/contract/updates.ts';
import { fileTroubleOf } from '../base/safe-file.ts';
import { FeedAnswer, isFeedTrouble, WrongFile, type FeedClient } from './feed-client.ts';
import type { fetchRelease, Updater } from './fetch-release.ts';
import type { KeptReleases } from './kept-releases.ts';
import {
  fileFor,
  MANIFEST_BYTES_MAX,
  MANIFEST_NAME,
  manifestNameOf,
  readManifest,
  type Release,
  type ReleaseFile,
} from './manifest.ts';
import { neededBytes } from './may-install.ts';
import { offerOf } from './offer.ts';
import { stagingBucketOf, type UpdateRecord } from './record.ts';

/** What this terminal installs: the ending of its installers, and the part of electron-updater that handles them. */
export interface InstallerKind {
  readonly ending: string;
  readonly arch: string;
  readonly updater: Updater;
}

/** `null` if nothing can be installed. `by-hand` uses the installer that this platform has. */
export function installerKindOf(
  way: InstallWay,
  platform: NodeJS.Platform,
  isAppImage: boolean,
  arch: string,
): InstallerKind | null {
  if (way === 'not-here') return null;
  if (platform === 'win32') return { ending: 'exe', arch, updater: 'nsis' };
  if (platform !== 'linux') return null;
  // One processor has three names, one for each kind of package.
  return isAppImage
    ? { ending: 'AppImage', arch: arch === 'x64' ? 'x86_64' : arch, updater: 'appimage' }
    : { ending: 'deb', arch: arch === 'x64' ? 'amd64' : arch, updater: 'deb' };
}

export interface LookParts {
  readonly version: string;
  readonly channel: string;
  readonly url: string;
  readonly keyPem: string;
  readonly record: UpdateRecord;
  readonly kind: InstallerKind | null;
  readonly way: InstallWay;
  readonly client: FeedClient;
  readonly kept: KeptReleases;
  /** electron-updater's own. */
  readonly downloadFolder: string;
  /** Bytes; `null` if the disk does not say. */
  readonly freeBytes: () => Promise<number | null>;
  /** electron-updater is large, and only needed if there is something to fetch. */
  readonly fetch: typeof fetchRelease;
}

export interface Looked {
  readonly result: LookResult;
  readonly version: string | null;
  /** UTC ms, if the manifest was accepted as the newest; `null` if it was not. */
  readonly releasedAtMs: number | null;
}

export async function lookAtFeed(parts: LookParts): Promise<Looked> {
  const text = await manifestText(parts, MANIFEST_NAME);
  if (!('text' in text)) return { result: text.problem, version: null, releasedAtMs: null };
  const read = readManifest(text.text, parts.keyPem);
  if (!read.ok) return { result: read.error, version: null, releasedAtMs: null };
  const { value: release } = read;
  const { version, channel, record, kind } = parts;
  const file = offerOf(release, {
    version,
    channel,
    newestReleasedAtMs: record.newestReleasedAtMs,
    stagingBucket: stagingBucketOf(record.terminal),
    failed: record.failed,
    ending: kind?.ending ?? null,
    arch: kind?.arch ?? '',
  });
  const isHeard = file.ok || (file.error !== 'replayed' && file.error !== 'other-channel');
  const result =
    file.ok && kind !== null
      ? await fetched(parts, kind, release, file.value, text.text)
      : file.ok
        ? 'not-here'
        : file.error;
  return { result, version: release.version, releasedAtMs: isHeard ? Date.parse(release.releasedAt) : null };
}

type Fetched = Extract<
  LookResult,
  'ready' | 'disk-space' | 'no-way-back' | 'feed-disagrees' | 'unreachable' | 'bad-file' | 'download-failed'
>;

async function fetched(
  parts: LookParts,
  kind: InstallerKind,
  release: Release,
  file: ReleaseFile,
  text: string,
): Promise<Fetched> {
  const { kept, keyPem } = parts;
  try {
    const free = await parts.freeBytes();
    if (free === null || free < neededBytes(file.size)) return 'disk-space';
    if (parts.way !== 'by-hand' && !(await wayBack(parts, kind))) return 'no-way-back';
    const here = await kept.find(release.version, keyPem);
    if (here !== null && here.file.sha512 === file.sha512) {
      // The manifest may have new values for the same file: another stage.
      kept.putManifest(text, release);
      return 'ready';
    }
    const path = await parts.fetch(
      {
        updater: kind.updater,
        version: parts.version,
        url: parts.url,
        client: parts.client,
        folder: parts.downloadFolder,
      },
      release,
      file,
    );
    if (!path.ok) return path.error;
    kept.keep(text, release, file, path.value);
    // What counts is the file on the disk, because that will run, and not the bytes that were received.
    return (await kept.find(release.version, keyPem)) === null ? 'bad-file' : 'ready';
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return 'download-failed';
  }
}

/** The installer of the version that runs now, from here or from the feed. */
async function wayBack(parts: LookParts, { ending, arch }: InstallerKind): Promise<boolean> {
  const { version, kept, keyPem, url, client } = parts;
  if ((await kept.find(version, keyPem)) !== null) return true;
  const text = await manifestText(parts, manifestNameOf(version));
  if (!('text' in text)) return false;
  const read = readManifest(text.text, keyPem);
  const file = read.ok && read.value.version === version ? fileFor(read.value.files, ending, arch) : null;
  if (!read.ok || file === null) return false;
  const draft = kept.draft(version);
  try {
    await client.file(new URL(file.name, folderUrl(url)), draft, file);
  } catch (error) {
    if (!isFeedTrouble(error)) throw error;
    return false;
  }
  kept.keep(text.text, read.value, file, draft);
  return (await kept.find(version, keyPem)) !== null;
}

type TextProblem = Extract<LookResult, 'no-manifest' | 'unreachable' | 'bad-manifest'>;

/** A manifest's text, not checked yet. */
export async function manifestText(
  { client, url }: Pick<LookParts, 'client' | 'url'>,
  name: string,
): Promise<{ readonly text: string } | { readonly problem: TextProblem }> {
  try {
    return { text: await client.text(new URL(name, folderUrl(url)), MANIFEST_BYTES_MAX) };
  } catch (error) {
    if (!isFeedTrouble(error)) throw error;
    if (error instanceof WrongFile) return { problem: 'bad-manifest' };
    return { problem: error instanceof FeedAnswer && error.statusCode === 404 ? 'no-manifest' : 'unreachable' };
  }
}

const folderUrl = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
