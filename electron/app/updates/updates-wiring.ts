/**
 * What updates need from the running app: what goes on at the till, whether the app works completely, and the audit
 * trail.
 */
import { join } from 'node:path';
import type { Host } from '../../../shared/ipc.ts';
import { THE_APP, type Caller } from '../../orders/machine/actor.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { createUpdateController } from '../../updates/update-controller.ts';
import { openFeedClient } from '../../updates/feed-client.ts';
import { installerFor, installWayOf, type InstalledAs } from '../../updates/install.ts';
import type { ShopFacts } from '../../updates/may-install.ts';
import { connectThrough } from '../../wechat/connect-through.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import { isOpenRefund } from '../../orders/machine/refund.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import type { Surroundings } from '../../updates/update-settings.ts';
import type { Note } from '../core/handler.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { storedWay } from '../settings/stored-way.ts';
import type { RunningTerminal } from '../core/running-terminal.ts';
import { freeBytes } from '../self-test/disk-checks.ts';
import type { SelfTestService } from '../self-test/self-test-handlers.ts';
import type { StaffService } from '../staff/staff-service.ts';
import type { AppUpdateController } from './updates-handlers.ts';

/** electron-builder's portable program sets it for the app that it unpacks. */
const PORTABLE = 'PORTABLE_EXECUTABLE_FILE';

export interface UpdatesWiringParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly running: RunningTerminal;
  readonly staff: StaffService;
  readonly selfTest: Pick<SelfTestService, 'fails'>;
  readonly host: Host;
  readonly app: InstalledApp;
  readonly surroundings: Surroundings;
  readonly note: Note;
  /** Where the installed app is; `null` if it runs from its sources. */
  readonly appFolder: string | null;
  /** Settles once the page has loaded. */
  readonly screenIsThere: Promise<unknown>;
}

/** The part of Electron's `app` that is used here. */
export interface InstalledApp {
  readonly isPackaged: boolean;
  getVersion(): string;
  releaseSingleInstanceLock(): void;
  quit(): void;
}

/** Where the key and the address of updates may be. `resources`: of a packed app. */
export const surroundingsOf = (
  appFolder: string | null,
  { folder }: Pick<Profile, 'folder'>,
  resources: string | null,
): Surroundings => ({
  folders: [...(appFolder === null ? [] : [appFolder]), folder],
  builtInFeed: resources === null ? null : join(resources, 'app-update.yml'),
});

export function wireUpdates(parts: UpdatesWiringParts): AppUpdateController {
  const { profile, store, clock, log, running, staff, selfTest, host, app, appFolder, note } = parts;
  const { isPackaged } = app;
  const appImage = process.env['APPIMAGE'] ?? null;
  let screenHasLoaded = false;
  void parts.screenIsThere.then(() => (screenHasLoaded = true));
  const installedAs: InstalledAs = {
    platform: process.platform,
    isPackaged,
    isStandIn: host.kind === 'stand-in',
    appImage,
    isPortable: PORTABLE in process.env,
    appFolder,
  };
  const way = installWayOf(installedAs);
  return createUpdateController<Caller>({
    folder: profile.updates,
    version: app.getVersion(),
    installedAs,
    arch: process.arch,
    surroundings: parts.surroundings,
    clock,
    log,
    shop: () => shopFacts(running, staff),
    fails: async () => (await selfTest.fails()).filter((id) => id !== 'update'),
    isUp: async () => (await running.opening).ok && screenHasLoaded,
    note: (by, act, outcome, about) => {
      note(by ?? THE_APP, act, outcome, about);
    },
    install: installerFor({
      way,
      appImage,
      letGo: () => app.releaseSingleInstanceLock(),
      recordFile: updatePaths(profile.updates).recorded,
    }),
    quit: () => {
      // What a stand-in recorded replaces nothing, so the app keeps running.
      if (way !== 'recorded') app.quit();
    },
    // Asked anew each time: the way is part of a set-up that may have changed.
    openClient: async (feed) => openFeedClient({ ...feed, connect: connectThrough(await storedWay(store), clock) }),
    freeBytes,
    fetch: async (...wanted) => (await import('../../updates/fetch-release.ts')).fetchRelease(...wanted),
  });
}

const hasOpenRefund = ({ order }: Stored): boolean => order.ourRefunds.some(isOpenRefund);

async function shopFacts(running: RunningTerminal, staff: StaffService): Promise<ShopFacts | null> {
  const opened = await running.opening;
  if (!opened.ok) return null;
  const { journal, till } = opened.value;
  return {
    openOrders: journal.open().orders.length + journal.refunding().orders.filter(hasOpenRefund).length,
    payment: till.stage().name !== 'none',
    signedIn: staff.caller().role !== 'cashier',
  };
}
