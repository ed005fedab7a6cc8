/** The update service with a feed that never answers; nothing is installed. */
import { silentLog } from '../../electron/base/log.ts';
import { createUpdateDesk, type UpdateDesk, type UpdateDeskParts } from '../../electron/updates/desk.ts';
import { FeedSilent } from '../../electron/updates/feed-line.ts';
import { fail } from '../../shared/result.ts';
import { FakeClock } from './fake-clock.ts';

/** `own`: replaces parts of it. */
export function quietUpdates<Person>(folder: string, own: Partial<UpdateDeskParts<Person>> = {}): UpdateDesk<Person> {
  const silent = (): Promise<never> => Promise.reject(new FeedSilent('no feed here'));
  return createUpdateDesk<Person>({
    folder,
    version: '1.2.3',
    installedAs: {
      platform: 'linux',
      isPackaged: false,
      isStandIn: false,
      appImage: null,
      isPortable: false,
      appFolder: null,
    },
    arch: 'x64',
    surroundings: { folders: [], builtInFeed: null },
    clock: new FakeClock(),
    log: silentLog,
    shop: () => Promise.resolve(null),
    isUp: () => Promise.resolve(true),
    fails: () => Promise.resolve([]),
    note: () => undefined,
    install: () => Promise.resolve(fail('not-begun')),
    quit: () => undefined,
    openLine: () => ({ text: silent, file: silent }),
    freeBytes: () => Promise.resolve(null),
    fetch: silent,
    ...own,
  });
}
