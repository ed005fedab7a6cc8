/**
 * Leaving the kiosk, for technicians only; and the page's own sign of life. Both also work if the terminal could not be
 * opened.
 */
import { z } from 'zod';
import { ANYBODY, TECHNICIAN } from '../role.ts';
import type { CommandSpec } from './spec.ts';

/** `close`: the app ends. `restart`: it starts again. `window`: it goes on in a window until its next start. */
export const kioskExitSchema = z.enum(['close', 'restart', 'window']);
export type KioskExit = z.infer<typeof kioskExitSchema>;

export const kioskCommands = {
  'kiosk.leave': {
    roles: TECHNICIAN,
    input: z.strictObject({ how: kioskExitSchema }),
    output: z.null(),
    codes: ['customer-at-camera', 'cancel-going-out'],
  },
  /** The page reports every `ALIVE_EVERY_MS` that it is not stuck. */
  'kiosk.alive': { roles: ANYBODY, input: z.strictObject({}), output: z.null(), codes: [] },
} as const satisfies Record<string, CommandSpec>;
