/** Which code this command is. */
import packageJson from '../../package.json' with { type: 'json' };
import type { Build } from '../../shared/ipc.ts';

/** Inserted where the command is made into one program (build/pack/command.ts); run from its sources it has none. */
declare const FACEPAY_BUILD: Build | undefined;

export const thisCommand = {
  version: packageJson.version,
  commit: typeof FACEPAY_BUILD === 'undefined' ? null : (FACEPAY_BUILD?.commit ?? null),
} as const;
