/** The whole IPC contract: every command and every event that there is. */
import type { z } from 'zod';
import { tillCommands, tillEvents, type CommandName, type EventName } from '../ipc.ts';
import { deskCommands, deskEvents } from './desk.ts';
import type { CommandSpec } from './spec.ts';

export const commands = { ...tillCommands, ...deskCommands } as const satisfies Record<CommandName, CommandSpec>;
export const events = { ...tillEvents, ...deskEvents } as const satisfies Record<EventName, z.ZodType>;
