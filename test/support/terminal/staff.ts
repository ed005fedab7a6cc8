/** The staff for tests: PINs that are hashed quickly, in any profile. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { createStaffService, type StaffService, type StaffParts } from '../../../electron/app/staff/staff-service.ts';
import { FakeClock } from '../fake-clock.ts';

/** One hash costs microseconds instead of the quarter of a second that it takes on a terminal. */
export const QUICK_HASH = { N: 2, r: 8, p: 1 } as const;

/** A staff service over the profile in `folder`; its events go nowhere unless `parts` says so. */
export function staffIn(folder: string, parts: Partial<StaffParts> = {}): StaffService {
  const profile = profileIn(folder);
  const quiet = { note: () => undefined, onChange: () => undefined };
  return createStaffService({
    profile,
    store: settingsStore(profile, ''),
    clock: new FakeClock(),
    cost: QUICK_HASH,
    ...quiet,
    ...parts,
  });
}

/** A folder that is removed after the test. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-staff-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A staff service for tests that do not use it. */
export const idleStaff: StaffService = staffIn(join(tmpdir(), 'facepay-nobody'));
