/** Whether, and when, the till returns to the keypad by itself after a paid order. The snapshot has the present value. */
import { z } from 'zod';
import { OFFICE } from '../role.ts';
import { returnSecondsSchema } from '../settings.ts';
import type { CommandSpec } from './spec.ts';

export const tillReturnCommands = {
  // Takes effect with the next paid order, and stays after a restart.
  'till.set-return': {
    roles: OFFICE,
    input: z.strictObject({ seconds: returnSecondsSchema }),
    output: z.null(),
    codes: ['not-saved'],
  },
} as const satisfies Record<string, CommandSpec>;
