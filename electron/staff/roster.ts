/** The cashiers' names, which of them serves, and what was left for the next. Pure. */
import { z } from 'zod';
import { CASHIERS_MAX, cashierNameSchema, type RosterView } from '../../shared/contract/shift.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

export const rosterSchema = z.strictObject({
  v: z.literal(1),
  names: z.array(cashierNameSchema).max(CASHIERS_MAX),
  on: z.strictObject({ name: cashierNameSchema.nullable(), sinceMs: z.number() }).nullable(),
  /** What the last one handed over, until another cashier takes it over. */
  left: z
    .strictObject({ by: cashierNameSchema.nullable(), atMs: z.number(), orderIds: z.array(z.string()) })
    .nullable(),
});
export type Roster = z.infer<typeof rosterSchema>;

/** A shop that uses no names: someone serves. */
export const unnamedRoster: Roster = { v: 1, names: [], on: { name: null, sinceMs: 0 }, left: null };

export const rosterView = ({ names, on }: Roster): RosterView => ({
  names,
  on: on === null ? null : { name: on.name },
});

/** Takes the shift. If there are names it needs one. From a cashier without a name it is taken directly. */
export function signedOn(
  roster: Roster,
  name: string | null,
  atMs: number,
): Result<Roster, 'unknown-cashier' | 'shift-taken'> {
  if (roster.on !== null && (roster.on.name !== null || name === null)) return fail('shift-taken');
  if (name === null ? roster.names.length > 0 : !roster.names.includes(name)) return fail('unknown-cashier');
  return ok({ ...roster, on: { name, sinceMs: atMs }, left: null });
}

/** Leaves the shift, and with it the orders that are not settled. */
export function signedOff(
  roster: Roster,
  orderIds: readonly string[],
  atMs: number,
): Result<Roster, 'nobody-on-shift'> {
  if (roster.on === null) return fail('nobody-on-shift');
  return ok({ ...roster, on: null, left: { by: roster.on.name, atMs, orderIds: [...orderIds] } });
}

/** Names that look the same count as the same: a list with 王芳 twice is of no use. */
const likeness = (name: string): string => name.normalize('NFKC').toLowerCase();

export function withName(roster: Roster, name: string): Result<Roster, 'name-taken' | 'too-many-cashiers'> {
  if (roster.names.some((known) => likeness(known) === likeness(name))) return fail('name-taken');
  return roster.names.length >= CASHIERS_MAX
    ? fail('too-many-cashiers')
    : ok({ ...roster, names: [...roster.names, name] });
}

export function withoutName(roster: Roster, name: string): Result<Roster, 'unknown-cashier' | 'cashier-on-shift'> {
  if (!roster.names.includes(name)) return fail('unknown-cashier');
  if (roster.on?.name === name) return fail('cashier-on-shift');
  return ok({ ...roster, names: roster.names.filter((known) => known !== name) });
}
