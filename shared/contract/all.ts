/** The whole IPC contract: every command that there is. */
import { tillCommands } from '../ipc.ts';
import type { CommandName } from '../ipc-names.ts';
import { deskCommands } from './desk.ts';
import type { CommandSpec } from './spec.ts';

export const commands = { ...tillCommands, ...deskCommands } as const satisfies Record<CommandName, CommandSpec>;
