/** A scanner on a serial port: which ports this machine has, and trying one. No code ever crosses the bridge from it. */
import { z } from 'zod';
import { TECHNICIAN } from '../role.ts';
import { codePortSchema } from '../settings.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** What became of the port: `gone`, in another program's hands, forbidden to this account, or anything else. */
export const scannerStateSchema = z.enum(['opening', 'connected', 'gone', 'held', 'denied', 'failed']);

export const serialPortSchema = z.strictObject({
  path: z.string().max(256),
  /** What the system calls it. */
  name: z.string().max(256),
  /** As `usb` of the settings; `null` for a port that is not on USB. */
  usb: z.string().max(256).nullable(),
});
export type SerialPortView = z.infer<typeof serialPortSchema>;

export const triedScanSchema = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('state'), state: scannerStateSchema }),
  z.strictObject({
    what: z.enum(['code', 'alipay', 'unionpay', 'other-scan']),
    /** How many characters came. */
    length: z.number().int(),
    /** `silence` where a terminator is set: the scanner sends another one, or none. */
    ended: z.enum(['terminator', 'silence']),
    /** Bytes that no code has: another baud rate or parity. */
    garbled: z.boolean(),
  }),
]);
export type TriedScan = z.infer<typeof triedScanSchema>;

/** As in set-up: on a new terminal no one can sign in yet. */
const byTechnician = { roles: TECHNICIAN, onFreshTerminal: true } as const;

export const scannerCommands = {
  // `null` if the system does not say which ports it has.
  'scanner.ports': { ...byTechnician, input: nothing, output: z.array(serialPortSchema).nullable(), codes: [] },
  // Until it is ended the till gets no scan, so that none pays. `null`: the port that is set up; without one only the
  // keyboard is heard. What comes is told by `scanner.tried`.
  'scanner.try': {
    ...byTechnician,
    input: z.strictObject({ port: codePortSchema.nullable() }),
    output: z.null(),
    codes: [],
  },
  'scanner.end-try': { ...byTechnician, input: nothing, output: z.null(), codes: [] },
} as const satisfies Record<string, CommandSpec>;

export const scannerEvents = { 'scanner.tried': triedScanSchema } as const satisfies Record<string, z.ZodType>;
