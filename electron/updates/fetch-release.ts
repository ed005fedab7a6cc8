/**
 * Fetches what the signed manifest names, through electron-updater. electron-updater reads latest.yml, chooses the
 * installer for this kind of app and downloads it. Our part is to check that its choice is what is signed. It is kept
 * from everything it would do by itself: check, download, install at quit, go to an older version, run a web installer.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppImageUpdater, DebUpdater, NsisUpdater, type AppUpdater } from 'electron-updater';
import { fail, ok, type Result } from '../../shared/result.ts';
import { withFiles, writeFileSafely } from '../base/safe-file.ts';
import { isFeedTrouble, WrongFile, type FeedClient } from './feed-client.ts';
import type { Release, ReleaseFile } from './manifest.ts';

export type Updater = 'nsis' | 'appimage' | 'deb';

export interface FetchParts {
  readonly updater: Updater;
  /** The version that runs. */
  readonly version: string;
  readonly url: string;
  readonly client: FeedClient;
  /** For its own files; emptied before and after. */
  readonly folder: string;
}

const YML_BYTES_MAX = 64 * 1024;

export type FetchProblem = 'feed-disagrees' | 'unreachable' | 'bad-file' | 'download-failed';

/** The path of the file, complete and as signed. `feed-disagrees`: latest.yml offers something else. */
export async function fetchRelease(
  parts: FetchParts,
  release: Release,
  file: ReleaseFile,
): Promise<Result<string, FetchProblem>> {
  const begun = withFiles<AppUpdater, never>(() => {
    rmSync(parts.folder, { recursive: true, force: true });
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 });
    return ok(updaterOf(parts, file));
  });
  if (!begun.ok) return fail('download-failed');
  const updater = begun.value;
  try {
    const looked = await updater.checkForUpdates();
    const info = looked?.updateInfo;
    if (looked?.isUpdateAvailable !== true || info?.version !== release.version) return fail('feed-disagrees');
    const isSigned = ({ url, sha512 }: { url: string; sha512: string }): boolean =>
      release.files.some((signed) => signed.name === url && signed.sha512 === sha512);
    if (!info.files.every(isSigned) || !info.files.some(({ url }) => url === file.name)) return fail('feed-disagrees');
  } catch (error) {
    return fail(isFeedTrouble(error) && !(error instanceof WrongFile) ? 'unreachable' : 'feed-disagrees');
  }
  try {
    const [path] = await updater.downloadUpdate();
    return path === undefined ? fail('download-failed') : ok(path);
  } catch (error) {
    return fail(error instanceof WrongFile ? 'bad-file' : 'download-failed');
  }
}

function updaterOf(parts: FetchParts, file: ReleaseFile): AppUpdater {
  const { updater: kind, folder, url } = parts;
  const app = adapterOf(parts);
  writeFileSafely(app.appUpdateConfigPath, 'updaterCacheDirName: download\n');
  const updater =
    kind === 'nsis'
      ? new NsisUpdater(null, app)
      : kind === 'appimage'
        ? new AppImageUpdater(null, app)
        : new DebUpdater(null, app);
  // Its network client is not in its types. It is read when a feed is set.
  Object.assign(updater, { httpExecutor: executorOf(parts.client, new URL(file.name, folderUrl(url)), file) });
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.autoRunAppAfterInstall = false;
  updater.allowDowngrade = false;
  updater.allowPrerelease = false;
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  // The signed manifest and offer.ts decide the stage and the system.
  updater.isUserWithinRollout = () => true;
  updater.isUpdateSupported = () => true;
  updater.forceDevUpdateConfig = true;
  // An emitter throws an error without a listener. The same error rejects the promise.
  updater.on('error', () => undefined);
  updater.setFeedURL({ provider: 'generic', url, useMultipleRangeRequest: false });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return updater;
}

const folderUrl = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/** What electron-updater would ask Electron for. It never quits or starts the app, because it does not install. */
function adapterOf({ version, folder }: FetchParts): ConstructorParameters<typeof NsisUpdater>[1] & object {
  const notItsPart = (): never => {
    throw new Error('electron-updater is here to download and nothing else');
  };
  return {
    version,
    name: 'facepay-kiosk',
    isPackaged: true,
    appUpdateConfigPath: join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: notItsPart,
    quit: notItsPart,
    onQuit: notItsPart,
  };
}

interface Asked {
  readonly hostname?: string | null;
  readonly port?: string | number | null;
  readonly path?: string | null;
}

/** The two calls that it makes to its client. The file is fetched from the signed address and nowhere else. */
function executorOf(client: FeedClient, fileUrl: URL, file: ReleaseFile): object {
  return {
    request: ({ hostname, port, path }: Asked): Promise<string> => {
      const at = new URL(
        `https://${hostname ?? ''}${port === undefined || port === null ? '' : `:${String(port)}`}${path ?? '/'}`,
      );
      return client.text(at, YML_BYTES_MAX);
    },
    download: async (url: URL, path: string): Promise<string> => {
      if (url.origin !== fileUrl.origin || url.pathname !== fileUrl.pathname)
        throw new WrongFile('not where it is signed to lie');
      await client.file(url, path, file);
      return path;
    },
  };
}
