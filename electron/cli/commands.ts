/** What each terminal command does. Exit codes are in output.ts. */
import type { Profile } from '../app/settings/profile.ts';
import { auditKeyOf, noteAtOnce } from '../app/audit/audit-trail.ts';
import { decisionOf } from '../app/stuck/money-gate.ts';
import { act, findOrEnter } from '../app/orders/orders-service.ts';
import { aboutFaceHelper, withHelperHash } from '../app/setup/face-helper.ts';
import { readMerchantFile } from '../app/setup/merchant-file.ts';
import { settingsStore, type SettingsStore } from '../app/settings/settings-store.ts';
import { unsettledOnDisk } from '../app/orders/unsettled-orders.ts';
import type { Clock } from '../base/clock.ts';
import { fileLog } from '../base/log.ts';
import { openServices } from '../app/open-services.ts';
import type { Services, ServicesProblem } from '../app/core/services.ts';
import { beijingTime } from '../../shared/beijing.ts';
import type { RefusedAct } from '../../shared/order/order.ts';
import { ok, type Result } from '../../shared/result.ts';
import { environmentOf } from '../../shared/settings.ts';
import type { Notice } from '../../shared/ipc.ts';
import { damageNotices } from '../app/journal/journal-damage-service.ts';
import type { FileTrouble } from '../base/safe-file.ts';
import { openJournal, type OpenFailure } from '../orders/open-journal.ts';
import { driverNow, type DriverNow } from '../orders/engine/driver-now.ts';
import type { Journal, Stored } from '../orders/journal/journal.ts';
import type { FoundRow } from '../orders/search/found-row.ts';
import { standingOf } from '../orders/machine/order.ts';
import { isOpenRefund } from '../orders/machine/refund.ts';
import { holderText } from '../orders/engine/lock-holder.ts';
import { viewOf } from '../orders/views/order-view.ts';
import type { Command } from './arguments.ts';
import { EXIT, exitCodeFor, type ExitCode, type Output } from './output.ts';
import {
  atTerminal,
  changes,
  current,
  currentTimeline,
  currentView,
  followTimeline,
  TERMINAL_ROLE,
  waitUntil,
  type Changes,
} from './session.ts';

export interface Terminal {
  readonly profile: Profile;
  readonly passphrase: string;
  readonly clock: Clock;
  readonly output: Output;
}

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>;

export const storeOf = ({ profile, passphrase }: Terminal): SettingsStore => settingsStore(profile, passphrase);

const GUARDED = {
  device: 'Keys are guarded by a file of this device alone (give FACEPAY_PASSPHRASE for more).',
  passphrase: 'Keys are guarded by a file of this device and FACEPAY_PASSPHRASE.',
} as const;

/** Sets a terminal up from merchant.json. All of it is checked before any of it is stored. */
export async function init(terminal: Terminal, { from }: Of<'init'>): Promise<ExitCode> {
  const { output, clock, profile } = terminal;
  const setUp = readMerchantFile(from, clock.read().wallMs);
  if (!setUp.ok) {
    output.problems(setUp.error);
    return EXIT.badInput;
  }
  const { credentials, certificateNotAfterMs } = setUp.value;
  const looked = withHelperHash(setUp.value.merchant);
  if (!looked.ok) {
    const { field, code } = looked.error;
    output.problems([{ field: field === 'faceLibrary' ? 'faceHelper.library' : 'faceHelper.program', code }]);
    return EXIT.badInput;
  }
  const merchant = looked.value;
  const store = storeOf(terminal);
  // If the settings themselves are wrong, storing them gives a better message.
  const now = store.settings();
  const unsettled =
    now.ok || now.error === 'settings-missing' ? unsettledOnDisk(profile, store, merchant, clock.read().wallMs) : null;
  if (unsettled !== null) return problem(terminal, profile.journal('live'), unsettled);
  const stored = await store.setMerchant(merchant, credentials);
  if (!stored.ok) {
    output.problems([{ field: profile.settings, code: stored.error }]);
    return EXIT.badInput;
  }
  const certificateUntil = new Date(certificateNotAfterMs).toISOString();
  const environment = environmentOf(merchant);
  const protection = terminal.passphrase === '' ? 'device' : 'passphrase';
  const event = {
    type: 'noted',
    act: 'set-up',
    outcome: 'ok',
    about: [`merchant ${merchant.mchId}`, `protection ${protection}`, ...aboutFaceHelper(merchant)].join(', '),
  } as const;
  if (!noteAtOnce(profile, environment, clock.read().wallMs, atTerminal(), event)) notNoted(terminal);
  output.say(
    `Set up for merchant ${merchant.mchId} (${environment}, ${merchant.family}, ${merchant.signType}). Certificate valid until ${beijingTime(certificateNotAfterMs)} (Beijing). ${GUARDED[protection]}`,
    { type: 'set-up', mchId: merchant.mchId, environment, family: merchant.family, certificateUntil, protection },
  );
  return EXIT.cancelled;
}

