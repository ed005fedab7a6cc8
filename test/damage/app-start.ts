/**
 * The app's start on a profile as main.ts does it, without a window: the terminal at the screen, its staff, its
 * updates.
 */
import { join } from 'node:path';
import { createScanners } from '../../electron/scanner/scanners.ts';
import { noSerialPorts } from '../support/terminal/fake-serial.ts';
import { createCustomerPresenter } from '../../electron/app/customer/customer-presenter.ts';
import { noteOnceOpen } from '../../electron/app/dispatch.ts';
import { activeNotices } from '../../electron/app/notices/active-notices.ts';
import type { Profile } from '../../electron/app/settings/profile.ts';
import { filesCheck } from '../../electron/app/self-test/files-check.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { createStaffService, type StaffService } from '../../electron/app/staff/staff-service.ts';
import { terminalAtScreen } from '../../electron/app/terminal-at-screen.ts';
import type { Clock } from '../../electron/base/clock.ts';
import type { Log } from '../../electron/base/log.ts';
import type { Services, ServicesProblem } from '../../electron/app/core/services.ts';
import type { UpdateController } from '../../electron/updates/update-controller.ts';
import type { Notice } from '../../shared/ipc.ts';
import type { Result } from '../../shared/result.ts';
import type { SelfTestLine } from '../../shared/self-test/self-test.ts';
import { quietUpdates } from '../support/terminal/quiet-updates.ts';

export interface StartedApp {
  readonly opened: Result<Services, ServicesProblem>;
  readonly staff: StaffService;
  readonly updates: UpdateController<string>;
  readonly notices: () => readonly Notice[];
  /** The text that it has written into its log. */
  readonly logged: () => readonly string[];
  readonly files: () => SelfTestLine;
  close(): Promise<void>;
}

/** The version that runs; the one before it is ready to be restored. */
export const RUNNING = '1.0.0';

export async function startedApp(profile: Profile, clock: Clock): Promise<StartedApp> {
  const lines: string[] = [];
  const line = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { info: () => undefined, warn: line, error: line };
  const nothing = (): void => undefined;
  const store = settingsStore(profile, '');
  const notices = activeNotices(nothing);
  const staff = createStaffService({
    profile,
    store,
    clock,
    note: (...act) => {
      noteOnceOpen({ opening: running.opening, log }, ...act);
    },
    onChange: nothing,
  });
  const running = terminalAtScreen({
    profile,
    store,
    clock,
    log,
    version: RUNNING,
    builtAtMs: 0,
    threads: profile.folder,
    staff,
    customer: createCustomerPresenter(clock, nothing),
    notices,
    screen: { orderChanged: nothing, notify: nothing },
    scanner: { scanners: createScanners({ ports: noSerialPorts, clock, log }), onSaid: nothing },
    onOrder: nothing,
  });
  const updates = quietUpdates<string>(profile.updates, {
    version: RUNNING,
    installedAs: {
      platform: 'linux',
      isPackaged: true,
      isStandIn: false,
      appImage: join(profile.folder, 'app.AppImage'),
      isPortable: false,
      appFolder: profile.folder,
    },
    clock,
    log,
  });
  await updates.start();
  const opened = await running.opening;
  return {
    opened,
    staff,
    updates,
    notices: notices.all,
    logged: () => lines,
    files: () => filesCheck(profile, false),
    async close() {
      updates.close();
      await running.close();
    },
  };
}
