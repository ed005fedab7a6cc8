/**
 * Wires the whole product without Electron, so that the app, the terminal and the tests share one graph: settings ->
 * gateway -> journal -> engine -> till. Nothing here decides anything.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { basename } from 'node:path';
import type { Notice, PaymentStage, PaySource } from '../../shared/ipc.ts';
import { NORMAL_SCENARIO, type Scenario } from '../../shared/practice/scenarios.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { EARLIEST_WALL_MS, REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import {
  environmentOf,
  merchantSchema,
  type Environment,
  type Merchant,
  type Terminal,
} from '../../shared/settings.ts';
import { openBills } from './open-bills.ts';
import { auditKeyOf, deviceSecretOf, auditTrail, type AuditTrail } from './audit/audit-trail.ts';
import { watchClock } from './notices/clock-watch.ts';
import { watchTrust } from './notices/trust-watch.ts';
import { orderHistory } from '../orders/search/order-history.ts';
import { createPosApi } from '../pos/pos-api.ts';
import { createPosOrders } from './pos/pos-orders.ts';
import { journalDamageService } from './journal/journal-damage-service.ts';
import { goneFilesNotice } from './notices/gone-files-notice.ts';
import { missedFiles, rememberFiles } from './settings/gone-files.ts';
import { watchCertificate } from './notices/certificate-watch.ts';
import { paySourceOf, type PaySourceChoice } from './core/pay-source.ts';
import type { Services, ServicesProblem } from './core/services.ts';
import type { CheckApart } from './journal/journal-check.ts';
import { listenForCodes, type TillScanner } from './scanner/till-scanner.ts';
import type { Profile } from './settings/profile.ts';
import type { Credentials, SettingsStore } from './settings/settings-store.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { withFiles, withFilesAsync, writeFileSafely, type FileTrouble } from '../base/safe-file.ts';
import { putAside } from '../base/settings-file.ts';
import { watchedClock, type WatchedClock } from '../base/watched-clock.ts';
import { validityOf } from '../vault/certificate-days.ts';
import { leaderLock } from '../orders/engine/leader-lock.ts';
import { createEngine, type Engine, type EngineParts } from '../orders/engine/engine.ts';
import { createFaceBridge, type FaceBridge } from '../face-bridge/bridge-face-device.ts';
import { createHelperDriver } from '../face-bridge/helper-driver.ts';
import { checkHelper } from '../face-bridge/helper-file.ts';
import { startHelper } from '../face-bridge/helper-process.ts';
import { absentFaceDevice } from '../orders/engine/face-device.ts';
import { unfinishedOrdersIn } from '../orders/journal/journal-metrics.ts';
import { openJournal, type OpenFailure } from '../orders/open-journal.ts';
import { openMended, type Mended } from '../orders/open-mended.ts';
import type { Journal, Stored } from '../orders/journal/journal.ts';
import { fileWatcherOf, fileEventWatch } from '../orders/engine/journal-watch.ts';
import { newOutRefundNo, terminalPart } from '../orders/engine/order-number.ts';
import { watchedBy } from '../orders/engine/lock-holder.ts';
import { driverWatch } from '../orders/engine/driver-watch.ts';
import { createTill, type Till, type TillParts } from '../orders/engine/take-payment.ts';
import { faceSecretOf } from '../practice/face-code.ts';
import { createPracticeFaceDevice } from '../practice/face-device.ts';
import { startPracticeGateway, type PracticeGateway } from '../practice/gateway-server.ts';
import { Ledger } from '../practice/ledger.ts';
import { newPracticeMerchant } from '../practice/practice-merchant.ts';
import { onFirstGoodCall } from '../wechat/first-good-call.ts';
import { createGateway, type Gateway } from '../wechat/gateway.ts';
import { watchReachability } from '../wechat/reachability.ts';
import { isConnectionTrusted } from '../wechat/connection-probe.ts';
import { httpsTransport } from '../wechat/transport.ts';
import { wayThrough } from '../wechat/way.ts';

export interface ServicesParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What the embedded practice gateway does to the next payment. */
  readonly scenario?: Scenario;
  /** When this code was made, UTC ms, if the bundle says so: a right clock never shows an earlier time. */
  readonly builtAtMs?: number;
  /** Also checks WeChat Pay's domain while nothing is being paid or cancelled. */
  readonly looksAtRest?: boolean;
  /**
   * Checks a long journal in a thread before it is opened here. Without this, the journal is checked as it is opened.
   */
  readonly checkApart?: CheckApart;
  /** The name of this process for others that check which process drives. */
  readonly program?: 'app' | 'command';
  /**
   * How long each write of the journal may wait for another program's lock, in ms. The default is long enough for a
   * command.
   */
  readonly lockWaitMs?: number;
  /** Only the app has this: commands leave a damaged journal, and its format, as they are. */
  readonly keeper?: JournalKeeper;
  readonly onChange: (stored: Stored) => void;
  readonly onStage: (stage: PaymentStage) => void;
  readonly onNotice: (notice: Notice) => void;
  /** Only the app has this: it alone reads a scanner on a serial port, and says what it did not use. */
  readonly scanner?: TillScanner;
}