/** Cancels an order by either number and follows it until it is settled or the wait is over. */
export const cancel = (terminal: Terminal, { numbers, paidAtMs, why, waitMs }: Of<'cancel'>): Promise<ExitCode> =>
  withServices(terminal, async (services, changed) => {
    const { output } = terminal;
    const found = findOrEnter(services, numbers, paidAtMs, atTerminal());
    if (!found.ok) return problem(terminal, 'journal', found.error);
    const { orderId } = found.value.order;
    // Without a reason it has the rights of a tap at the till: an unresolved order is cancelled, and a paid one is
    // refused.
    const applied = act(
      services,
      orderId,
      { type: 'cancel-tapped', ...(decisionOf(atTerminal(), why) ?? { by: TERMINAL_ROLE }) },
      atTerminal(),
    );
    if (!applied.ok) return problem(terminal, 'ORDER', applied.error);
    const stopFollowing = followTimeline(services, orderId, changed, output);
    services.engine.start();
    const settled = (): boolean =>
      ['cancelled', 'attention', 'settled', 'failed', 'choosing'].includes(currentView(services, orderId).phase.name);
    await waitUntil(settled, changed, terminal.clock, waitMs);
    stopFollowing();
    return finish(services, orderId, output);
  });

/** Asks WeChat once and shows what it says. */
export const query = (terminal: Terminal, { numbers, waitMs }: Of<'query'>): Promise<ExitCode> =>
  withServices(terminal, async (services, changed) => {
    const found = findOrEnter(services, numbers, null, atTerminal());
    if (!found.ok) return problem(terminal, 'journal', found.error);
    const { orderId } = found.value.order;
    services.engine.start();
    const asked = await askOnce(services, orderId, changed, waitMs);
    if (!asked.ok) return problem(terminal, 'ORDER', asked.error);
    // The answer may have shown that this is an order that we have under its other number. Then that one is queried.
    const { orderId: other } = current(services, orderId).order;
    const queried = other === orderId ? asked : await askOnce(services, other, changed, waitMs);
    terminal.output.result(currentView(services, orderId), currentTimeline(services, orderId));
    return queried.ok && queried.value ? EXIT.cancelled : EXIT.unresolved;
  });

/** One query about an entry. Returns whether its answer counts. */
export async function askOnce(
  services: Services,
  orderId: string,
  changed: Changes,
  waitMs: number,
): Promise<Result<boolean, RefusedAct | 'not-saved'>> {
  const { journal, clock } = services;
  const before = journal.load(orderId)?.order.query.count ?? 0;
  const applied = act(services, orderId, { type: 'asked-by-hand' }, atTerminal());
  if (!applied.ok) return applied;
  const answered = (): boolean => {
    const now = journal.load(orderId)?.order.query;
    return now !== undefined && now.count > before && now.out === null;
  };
  await waitUntil(answered, changed, clock, waitMs);
  const last = journal.history(orderId).findLast(({ event }) => event.type === 'query-ended')?.event;
  return ok(answered() && last?.type === 'query-ended' && last.answer.kind !== 'no-answer');
}

