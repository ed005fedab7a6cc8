/** The terminal as the till's screen has it: what happens to orders, payments and notices is shown at once. */
import { join } from 'node:path';
import type { OrderView } from '../../shared/order/order.ts';
import { JOURNAL_LOCK_WAIT_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import { openServices } from './open-services.ts';
import { provenVersion } from '../updates/record.ts';
import { updatePaths } from '../updates/update-paths.ts';
import type { TillScanner } from './scanner/till-scanner.ts';
import type { CustomerPresenter } from './customer/customer-presenter.ts';
import { checkInThread } from './journal/journal-check.ts';
import type { ActiveNotices } from './notices/active-notices.ts';
import { viewFor } from './orders/orders-service.ts';
import type { Profile } from './settings/profile.ts';
import { runTerminal, type RunningTerminal } from './core/running-terminal.ts';
import type { RendererNotifier } from './core/renderer-notifier.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import { updateStaffNotices } from './staff/staff-notices.ts';
import type { StaffService } from './staff/staff-service.ts';

/** How long closing waits for a call in flight. The next start queries the order again. */
const CLOSE_WITHIN_MS = 3_000;

export interface AtScreenParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** When this code was made, UTC ms. */
  readonly builtAtMs: number;
  /** The folder of main's bundle and its thread scripts. */
  readonly threads: string;
  readonly staff: StaffService;
  readonly customer: CustomerPresenter;
  readonly notices: ActiveNotices;
  readonly screen: RendererNotifier;
  readonly scanner: TillScanner;
  /** Called with each order as it now is: the display must be on when an order needs a person. */
  readonly onOrder: (view: OrderView) => void;
}

/** Opens the terminal at once. Cancels under way go on, even if there is no window yet. */
export function terminalAtScreen({
  profile,
  store,
  clock,
  log,
  version,
  builtAtMs,
  threads,
  staff,
  customer,
  notices,
  screen,
  scanner,
  onOrder,
}: AtScreenParts): RunningTerminal {
  let opened = false;
  let started = false;
  return runTerminal({
    open: (again) => {
      notices.clear();
      customer.closed();
      // If the terminal could not be opened before, the waiting screen asks by itself.
      if (opened && !again) screen.notify('app.reopened', null);
      opened = true;
      return openServices({
        profile,
        store,
        clock,
        log,
        builtAtMs,
        looksAtRest: true,
        keeper: { provenAs: () => provenVersion(updatePaths(profile.updates).record, version) },
        checkApart: checkInThread(profile, join(threads, 'journal-check-worker.js'), log),
        program: 'app',
        lockWaitMs: JOURNAL_LOCK_WAIT_MS,
        onChange: (stored) => {
          const view = viewFor({ clock }, stored, staff.caller().role);
          screen.orderChanged(view);
          customer.tookOrder(view);
          onOrder(view);
        },
        onStage: (stage) => {
          screen.notify('payment.stage', stage);
          customer.tookStage(stage);
        },
        onNotice: notices.set,
        scanner,
      });
    },
    begin: ({ audit, engine, pos, bills, environment }) => {
      if (!started) noteStart(audit, { staff, profile, log, version });
      started = true;
      updateStaffNotices(staff, profile, notices);
      customer.opened(environment === 'practice');
      engine.start();
      bills.start();
      void pos.start();
    },
    closeWithinMs: CLOSE_WITHIN_MS,
    clock,
    log,
  });
}

/** What the start found. */
function noteStart(
  audit: Pick<AuditTrail, 'byApp'>,
  { staff, profile, log, version }: Pick<AtScreenParts, 'staff' | 'profile' | 'log' | 'version'>,
): void {
  audit.byApp('app-started', version);
  if (staff.roster.setAside !== null) audit.byApp('crew-set-aside', staff.roster.setAside);
  if (staff.training.setAside !== null) audit.byApp('training-set-aside', staff.training.setAside);
  if (staff.training.lost)
    log.warn({ file: staff.training.setAside }, 'the results of the course were damaged and have been put aside');
  if (staff.training.unreadable)
    log.warn({ file: profile.training }, 'the results of the course cannot be read, and are not written');
}