/** What the app, which keeps the journal, may do to its file: repair it, and change it to a later format. */
export interface JournalKeeper {
  /** This version of the app, once it has proved itself here; `null` while the version before may be put back. */
  readonly provenAs: () => string | null;
}

/**
 * Opens everything that a terminal needs; the engine is not started yet. If there is a problem, everything is closed
 * again.
 */
export async function openServices(parts: ServicesParts): Promise<Result<Services, ServicesProblem>> {
  const { profile, store, log } = parts;
  const isApp = parts.program === 'app';
  const wereRestored = isApp && store.secure();
  // Before the first wait: meanwhile others may begin a file anew. Commands leave it to the app, which has a screen.
  const missed = isApp ? missedFiles(profile) : [];
  const read = await storedSetUp(parts);
  if (!read.ok) return read;
  const { environment, terminal } = read.value;
  const clock = watchedClock(parts.clock, REVERSE_WINDOW_MS, watchedBy(profile.leaderLock(environment)));
  const checked = (await parts.checkApart?.(environment, clock.read().wallMs)) ?? false;
  const opened = await withFilesAsync(() => openedJournal(parts, environment, checked));
  if (!opened.ok) return fail({ part: 'journal', code: opened.error });
  const { journal, search } = opened.value;
  // The journal may be new.
  if (isApp) rememberFiles(profile);
  const damage = journalDamageService(opened.value, clock, parts.onNotice);
  const ours = await merchantOf(parts, read.value);
  if (!ours.ok) return closedFor(journal, ours.error);
  const { merchant, practice } = ours.value;
  const { gateway, stopWatches } = watchedGateway(parts, read.value, ours.value, clock);
  const audit = auditTrail(journal, clock);
  if (wereRestored) tellRestored(parts, audit);
  const goneFiles = goneFilesNotice(profile, missed, audit, parts.onNotice);
  const engine = engineOnLock(parts, environment, { journal, gateway, clock }, (stored) => {
    parts.onChange(stored);
    pos.wake();
  });
  const paySource = paySourceOf(read.value.own?.merchant ?? null);
  const face = faceOf(parts, read.value, ours.value, paySource.now());
  const till = tillOf(parts, read.value, ours.value, { engine, gateway, clock, paySource, face: face.device });
  const posOrders = createPosOrders({ journal, engine, merchant, clock, audit, till, paySource });
  const pos = createPosApi({ file: profile.posApi, posOrders, clock, log, onNotice: parts.onNotice });
  const stopScanner = scannerOf(parts, read.value, till);
  const bills = openBills({ ...ours.value, profile, environment, terminal, journal, audit, engine, clock, log });
  return ok({
    environment,
    merchant,
    terminal,
    certificateNotAfterMs: certificateEndOf(read.value),
    journal,
    search,
    damage,
    goneFiles,
    history: orderHistory(search, clock),
    audit,
    engine,
    till,
    paySource,
    newOutRefundNo: (order) => newOutRefundNo(order, partOf(profile), randomInt),
    faceTrouble: () => face.trouble(),
    gateway,
    bills,
    pos,
    practice,
    clock,
    log,
    store,
    async close(withinMs) {
      await Promise.all([stopScanner(), pos.close()]);
      stopWatches();
      await Promise.all([engine.stop(withinMs), face.close(), bills.stop(withinMs)]);
      await practice?.close();
      if (isApp) rememberFiles(profile);
      audit.close();
      journal.close();
    },
  });
}

function closedFor(journal: Pick<Journal, 'close'>, code: FileTrouble): Result<never, ServicesProblem> {
  journal.close();
  return fail({ part: 'practice', code });
}

function tellRestored({ profile, onNotice }: ServicesParts, audit: AuditTrail): void {
  audit.byApp('settings-restored', basename(profile.settings));
  onNotice({ code: 'settings-restored', on: true, detail: null });
}

/** The stored set-up. */
interface StoredSetUp {
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** `null` if no merchant is set up: then the terminal is in practice mode. */
  readonly own: { readonly merchant: Merchant; readonly credentials: Credentials } | null;
  /** WeChat Pay has taken this certificate before. */
  readonly certificateSeen: boolean;
}

const certificateEndOf = ({ own }: StoredSetUp): number | null =>
  (own === null ? undefined : validityOf(own.credentials.certPem)?.notAfterMs) ?? null;

