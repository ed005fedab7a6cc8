/** A host without a window: nobody picks a file, and no printer prints, unless a test says so. */
import type { ExportsParts } from '../../../electron/app/exports/exports-handlers.ts';
import type { HostPort } from '../../../electron/app/core/host-port.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { fail } from '../../../shared/result.ts';
import { FakeClock } from '../fake-clock.ts';

export const noHost: HostPort = {
  files: { toSave: () => Promise.resolve(null), toOpen: () => Promise.resolve(null) },
  printer: { print: () => Promise.resolve(fail('not-printed')), pdf: () => Promise.resolve(null) },
};

/** For tests that have nothing to do with files. Its profile does not exist. */
export function noExports(): ExportsParts {
  const profile = profileIn('/nonexistent');
  return {
    hostPort: noHost,
    profile,
    store: settingsStore(profile, ''),
    clock: new FakeClock(),
    app: {},
    opening: () => Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }),
    selfTest: null,
    auditReports: {
      verify: () => Promise.resolve(fail('audit-unreadable')),
      export: () => Promise.resolve(fail('audit-unreadable')),
    },
  };
}
