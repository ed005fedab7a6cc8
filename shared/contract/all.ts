/** The whole IPC contract: every command and every event that there is. */
import type { z } from 'zod';
import { tillCommands, tillEvents, type CommandName, type EventName } from '../ipc.ts';
import { backOfficeCommands, backOfficeEvents } from './back-office.ts';
import type { CommandSpec } from './spec.ts';

export const commands = { ...tillCommands, ...backOfficeCommands } as const satisfies Record<CommandName, CommandSpec>;
export const events = { ...tillEvents, ...backOfficeEvents } as const satisfies Record<EventName, z.ZodType>;
