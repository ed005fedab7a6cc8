/** Leaving the kiosk, a technician's word; and the page's own sign of life. Both work where the terminal could not be opened, too. */
import { z } from 'zod';
import { ANYBODY, TECHNICIAN } from '../role.ts';
import type { CommandSpec } from './spec.ts';

/** `close`: the app ends. `restart`: it begins anew. `window`: it goes on in a window, until it starts again. */
export const kioskExitSchema = z.enum(['close', 'restart', 'window']);
export type KioskExit = z.infer<typeof kioskExitSchema>;

export const kioskCommands = {
  'kiosk.leave': {
    roles: TECHNICIAN,
    input: z.strictObject({ how: kioskExitSchema }),
    output: z.null(),
    codes: ['customer-at-camera', 'cancel-going-out'],
  },
  /** The page says every `ALIVE_EVERY_MS` that it is not stuck. */
  'kiosk.alive': { roles: ANYBODY, input: z.strictObject({}), output: z.null(), codes: [] },
} as const satisfies Record<string, CommandSpec>;
