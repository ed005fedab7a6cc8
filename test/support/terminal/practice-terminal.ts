/** A real practice terminal with its staff and the only entry for commands, without a screen. */
import { noteOnceOpen, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import type { StaffService } from '../../../electron/app/staff/staff-service.ts';
import type { HostPort } from '../../../electron/app/core/host-port.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { openServices, type ServicesParts } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import type { FakeClock } from '../fake-clock.ts';
import { idleSelfTest } from './idle-self-test.ts';
import { noExports, noHost } from './no-host.ts';
import { staffIn } from './staff.ts';

export interface PracticeTerminal {
  readonly services: Services;
  readonly staff: StaffService;
  readonly context: DispatchContext;
  readonly stop: () => Promise<void>;
}

export async function openPracticeTerminal(
  folder: string,
  clock: FakeClock,
  onStage: ServicesParts['onStage'] = () => undefined,
  hostPort: HostPort = noHost,
): Promise<PracticeTerminal> {
  const opening = openServices({
    profile: profileIn(folder),
    store: settingsStore(profileIn(folder), ''),
    clock,
    log: silentLog,
    onChange: () => undefined,
    onStage,
    onNotice: () => undefined,
  });
  const staff = staffIn(folder, {
    clock,
    note: (...act) => {
      noteOnceOpen({ opening, log: silentLog }, ...act);
    },
  });
  const app = { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } } as const;
  const exports = { ...noExports(), hostPort, profile: profileIn(folder), clock };
  const handlers = createHandlers({ app, notices: () => [], staff, selfTest: idleSelfTest, exports });
  const opened = await opening;
  if (!opened.ok) throw new Error(opened.error.code);
  const services = opened.value;
  return {
    services,
    staff,
    context: { handlers, opening, log: silentLog },
    async stop() {
      const closing = services.close(0);
      await clock.advance(0);
      await closing;
    },
  };
}
