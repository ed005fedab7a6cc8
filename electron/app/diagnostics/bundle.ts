/**
 * One file for remote support: what runs, where, how it is set up, the state of its journal, and its logs. It also
 * works if the terminal could not be opened. It contains no secret and no complete number.
 */
import { strToU8, zipSync } from 'fflate';
import { existsSync } from 'node:fs';
import { environmentOf, type Environment } from '../../../shared/settings.ts';
import { maskId, maskText, maskValue } from '../../base/mask.ts';
import { journalMetrics } from '../../orders/journal/journal-metrics.ts';
import type { AuditReports } from '../audit/audit-report-port.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { logTails } from './log-tail.ts';
import { machineFacts } from './machine-facts.ts';

export interface DiagnosticsParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly wallMs: number;
  /** What runs: version, commit, host. */
  readonly app: object;
  /** The self-test's findings, if there are any. */
  readonly selfTest: (() => Promise<unknown>) | null;
  readonly auditReports: Pick<AuditReports, 'verify'>;
}

/** A zip. Each file in it is made separately, so that an error in one does not affect the others. */
export async function diagnosticsBundle(parts: DiagnosticsParts): Promise<Uint8Array> {
  const { profile, wallMs } = parts;
  const settings = settingsOf(parts);
  const files: Record<string, string> = {
    'README.txt': README,
    // The mask would treat the commit as a number, but it is the first thing that support asks for.
    'app.json': `${JSON.stringify({ at: new Date(wallMs).toISOString(), ...parts.app }, null, 2)}\n`,
    'machine.json': json(machineFacts(profile.folder)),
    'settings.json': json(settings),
    'journal.json': json(
      Object.fromEntries(
        await Promise.all(
          environmentsOf(parts).map(async (environment) => [environment, await journalOf(parts, environment)] as const),
        ),
      ),
    ),
    'self-test.json': json(parts.selfTest === null ? { available: false } : await parts.selfTest()),
  };
  for (const { name, text } of logTails(profile.logs, wallMs)) files[`logs/${name}`] = text;
  const mtime = new Date(wallMs);
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [strToU8(text), { mtime }] as const])),
  );
}

const json = (value: unknown): string => `${JSON.stringify(maskValue(value), null, 2)}\n`;

function settingsOf({ store, profile }: DiagnosticsParts): object {
  const settings = store.settings();
  const files = {
    settings: existsSync(profile.settings),
    credentials: existsSync(profile.credentials),
    deviceSecret: existsSync(profile.deviceSecret),
  };
  return settings.ok ? { ...settings.value, files } : { problem: settings.error, files };
}

/** The journal in use; both, if it is not known which one that is. */
function environmentsOf({ store }: DiagnosticsParts): Environment[] {
  const settings = store.settings();
  if (!settings.ok) return ['practice', 'live'];
  return [settings.value.merchant === null ? 'practice' : environmentOf(settings.value.merchant)];
}

async function journalOf({ profile, auditReports }: DiagnosticsParts, environment: Environment): Promise<object> {
  const verified = await auditReports.verify(environment);
  const audit = verified.ok
    ? {
        entries: verified.value.entries,
        beforeChain: verified.value.beforeChain,
        findings: verified.value.findings.map(({ kind, seq, about }) => ({
          kind,
          seq,
          about: about === null ? null : maskAbout(about),
        })),
      }
    : { problem: verified.error };
  return { ...journalMetrics(profile.journal(environment)), audit };
}

/** A finding is about an order, a span of entries, or a table. Only an order is personal. */
const maskAbout = (about: string): string =>
  /^\d+ to \d+$|^[a-z]+ [a-z_]+$/.test(about) ? about : maskId(maskText(about));

const README = `FacePay Kiosk: what a technician needs to look for a fault.
No key, certificate, passphrase, signature, face code or customer id is in here; numbers of orders and merchants are cut
down to their last four characters.

app.json        version, commit, host
machine.json    operating system, memory, disk
settings.json   how the terminal is set up; which files there are
journal.json    how many orders in which state, sizes, whether the audit trail is as it was written
self-test.json  what the self-test found
logs/           the last seven days, at most two megabytes a file
`;