async function storedSetUp({ profile, store }: ServicesParts): Promise<Result<StoredSetUp, ServicesProblem>> {
  const settings = store.settings();
  if (!settings.ok) return fail({ part: 'settings', code: settings.error });
  const { merchant, terminal, secrets } = settings.value;
  const certificateSeen = secrets?.certificateSeen === true;
  if (merchant === null) {
    // Settings from before the set-up, as a backup restores them: it is not known whose the orders are, so practice
    // mode must not start over them.
    if (unfinishedOrdersIn(profile.journal('live')) !== 0) return fail({ part: 'settings', code: 'settings-missing' });
    return ok({ environment: 'practice', terminal, own: null, certificateSeen });
  }
  const credentials = await store.credentials();
  if (!credentials.ok) return fail({ part: 'credentials', code: credentials.error });
  const own = { merchant, credentials: credentials.value };
  return ok({ environment: environmentOf(merchant), terminal, own, certificateSeen });
}

/** The merchant in whose name calls leave. */
interface Ours {
  readonly merchant: Merchant;
  readonly secrets: Credentials;
  /** The practice gateway inside this process, if it invented the merchant. */
  readonly practice: PracticeGateway | null;
}

async function merchantOf(parts: ServicesParts, { own }: StoredSetUp): Promise<Result<Ours, FileTrouble>> {
  if (own !== null) return ok({ merchant: own.merchant, secrets: own.credentials, practice: null });
  const practice = await embeddedPractice(parts);
  if (!practice.ok) return practice;
  const { value } = practice;
  return ok({ merchant: practiceMerchant(value), secrets: practiceCredentials(value), practice: value });
}

/** The gateway, with reports to the screen whether it can be reached and trusted. */
function watchedGateway(
  { store, log, looksAtRest, builtAtMs = EARLIEST_WALL_MS, onNotice }: ServicesParts,
  { own, terminal, certificateSeen }: StoredSetUp,
  { merchant, secrets }: Ours,
  clock: WatchedClock,
): { readonly gateway: Gateway; readonly stopWatches: () => void } {
  const way = wayThrough(merchant.gateway.proxy, secrets.proxyPassword);
  const transport = httpsTransport(secrets, merchant, clock, way);
  const nonce = (): string => randomBytes(16).toString('hex');
  const signed = createGateway({ merchant, terminal, apiKey: secrets.apiKey, transport, clock, nonce });
  const trust = watchTrust({
    look: own !== null && looksAtRest === true ? () => isConnectionTrusted(merchant, secrets, clock, way) : null,
    clock,
    log,
    onNotice,
  });
  const watched = watchReachability(
    signed,
    (reachable) => {
      onNotice({ code: 'offline', on: !reachable, detail: null });
    },
    (isTrusted) => {
      trust.report(isTrusted);
    },
  );
  const stopClockWatch = watchClock({ builtAtMs, clock, log, onNotice });
  const gateway = own === null ? watched : onFirstGoodCall(watched, certificateSeen, store.proving());
  const stopCertificateWatch =
    own === null ? null : watchCertificate({ certPem: secrets.certPem, clock, log, onNotice });
  return {
    gateway,
    stopWatches: () => {
      stopCertificateWatch?.();
      stopClockWatch();
      trust.stop();
    },
  };
}

/** The engine of the journal, with or without the leader lock. */
function engineOnLock(
  { profile, log, program = 'command', onNotice }: ServicesParts,
  environment: Environment,
  own: Pick<EngineParts, 'journal' | 'gateway'> & { readonly clock: WatchedClock },
  onChange: EngineParts['onChange'],
): Engine {
  const lockPath = profile.leaderLock(environment);
  const lock = leaderLock(lockPath);
  const watchDriver = driverWatch({
    lockPath,
    program,
    pid: process.pid,
    clock: own.clock,
    hasOpen: () => own.journal.list({ standing: 'open', limit: 1 }).length > 0,
    onNobodyDrives: (detail) => {
      onNotice({ code: 'nobody-drives', on: detail !== null, detail });
    },
  });
  const watchJournal = fileEventWatch(own.clock, fileWatcherOf(profile.journal(environment)));
  const engine = createEngine({
    ...own,
    lock,
    // A driver counts as alive as long as it checks the journal.
    watch: (look) =>
      watchJournal(() => {
        look();
        if (engine.isDriving()) watchDriver(null);
      }),
    onLockTried: () => {
      watchDriver(lock.refusal());
    },
    log,
    onChange,
    onTrouble: (trouble) => {
      onNotice({ code: 'journal-failing', on: trouble !== null, detail: trouble });
    },
    onUnreadable: (orderIds) => {
      onNotice({ code: 'journal-rows-unreadable', on: true, detail: orderIds.join(', ') });
    },
  });
  return engine;
}

