/**
 * The self-test: every check once, within a time limit, and a line for each of them whatever happens. It works on a
 * terminal that cannot open, and beside a running app. It changes nothing that either of them uses.
 */
import {
  checkIdSchema,
  finding,
  withLines,
  type CheckId,
  type ScreenFacts,
  type SelfTestLine,
  type SelfTestReport,
} from '../../../shared/self-test/self-test.ts';
import { environmentOf, type Environment } from '../../../shared/settings.ts';
import { SELF_TEST_CHECK_MS, SELF_TEST_JOURNAL_MS } from '../../../shared/timing.ts';
import { fail } from '../../../shared/result.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { ScannerState } from '../../scanner/serial-scanner.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { driverNow } from '../../orders/engine/driver-now.ts';
import { openOrdersIn } from '../../orders/journal/journal-metrics.ts';
import { driverCheck } from './driver-check.ts';
import type { FaceTroubleSeen } from '../../face-bridge/bridge-face-device.ts';
import { tryHelper } from '../../face-bridge/try-helper.ts';
import { faceDeviceCheck, type FaceSdkNow } from './face-device-check.ts';
import { filesCheck } from './files-check.ts';
import { freeBytes, measureSync, spaceCheck, syncCheck } from './disk-checks.ts';
import { auditCheck, journalCheck } from './journal-checks.ts';
import type { InspectJournal } from './journal-thread.ts';
import type { DomainId, DomainProbe } from './domain-checks.ts';
import { acrossDomains, askImpossible, linesOf, probeDomain } from './network-checks.ts';
import type { Surroundings } from '../../updates/update-settings.ts';
import { directWay, type Way } from '../../wechat/way.ts';
import { updateCheck } from './update-check.ts';
import { screenChecks } from './screen-checks.ts';
import { certificateCheck, keyCheck, lastFour, settingsCheck } from './settings-checks.ts';
import { zoneCheck, zoneHere, type Zone } from './zone-check.ts';
import { merchantTarget, type ReadProfile, type Target } from './target.ts';

export interface SelfTestParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** What this runs in, as a line. */
  readonly host: SelfTestLine;
  readonly inspectJournal: InspectJournal;
  /** The installed app's files for updates; if not given, the profile's own are used. */
  readonly surroundings?: Surroundings;
  /** The zone that the machine is set to; if not given, the system is asked. */
  readonly zone?: Zone;
  /** The practice gateway of the running app, if there is one. */
  readonly practice: () => Promise<Target | null>;
  /** What the face SDK could not do last, in the running app. */
  readonly faceTrouble?: () => Promise<FaceTroubleSeen | null>;
  /** The running app's scanner on a serial port. */
  readonly scanner?: () => ScannerState | null;
}

export type OnLine = (line: SelfTestLine) => void;

/** `screen` is `null` if there is none. Each line is reported as soon as it is known. */
export async function runSelfTest(
  parts: SelfTestParts,
  screen: ScreenFacts | null,
  onLine: OnLine = () => undefined,
): Promise<SelfTestReport> {
  const begun = parts.clock.read();
  const run = new Run(parts, onLine);
  const read = await readProfile(parts.store);
  await run.check(['settings', 'key', 'certificate'], () => ownChecks(parts, read));
  run.report([...screenChecks(screen), parts.host, zoneCheck(parts.zone ?? zoneHere(begun.wallMs))]);
  await run.check(['face-device'], async () => [
    await faceDeviceCheck(read, () => faceSdkNow(parts, read), parts.scanner?.() ?? null),
  ]);
  await run.check(['files'], () => [filesCheck(parts.profile, environmentIn(read) === 'live')]);
  const target = merchantTarget(read, isGood(run.found('certificate'))) ?? (await practiceOf(parts, read, run));
  await Promise.all([
    network(run, target, read),
    disk(run, environmentIn(read)),
    run.check(['update'], () => updates(parts, target?.way ?? directWay)),
  ]);
  return {
    atMs: begun.wallMs,
    tookMs: Math.round(parts.clock.read().monoMs - begun.monoMs),
    version: parts.version,
    terminal: terminalOf(read),
    lines: withLines(
      run.lines,
      checkIdSchema.options.filter((id) => run.found(id) === undefined).map((id) => finding(id, 'broke')),
    ),
  };
}

/** The lines so far, and the function that adds one more. */
class Run {
  readonly lines: SelfTestLine[] = [];
  readonly parts: SelfTestParts;
  readonly #onLine: OnLine;

  constructor(parts: SelfTestParts, onLine: OnLine) {
    this.parts = parts;
    this.#onLine = onLine;
  }

  found(id: CheckId): SelfTestLine | undefined {
    return this.lines.find((line) => line.id === id);
  }

  report(lines: readonly SelfTestLine[]): void {
    for (const line of lines) {
      this.lines.push(line);
      this.#onLine(line);
    }
  }

  /**
   * The lines of `ids` from `act`, or what became of it: a check that hangs or fails must not stop the others from
   * reporting.
   */
  async check(
    ids: readonly CheckId[],
    act: (signal: AbortSignal) => Promise<readonly SelfTestLine[]> | readonly SelfTestLine[],
    withinMs = SELF_TEST_CHECK_MS,
  ): Promise<void> {
    const lines = await this.within(ids, act, withinMs);
    this.report(typeof lines === 'string' ? ids.map((id) => finding(id, lines)) : lines);
  }

