/** The update service with a feed that never answers; nothing is installed. */
import { silentLog } from '../../../electron/base/log.ts';
import {
  createUpdateController,
  type UpdateController,
  type UpdateControllerParts,
} from '../../../electron/updates/update-controller.ts';
import { FeedSilent } from '../../../electron/updates/feed-client.ts';
import { fail } from '../../../shared/result.ts';
import { FakeClock } from '../fake-clock.ts';

/** `own`: replaces parts of it. */
export function quietUpdates<Person>(
  folder: string,
  own: Partial<UpdateControllerParts<Person>> = {},
): UpdateController<Person> {
  const silent = (): Promise<never> => Promise.reject(new FeedSilent('no feed here'));
  return createUpdateController<Person>({
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
    openClient: () => ({ text: silent, file: silent }),
    freeBytes: () => Promise.resolve(null),
    fetch: silent,
    ...own,
  });
}
