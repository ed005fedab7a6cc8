/** How the screen looks: its theme, and the size of its text. */
import { z } from 'zod';
import { OFFICE } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

export const appearanceSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  text: z.enum(['usual', 'large']),
});
export type Appearance = z.infer<typeof appearanceSchema>;

export const appearanceCommands = {
  'appearance.state': { roles: OFFICE, input: nothing, output: appearanceSchema, codes: [] },
  // Takes effect at once on both displays, and stays after a restart.
  'appearance.switch': { roles: OFFICE, input: appearanceSchema, output: appearanceSchema, codes: ['not-saved'] },
} as const satisfies Record<string, CommandSpec>;
