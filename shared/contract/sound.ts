/** How loud this terminal is. */
import { z } from 'zod';
import type { soundCommandNames } from '../ipc-names.ts';
import { soundSchema } from '../settings.ts';
import type { CommandSpec } from './spec.ts';

export const soundCommands = {
  'sound.set': { input: z.strictObject({ sound: soundSchema }), output: z.null(), codes: ['not-saved'] },
} as const satisfies Record<(typeof soundCommandNames)[number], CommandSpec>;
