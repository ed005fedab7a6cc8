/** How loud this terminal is. */
import { z } from 'zod';
import { soundSchema } from '../settings.ts';
import { ANYBODY } from '../role.ts';
import type { CommandSpec } from './spec.ts';

export const soundCommands = {
  'sound.set': {
    roles: ANYBODY,
    input: z.strictObject({ sound: soundSchema }),
    output: z.null(),
    codes: ['not-saved'],
  },
} as const satisfies Record<string, CommandSpec>;
