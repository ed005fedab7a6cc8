/** The printer that slips and shift sheets go to: which ones this machine has, and which one is chosen. */
import { z } from 'zod';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/** Why nothing was printed; after `print-timed-out` the paper may still come. */
export const printCodes = [
  'not-printed',
  'print-timed-out',
  'printer-gone',
  'printer-virtual',
  'printer-not-chosen',
] as const;
export type PrintCode = (typeof printCodes)[number];

export const printerNameSchema = z.string().min(1).max(256);

export const slipPrinterSchema = z.strictObject({
  /** `null` if the system did not say. `virtual`: it makes files or faxes, and never paper. */
  printers: z.array(z.strictObject({ name: z.string(), label: z.string(), virtual: z.boolean() })).nullable(),
  /** The system's name of the chosen one; `null`: whichever the system prints on. */
  chosen: z.string().nullable(),
});
export type SlipPrinter = z.infer<typeof slipPrinterSchema>;

export const printersCommands = {
  'printer.state': { roles: TECHNICIAN, input: nothing, output: slipPrinterSchema, codes: [] },
  'printer.choose': {
    roles: TECHNICIAN,
    input: z.strictObject({ name: printerNameSchema.nullable() }),
    output: slipPrinterSchema,
    codes: ['printer-gone', 'printer-virtual', 'not-saved'],
  },
} as const satisfies Record<string, CommandSpec>;
