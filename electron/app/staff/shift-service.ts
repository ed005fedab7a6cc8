/**
 * The shift change: the person who leaves and the person who comes must both have seen the unsettled orders as they are
 * now.
 */
import type { RosterView, ShiftView } from '../../../shared/contract/shift.ts';
import { waitsForCustomer } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import type { Stored } from '../../orders/journal/journal.ts';
import type { Services } from '../core/services.ts';
import { rosterView, signedOff, signedOn, withName, withoutName, type Roster } from '../../staff/roster.ts';
import { withoutUnlisted } from '../../staff/training.ts';
import { viewFor } from '../orders/orders-service.ts';
import type { StaffService } from './staff-service.ts';

/** An order as a person has seen it. */
interface Seen {
  readonly orderId: string;
  readonly version: number;
}

type SignOnProblem = 'list-changed' | 'unknown-cashier' | 'shift-taken' | 'not-saved';
type SignOffProblem = 'list-changed' | 'payment-under-way' | 'nobody-on-shift' | 'not-saved';
type NameProblem = 'name-taken' | 'too-many-cashiers' | 'unknown-cashier' | 'cashier-on-shift' | 'not-saved';

export function shiftView(services: Services, staff: StaffService, caller: Caller): ShiftView {
  const roster = staff.roster.now();
  return {
    ...rosterView(roster),
    left: roster.left === null ? null : { by: roster.left.by, atMs: roster.left.atMs, sheetId: null },
    orders: toBeSeen(services, roster).map((stored) => viewFor(services, stored, caller.role)),
    payingNow: isPaying(services),
  };
}

/** Takes the shift over, with every order on the list. */
export function signOn(
  services: Services,
  staff: StaffService,
  name: string | null,
  seen: readonly Seen[],
  caller: Caller,
): Result<ShiftView, SignOnProblem> {
  const roster = staff.roster.now();
  const orders = toBeSeen(services, roster);
  const next = isSeen(orders, seen)
    ? signedOn(roster, name, services.clock.read().wallMs)
    : fail('list-changed' as const);
  const saved = next.ok ? staff.roster.change(next.value) : next;
  if (!saved.ok) {
    services.audit.note(caller, 'shift-begun', saved.error, name);
    return saved;
  }
  const by = caller.role === 'cashier' ? staff.caller() : caller;
  noteOrders(services, by, 'shift-begun', name, 'taken-over', orders);
  staff.announce();
  return ok(shiftView(services, staff, by));
}

/** Leaves the shift; the till returns to where the next one begins. */
export function signOff(
  services: Services,
  staff: StaffService,
  seen: readonly Seen[],
  caller: Caller,
): Result<ShiftView, SignOffProblem> {
  const roster = staff.roster.now();
  const next = leaving(services, roster, seen);
  const saved = next.ok ? staff.roster.change(next.value) : next;
  if (!saved.ok) {
    services.audit.note(caller, 'shift-ended', saved.error, roster.on?.name ?? null);
    return saved;
  }
  noteOrders(services, caller, 'shift-ended', roster.on?.name ?? null, 'handed-over', unsettled(services));
  services.till.clear();
  staff.announce();
  return ok(shiftView(services, staff, staff.caller()));
}

function leaving(services: Services, roster: Roster, seen: readonly Seen[]): Result<Roster, SignOffProblem> {
  if (isPaying(services)) return fail('payment-under-way');
  const orders = unsettled(services);
  if (!isSeen(orders, seen)) return fail('list-changed');
  return signedOff(
    roster,
    orders.map(({ order }) => order.orderId),
    services.clock.read().wallMs,
  );
}

export function addCashier(
  { audit }: Services,
  staff: StaffService,
  name: string,
  caller: Caller,
): Result<RosterView, 'name-taken' | 'too-many-cashiers' | 'not-saved'> {
  // Results of an earlier cashier with the same name do not belong to the new one. A list that cannot be read does not
  // show who is new.
  const cleared: Result<null, 'not-saved'> =
    staff.roster.trouble() === 'unreadable' ? fail('not-saved') : dropUnlisted(staff);
  return listChanged(
    audit,
    staff,
    caller,
    'cashier-added',
    name,
    cleared.ok ? withName(staff.roster.now(), name) : cleared,
  );
}

export function removeCashier(
  { audit }: Services,
  staff: StaffService,
  name: string,
  caller: Caller,
): Result<RosterView, 'unknown-cashier' | 'cashier-on-shift' | 'not-saved'> {
  const removed = listChanged(audit, staff, caller, 'cashier-removed', name, withoutName(staff.roster.now(), name));
  // If it cannot be written now, it is done before the name can be given again.
  if (removed.ok) dropUnlisted(staff);
  return removed;
}

/** Removes the course's results of cashiers who are not on the list. */
function dropUnlisted({ roster, training }: StaffService): Result<null, 'not-saved'> {
  const kept = withoutUnlisted(training.now(), roster.now());
  return kept.cashiers.length === training.now().cashiers.length ? ok(null) : training.change(kept);
}

function listChanged<Problem extends NameProblem>(
  audit: Services['audit'],
  staff: StaffService,
  caller: Caller,
  act: Act,
  name: string,
  next: Result<Roster, Problem>,
): Result<RosterView, Problem | 'not-saved'> {
  const saved = next.ok ? staff.roster.change(next.value) : next;
  audit.note(caller, act, saved.ok ? 'ok' : saved.error, name);
  if (!saved.ok) return saved;
  staff.announce();
  return ok(rosterView(staff.roster.now()));
}

/** At most this many orders before a manager. A longer list is no help, and the manager's page has them all. */
const ATTENTION_MAX = 500;

const unsettled = ({ journal }: Services): Stored[] => [
  ...journal.open().orders,
  ...journal.list({ standing: 'attention', limit: ATTENTION_MAX }),
];

/** The person who comes sees what is not settled now, and also what was settled since it was handed over. */
function toBeSeen(services: Services, { on, left }: Roster): Stored[] {
  const now = unsettled(services);
  const known = new Set(now.map(({ order }) => order.orderId));
  const since = on === null && left !== null ? left.orderIds.filter((id) => !known.has(id)) : [];
  return [...now, ...since.map((id) => services.journal.load(id)).filter((stored) => stored !== null)];
}

function isSeen(orders: readonly Stored[], seen: readonly Seen[]): boolean {
  const versions = new Map(seen.map(({ orderId, version }) => [orderId, version]));
  return (
    versions.size === orders.length && orders.every(({ order, version }) => versions.get(order.orderId) === version)
  );
}

/** Its customer is about to pay, or its pay call is in flight: the person who started it must see how it ends. */
function isPaying({ till, journal }: Services): boolean {
  const stage = till.stage();
  if (waitsForCustomer(stage)) return true;
  const order = stage.name === 'order' ? journal.load(stage.orderId)?.order : undefined;
  return order !== undefined && order.phase.name === 'paying' && order.payCall.state !== 'over';
}

/** An audit entry is short, so a long list needs several. */
const NUMBERS_AT_ONCE = 5;

function noteOrders(
  { audit }: Services,
  by: Caller,
  act: Act,
  name: string | null,
  each: Act,
  orders: readonly Stored[],
): void {
  audit.note(by, act, 'ok', `${name ?? '-'}, ${String(orders.length)} orders`);
  const numbers = orders.map(({ order }) => order.outTradeNo ?? order.transactionId ?? order.orderId);
  for (let from = 0; from < numbers.length; from += NUMBERS_AT_ONCE) {
    audit.note(by, each, 'ok', numbers.slice(from, from + NUMBERS_AT_ONCE).join(' '));
  }
}
