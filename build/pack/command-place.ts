/** Where the terminal command lies in a packed app. */
import type { System } from './distribution.ts';

/** Beside the app's own program. */
export const COMMAND_FOLDER = 'command';

export const commandFile = (system: System): string => (system === 'win' ? 'facepay.exe' : 'facepay');