  /** The result of `act`; `signal` tells it that the result is no longer needed. `about` is for the log. */
  async within<Value extends object | null>(
    about: readonly string[],
    act: (signal: AbortSignal) => Promise<Value> | Value,
    withinMs = SELF_TEST_CHECK_MS,
  ): Promise<Value | 'timed-out' | 'broke'> {
    const { clock, log } = this.parts;
    const over = new AbortController();
    const timeout = new Promise<'timed-out'>((resolve) => {
      const callOff = clock.after(withinMs, () => {
        resolve('timed-out');
      });
      over.signal.addEventListener('abort', callOff);
    });
    const acting = (async () => act(over.signal))().catch((error: unknown) => {
      if (!over.signal.aborted) log.error({ about, error }, 'a check of the self-test broke');
      return 'broke' as const;
    });
    const outcome = await Promise.race([acting, timeout]);
    over.abort();
    return outcome;
  }
}

async function readProfile(store: SettingsStore): Promise<ReadProfile> {
  const settings = store.settings();
  const practises = settings.ok && settings.value.merchant === null;
  return { settings, credentials: practises ? null : await store.credentials() };
}

async function faceSdkNow({ clock, faceTrouble }: SelfTestParts, { settings }: ReadProfile): Promise<FaceSdkNow> {
  const helper = settings.ok ? settings.value.merchant?.faceHelper : undefined;
  const seen = (await faceTrouble?.()) ?? null;
  return { helper: helper === undefined ? fail('helper-missing') : await tryHelper(helper, clock), seen };
}

function ownChecks({ profile, store, clock }: SelfTestParts, { settings, credentials }: ReadProfile): SelfTestLine[] {
  const mchId = settings.ok ? (settings.value.merchant?.mchId ?? null) : null;
  return [
    settingsCheck(settings, credentials?.ok === true ? credentials.value.caPem : null),
    keyCheck(credentials, [store.credentialsPath(), profile.deviceSecret]),
    certificateCheck(credentials, mchId, clock.read().wallMs),
  ];
}

/** An authority that TLS cannot use must not stop the other checks. */
const isGood = (line: SelfTestLine | undefined): boolean =>
  line?.verdict === 'ok' || line?.verdict === 'warn' || line?.code === 'expired';

async function practiceOf({ practice }: SelfTestParts, { settings }: ReadProfile, run: Run): Promise<Target | null> {
  if (!settings.ok) return null;
  const target = await run.within(['practice'], practice);
  return typeof target === 'string' ? null : target;
}

async function updates({ profile, version, clock, surroundings }: SelfTestParts, way: Way): Promise<SelfTestLine[]> {
  const own = { folders: [profile.folder], builtInFeed: null };
  return [await updateCheck({ folder: profile.updates, version, clock, surroundings: surroundings ?? own, way })];
}

const DOMAINS: readonly DomainId[] = ['primary', 'backup', 'face'];

async function network(run: Run, target: Target | null, { settings }: ReadProfile): Promise<void> {
  if (target === null) {
    const why = settings.ok ? 'in-the-app' : 'needs-settings';
    run.report([
      ...DOMAINS.map((id) => finding(id, why)),
      finding('query', why),
      finding('clock', 'untold'),
      finding('door', 'untold'),
    ]);
    return;
  }
  const { clock } = run.parts;
  const probed: DomainProbe[] = [];
  const probes = DOMAINS.map((id) =>
    run.check([id], async () => {
      const seen = await probeDomain(target, id, clock);
      if (seen === null) return [finding('backup', 'none')];
      probed.push(seen);
      return [linesOf(seen, clock)];
    }),
  );
  await Promise.all([
    Promise.all(probes).then(() => run.check(['clock', 'door'], () => acrossDomains(probed, target))),
    run.check(['query'], async () => [await askImpossible(target, clock)]),
  ]);
}

/** One after the other: reading the journal would slow down the very writes that are measured. */
async function disk(run: Run, environment: Environment | null): Promise<void> {
  const { profile, clock, inspectJournal } = run.parts;
  await run.check(['disk-sync'], async () => [syncCheck(await measureSync(profile.folder, clock))]);
  await run.check(['driver'], () => drivers(run.parts, environment));
  await run.check(['disk-space'], async () => [spaceCheck(await freeBytes(profile.folder))]);
  if (environment === null) {
    run.report([finding('journal', 'needs-settings'), finding('audit', 'unread')]);
    return;
  }
  const read = async (signal: AbortSignal): Promise<SelfTestLine[]> => {
    const inspection = await inspectJournal(profile.folder, environment, signal);
    return [journalCheck(inspection), auditCheck(inspection)];
  };
  await run.check(['journal', 'audit'], read, SELF_TEST_JOURNAL_MS);
}

async function drivers({ profile, clock }: SelfTestParts, environment: Environment | null): Promise<SelfTestLine[]> {
  if (environment === null) return [driverCheck(null, { state: 'nobody' })];
  const open = openOrdersIn(profile.journal(environment));
  return [
    driverCheck(
      open,
      open === null || open === 0 ? { state: 'nobody' } : await driverNow(profile.leaderLock(environment), clock),
    ),
  ];
}

/** Which journal belongs to this terminal; `null` if the settings do not say. */
function environmentIn({ settings }: ReadProfile): Environment | null {
  if (!settings.ok) return null;
  return settings.value.merchant === null ? 'practice' : environmentOf(settings.value.merchant);
}

function terminalOf(read: ReadProfile): SelfTestReport['terminal'] {
  const environment = environmentIn(read);
  if (!read.settings.ok || environment === null) return null;
  const { merchant, terminal } = read.settings.value;
  return {
    environment,
    storeName: terminal.storeName,
    deviceId: terminal.deviceId,
    merchant: merchant === null ? null : lastFour(merchant.mchId),
  };
}