/** Drives all unresolved orders until none is left, or the wait is over. */
export const resume = (terminal: Terminal, { waitMs }: Of<'resume'>): Promise<ExitCode> =>
  withServices(terminal, async (services, changed) => {
    const resumed = underWay(services.journal);
    services.engine.start();
    await waitUntil(() => underWay(services.journal).length === 0, changed, terminal.clock, waitMs);
    const views = resumed.map((orderId) => currentView(services, orderId));
    terminal.output.orders(views);
    if (underWay(services.journal).some((orderId) => resumed.includes(orderId))) return EXIT.unresolved;
    const needsManager = views.some(
      ({ standing, ourRefunds }) => standing === 'attention' || ourRefunds.some((refund) => refund.needsManager),
    );
    return needsManager ? EXIT.needsManager : EXIT.cancelled;
  });

/** Orders that are driven: their cancel or payment, or a refund that WeChat does not hold yet. */
const underWay = (journal: Services['journal']): readonly string[] => [
  ...new Set(
    [
      ...journal.open().orders,
      ...journal.refunding().orders.filter(({ order }) => order.ourRefunds.some(isOpenRefund)),
    ].map(({ order }) => order.orderId),
  ),
];

/** A manager states that a stuck order was put right outside this terminal. Sends nothing. */
export const settle = (terminal: Terminal, { numbers, reason, code }: Of<'settle'>): Promise<ExitCode> =>
  withServices(terminal, (services) => {
    const number = numbers.outTradeNo ?? numbers.transactionId ?? '';
    const event = { type: 'manager-settled', by: TERMINAL_ROLE, reason, code: code ?? 'other' } as const;
    const refused = (orderId: string, why: string): ExitCode => {
      services.audit.refused(atTerminal(), orderId, event, why);
      return problem(terminal, 'ORDER', why);
    };
    const stored = services.journal.find(number);
    if (stored === null) return refused(number, 'order-not-found');
    const { orderId, phase } = stored.order;
    if (phase.name !== 'attention') return refused(orderId, 'not-stuck');
    const applied = act(services, orderId, event, atTerminal());
    if (!applied.ok) return problem(terminal, 'ORDER', applied.error);
    finish(services, orderId, terminal.output);
    return EXIT.cancelled;
  });

/**
 * Lists the matching orders, newest first. `--stuck`: those under way or before a manager, and which process drives
 * those under way. Does not use the network.
 */
export async function orders(terminal: Terminal, { stuck, filter, limit }: Of<'orders'>): Promise<ExitCode> {
  const { profile, clock, output } = terminal;
  const settings = storeOf(terminal).settings();
  if (!settings.ok) return problem(terminal, profile.settings, settings.error);
  const { merchant } = settings.value;
  const environment = merchant === null ? 'practice' : environmentOf(merchant);
  const opened = openJournal(profile.journal(environment), environment, clock.read().wallMs, auditKeyOf(profile));
  if (!opened.ok) return problem(terminal, profile.journal(environment), journalCode(opened.error));
  const { journal, search, damage } = opened.value;
  const lost = damage.now();
  for (const notice of lost === null ? [] : damageNotices(lost)) printNotice(output, notice);
  if (stuck)
    for (const orderId of journal.unfinished().unreadable)
      unreadable(output, search.one(orderId) ?? { orderId, outTradeNo: null, transactionId: null });
  const rows = stuck ? [] : search.below(filter, null, limit);
  for (const row of rows.filter(({ stored }) => stored === null)) unreadable(output, row);
  const listed = stuck ? stuckIn(journal, limit) : rows.map(({ stored }) => stored).filter((stored) => stored !== null);
  output.orders(listed.map(({ order, version }) => viewOf(order, version, TERMINAL_ROLE, clock.read())));
  journal.close();
  if (stuck && listed.some(({ order }) => standingOf(order) === 'open' || order.ourRefunds.some(isOpenRefund)))
    driverWords(output, await driverNow(profile.leaderLock(environment), clock));
  return EXIT.cancelled;
}

/** Before a manager, under way, and those with a refund that is not over, each once. */
function stuckIn(journal: Journal, limit: number): readonly Stored[] {
  const listed = [...journal.list({ standing: 'attention', limit }), ...journal.list({ standing: 'open', limit })];
  const ids = new Set(listed.map(({ order }) => order.orderId));
  return [...listed, ...journal.refunding().orders.filter(({ order }) => !ids.has(order.orderId))].slice(0, 2 * limit);
}

