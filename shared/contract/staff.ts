/** Signing in at the screen, and the PINs for it. A PIN is only ever sent to main, never back. */
import { z } from 'zod';
import { ANYBODY, roleSchema } from '../role.ts';
import { rosterViewSchema } from './shift.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** The roles that need a PIN. A person at the screen who has not signed in is a cashier. */
export const pinRoleSchema = roleSchema.extract(['manager', 'technician']);
export type PinRole = z.infer<typeof pinRoleSchema>;

export const PIN_DIGITS_MIN = 6;
export const PIN_DIGITS_MAX = 12;

const inMs = z.number().int().nonnegative();

const pinViewSchema = z.object({
  set: z.boolean(),
  /** Whether the person at the screen now may set it, and whether that needs its present PIN. */
  maySet: z.enum(['no', 'yes', 'with-current']),
  /** How many more wrong tries are allowed before it is locked. */
  triesLeft: z.number().int(),
  /** 0 while it is not locked. Counted from when this state was made. */
  lockedForMs: inMs,
});
export type PinView = z.infer<typeof pinViewSchema>;

export const staffViewSchema = z.object({
  /** As it goes into the audit trail. */
  who: z.string(),
  role: roleSchema,
  /** How long until the person is warned, and signed out, unless they touch the screen. `null` for a cashier. */
  idle: z.object({ warnsInMs: inMs, endsInMs: inMs }).nullable(),
  pins: z.object({ manager: pinViewSchema, technician: pinViewSchema }),
  crew: rosterViewSchema,
  /** What can be read on this terminal or its receipts: no PIN may be part of it (shared/pin-rules.ts). */
  knownNumbers: z.array(z.string()),
  /** Why the PINs cannot be read. Then no one can sign in. */
  trouble: z.enum(['damaged', 'gone', 'disk-full', 'read-only', 'not-permitted', 'io']).nullable(),
});
export type StaffView = z.infer<typeof staffViewSchema>;

/** Long enough for anything that a person might type as a PIN. Main checks what a PIN must be. */
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
  // The person is there: the time until they are signed out starts again.
  'staff.touch': { roles: ANYBODY, input: nothing, output: staffViewSchema, codes: [] },
  // Which role may set which PIN: `maySetPin` of electron/staff/pins.ts.
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
