/** Signing in at the screen, and the PINs it takes. A PIN crosses the bridge inwards only. */
import { z } from 'zod';
import { ANYBODY, roleSchema } from '../role.ts';
import { crewViewSchema } from './shift.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** The roles that are entered by a PIN. Whoever stands at the screen without one is a cashier. */
export const pinRoleSchema = roleSchema.extract(['manager', 'technician']);
export type PinRole = z.infer<typeof pinRoleSchema>;

export const PIN_DIGITS_MIN = 6;
export const PIN_DIGITS_MAX = 12;

const inMs = z.number().int().nonnegative();

const pinViewSchema = z.object({
  set: z.boolean(),
  /** Whether whoever is at the screen now may set it, and whether that takes the PIN it has. */
  maySet: z.enum(['no', 'yes', 'with-current']),
  /** Wrong ones that may follow before it is locked. */
  triesLeft: z.number().int(),
  /** 0 while it is not locked. Counts from when this was made. */
  lockedForMs: inMs,
});
export type PinView = z.infer<typeof pinViewSchema>;

export const staffViewSchema = z.object({
  /** As it goes into the audit trail. */
  who: z.string(),
  role: roleSchema,
  /** How long until somebody signed in is warned, and signed out, unless they touch the screen. `null` for a cashier. */
  idle: z.object({ warnsInMs: inMs, endsInMs: inMs }).nullable(),
  pins: z.object({ manager: pinViewSchema, technician: pinViewSchema }),
  crew: crewViewSchema,
  /** Why the PINs cannot be read. Nobody can sign in then. */
  trouble: z.enum(['damaged', 'disk-full', 'read-only', 'not-permitted', 'io']).nullable(),
});
export type StaffView = z.infer<typeof staffViewSchema>;

/** Long enough for anything a person might take for a PIN; what a PIN must be is told apart in main. */
const pinText = z.string().max(64);

export const staffCommands = {
  'staff.state': { roles: ANYBODY, input: nothing, output: staffViewSchema, codes: [] },
  'staff.sign-in': {
    roles: ANYBODY,
    input: z.strictObject({ role: pinRoleSchema, pin: pinText }),
    output: staffViewSchema,
    codes: ['pin-wrong', 'pin-locked', 'pin-not-set', 'pin-initial', 'pins-unreadable', 'not-saved'],
  },
  'staff.sign-out': { roles: ANYBODY, input: nothing, output: staffViewSchema, codes: [] },
  // Somebody is there: the time until they are signed out begins anew.
  'staff.touch': { roles: ANYBODY, input: nothing, output: staffViewSchema, codes: [] },
  // Whose PIN whom lets set: `maySetPin` of electron/staff/pins.ts.
  'staff.set-pin': {
    roles: ANYBODY,
    input: z.strictObject({ role: pinRoleSchema, pin: pinText, currentPin: pinText.optional() }),
    output: staffViewSchema,
    codes: [
      'pin-shape',
      'pin-trivial',
      'pin-same',
      'pin-not-yours',
      'pin-not-set',
      'pin-wrong',
      'pin-locked',
      'pins-unreadable',
      'not-saved',
    ],
  },
} as const satisfies Record<string, CommandSpec>;