function driverWords(output: Output, now: DriverNow): void {
  const holder = 'holder' in now ? now.holder : null;
  output.say(driverText(now), {
    type: 'driver',
    state: now.state,
    pid: holder?.pid ?? null,
    program: holder?.program ?? null,
    since: holder === null ? null : new Date(holder.since.wallMs).toISOString(),
    lastAlive: holder === null ? null : new Date(holder.alive.wallMs).toISOString(),
    why: now.state === 'unusable' ? now.why : null,
  });
}

function driverText(now: DriverNow): string {
  switch (now.state) {
    case 'drives':
      return `Driven by ${holderText(now.holder)}.`;
    case 'silent':
      return `NOBODY GOES ON WITH THEM: ${now.holder === null ? 'an unknown process' : holderText(now.holder)} holds the driver's lock and gives no sign of life. End that process: another takes over at once.`;
    case 'nobody':
      return 'NOBODY GOES ON WITH THEM: no process drives. Start the app, or run: facepay resume';
    case 'unusable':
      return `NOBODY KNOWS WHO GOES ON WITH THEM: the lock file driver.lock cannot be read (${now.why}). Check the folder's permissions and the disk.`;
  }
}

function unreadable(
  output: Output,
  { orderId, outTradeNo, transactionId }: Pick<FoundRow, 'orderId' | 'outTradeNo' | 'transactionId'>,
): void {
  const number = outTradeNo ?? transactionId ?? orderId;
  output.say(`${number}: this row of the journal no longer reads; it is kept as it is`, {
    type: 'unreadable',
    orderId,
  });
}

/** The act is done all the same, but is missing from the audit trail. */
export function notNoted({ output }: Terminal): void {
  output.say('audit-not-written: this act could not be written into the audit trail; check the journal', {
    type: 'notice',
    code: 'audit-not-written',
    on: true,
    detail: null,
  });
}

function finish(services: Services, orderId: string, output: Output): ExitCode {
  const view = currentView(services, orderId);
  output.result(view, currentTimeline(services, orderId));
  return exitCodeFor(view);
}

export function problem({ output }: Terminal, field: string, code: string): ExitCode {
  output.problems([{ field, code }]);
  return code === 'manager-only' || code === 'reason-needed' || code === 'handed-over'
    ? EXIT.needsManager
    : EXIT.badInput;
}

function printNotice(output: Output, { code, on, detail }: Notice): void {
  output.say(`${code}${on ? '' : ' (over)'}${detail === null ? '' : `: ${detail}`}`, {
    type: 'notice',
    code,
    on,
    detail,
  });
}

/** A damaged journal needs another remedy than any other damaged file. */
export const journalCode = (failure: OpenFailure | FileTrouble): string =>
  failure === 'damaged' ? 'journal-damaged' : failure;

/** How long a command waits at its end for a call in flight. */
const CLOSE_WITHIN_MS = 2_000;

export async function withServices(
  terminal: Terminal,
  use: (services: Services, changed: Changes) => Promise<ExitCode> | ExitCode,
): Promise<ExitCode> {
  const { profile, clock, output } = terminal;
  const store = storeOf(terminal);
  const settings = store.settings();
  if (settings.ok && settings.value.merchant === null) return problem(terminal, '--profile', 'not-set-up');
  const changed = changes();
  // The last line is the result, whatever becomes known while everything closes.
  let isOver = false;
  const opened = await openServices({
    profile,
    store,
    clock,
    log: fileLog(profile.logs, 'facepay-command'),
    onChange: () => {
      changed.announce();
    },
    onStage: () => undefined,
    onNotice: (notice) => {
      if (!isOver) printNotice(output, notice);
    },
  });
  if (!opened.ok) {
    const { error } = opened;
    return problem(
      terminal,
      fieldOf(error, profile, store),
      error.part === 'journal' ? journalCode(error.code) : error.code,
    );
  }
  const services = opened.value;
  try {
    return await use(services, changed);
  } finally {
    isOver = true;
    await services.close(CLOSE_WITHIN_MS);
  }
}

function fieldOf({ part }: ServicesProblem, profile: Profile, store: SettingsStore): string {
  return part === 'settings'
    ? profile.settings
    : part === 'credentials'
      ? store.credentialsPath()
      : `journal in ${profile.folder}`;
}
