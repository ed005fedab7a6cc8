/** The self-test: run it, read the last report, print it. It also works if the terminal could not be opened. */
import { z } from 'zod';
import { screenFactsSchema, selfTestLineSchema, selfTestReportSchema } from '../self-test/self-test.ts';
import { OFFICE, TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

const onScreen = z.strictObject({ screen: screenFactsSchema });

export const selfTestCommands = {
  // Takes seconds; each line comes as `self-test.line` once it is known.
  'self-test.run': { roles: TECHNICIAN, input: onScreen, output: selfTestReportSchema, codes: ['already-running'] },
  'self-test.last': { roles: OFFICE, input: nothing, output: selfTestReportSchema.nullable(), codes: [] },
  // Checks the screen's own lines again, after somebody has tried the four corners.
  'self-test.screen': {
    roles: TECHNICIAN,
    input: onScreen,
    output: selfTestReportSchema,
    codes: ['already-running', 'no-report'],
  },
  // Prints what the page prepares for paper: on a printer, or into a PDF file that the person chooses.
  'self-test.print': {
    roles: OFFICE,
    input: z.strictObject({ onto: z.enum(['printer', 'pdf']) }),
    // The file's name; `null` for the printer.
    output: z.string().nullable(),
    codes: ['cancelled', 'not-printed', 'not-written'],
  },
} as const satisfies Record<string, CommandSpec>;

export const selfTestEvents = { 'self-test.line': selfTestLineSchema } as const satisfies Record<string, z.ZodType>;