/** The scanner on the merchant's serial port, if there is one. Returns what ends it. */
function scannerOf({ scanner, onNotice }: ServicesParts, { own }: StoredSetUp, till: Till): () => Promise<void> {
  const port = own?.merchant.codePort;
  if (scanner === undefined || port === undefined) return () => Promise.resolve();
  return listenForCodes(scanner.scanners, port, { till, onSaid: scanner.onSaid, onNotice });
}

const partOf = (profile: Profile): string => terminalPart(deviceSecretOf(profile), hostname());

function tillOf(
  { profile, log, onStage }: ServicesParts,
  { terminal }: StoredSetUp,
  { merchant }: Ours,
  {
    paySource,
    ...parts
  }: Pick<TillParts, 'engine' | 'gateway' | 'clock' | 'face'> & { readonly paySource: PaySourceChoice },
): Till {
  return createTill({
    ...parts,
    paySource: paySource.now,
    log,
    family: merchant.family,
    storeName: terminal.storeName,
    terminalIp: firstAddress(),
    callTimeoutMs: merchant.callTimeoutMs,
    terminalPart: partOf(profile),
    random: (belowMax) => randomInt(belowMax),
    onStage,
  });
}

async function openedJournal(
  { profile, clock, log, keeper, lockWaitMs }: ServicesParts,
  environment: Environment,
  checked: boolean,
): Promise<Result<Mended, OpenFailure>> {
  const path = profile.journal(environment);
  const key = auditKeyOf(profile);
  if (keeper === undefined) {
    const opened = openJournal(path, environment, clock.read().wallMs, key, { checked, lockWaitMs });
    return opened.ok ? ok({ ...opened.value, mended: null }) : opened;
  }
  const options = { checked, lockWaitMs, provenAs: keeper.provenAs() };
  const opened = await openMended({
    path,
    environment,
    key,
    clock,
    lock: leaderLock(profile.leaderLock(environment)),
    options,
  });
  if (!opened.ok) return opened;
  const { mended, damage, isFromLaterVersion } = opened.value;
  if (mended !== null) log.error({ mended, damage: damage.now() }, 'the journal was damaged and has been mended');
  if (isFromLaterVersion) log.warn({}, 'the journal was written to by a later version');
  return opened;
}

async function embeddedPractice({
  profile,
  clock,
  log,
  scenario,
}: ServicesParts): Promise<Result<PracticeGateway, FileTrouble>> {
  const kept = profile.practiceLedger;
  const ledgerText = withFiles<string | undefined, never>(() => ok(keptLedger(kept, clock, log)));
  if (!ledgerText.ok) return ledgerText;
  const gateway = await startPracticeGateway({
    clock,
    merchant: newPracticeMerchant(),
    scenario: scenario ?? NORMAL_SCENARIO,
    ledgerText: ledgerText.value,
    save: (text) => {
      writeFileSafely(kept, text);
    },
  });
  return ok(gateway);
}

/**
 * The practice gateway's ledger. One that cannot be parsed is set aside: no real money depends on it, and practice must
 * go on.
 */
function keptLedger(path: string, clock: Clock, log: Log): string | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const read = Ledger.from(text, { clock });
  if (read.ok) return text;
  const setAside = putAside(path, clock.read().wallMs);
  log.warn({ setAside, why: read.error }, 'the practice ledger was damaged and has been put aside');
  return undefined;
}

function practiceMerchant({ primary, backup, merchant }: PracticeGateway): Merchant {
  return merchantSchema.parse({
    appid: merchant.appid,
    mchId: merchant.mchId,
    gateway: { primary, backup },
    faceGateway: primary,
  });
}

function practiceCredentials({ merchant, clientCertPem, clientKeyPem, caPem }: PracticeGateway): Credentials {
  return { apiKey: merchant.apiKey, certPem: clientCertPem, keyPem: clientKeyPem, caPem };
}

/** What recognises faces here: the vendor's SDK, the practice device, or nothing. */
function faceOf(
  { clock, log }: ServicesParts,
  { terminal }: StoredSetUp,
  { merchant, secrets }: Ours,
  source: PaySource,
): FaceBridge {
  const { faceHelper } = merchant;
  if (source === 'face' && faceHelper !== undefined) {
    const driver = createHelperDriver({ start: startHelper, check: () => checkHelper(faceHelper), clock });
    return createFaceBridge({ driver, merchant, storeId: terminal.storeId, clock, log });
  }
  const device =
    source === 'face'
      ? createPracticeFaceDevice({ clock, faceSecret: faceSecretOf(secrets.apiKey) })
      : absentFaceDevice;
  return { device, trouble: () => null, close: () => Promise.resolve() };
}

/** spbill_create_ip: this machine's address as others see it, or the loopback address if it has none. */
function firstAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
