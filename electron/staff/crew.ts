/** The cashiers' names, which of them serves, and what was left for the next. Pure. */
import { z } from 'zod';
import { CASHIERS_MAX, cashierNameSchema, type CrewView } from '../../shared/contract/shift.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

export const crewSchema = z.strictObject({
  v: z.literal(1),
  names: z.array(cashierNameSchema).max(CASHIERS_MAX),
  on: z.strictObject({ name: cashierNameSchema.nullable(), sinceMs: z.number() }).nullable(),
  /** What the last one handed over, until another cashier takes it over. */
  left: z
    .strictObject({ by: cashierNameSchema.nullable(), atMs: z.number(), orderIds: z.array(z.string()) })
    .nullable(),
});
export type Crew = z.infer<typeof crewSchema>;

/** A shop that uses no names: someone serves. */
export const unnamedCrew: Crew = { v: 1, names: [], on: { name: null, sinceMs: 0 }, left: null };

export const crewView = ({ names, on }: Crew): CrewView => ({ names, on: on === null ? null : { name: on.name } });

/** Takes the shift. If there are names it needs one. From a cashier without a name it is taken directly. */
export function signedOn(
  crew: Crew,
  name: string | null,
  atMs: number,
): Result<Crew, 'unknown-cashier' | 'shift-taken'> {
  if (crew.on !== null && (crew.on.name !== null || name === null)) return fail('shift-taken');
  if (name === null ? crew.names.length > 0 : !crew.names.includes(name)) return fail('unknown-cashier');
  return ok({ ...crew, on: { name, sinceMs: atMs }, left: null });
}

/** Leaves the shift, and with it the orders that are not settled. */
export function signedOff(crew: Crew, orderIds: readonly string[], atMs: number): Result<Crew, 'nobody-on-shift'> {
  if (crew.on === null) return fail('nobody-on-shift');
  return ok({ ...crew, on: null, left: { by: crew.on.name, atMs, orderIds: [...orderIds] } });
}

/** Names that look the same count as the same: a list with 王芳 twice is of no use. */
const likeness = (name: string): string => name.normalize('NFKC').toLowerCase();

export function withName(crew: Crew, name: string): Result<Crew, 'name-taken' | 'too-many-cashiers'> {
  if (crew.names.some((known) => likeness(known) === likeness(name))) return fail('name-taken');
  return crew.names.length >= CASHIERS_MAX ? fail('too-many-cashiers') : ok({ ...crew, names: [...crew.names, name] });
}

export function withoutName(crew: Crew, name: string): Result<Crew, 'unknown-cashier' | 'cashier-on-shift'> {
  if (!crew.names.includes(name)) return fail('unknown-cashier');
  if (crew.on?.name === name) return fail('cashier-on-shift');
  return ok({ ...crew, names: crew.names.filter((known) => known !== name) });
}
