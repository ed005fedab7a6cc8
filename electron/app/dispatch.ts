/**
 * The only way in for every command, from every caller: find it, check the role, parse the input, run it, shape the
 * result. Nothing expected is thrown. What is thrown is a bug: it is logged once here, and the caller learns nothing of
 * it.
 */
import { commands } from '../../shared/contract/all.ts';
import type { CommandName, CommandReply } from '../../shared/ipc.ts';
import type { Result } from '../../shared/result.ts';
import { mayGive } from '../../shared/contract/spec.ts';
import type { Log } from '../base/log.ts';
import type { Actor, Caller } from '../orders/machine/actor.ts';
import type { Act, Noted } from '../orders/machine/event.ts';
import type { NoServicesHandler, Handled, Handler, Handlers } from './core/handler.ts';
import type { Services, ServicesProblem } from './core/services.ts';

export type { Caller } from '../orders/machine/actor.ts';

const isCommandName = (name: unknown): name is CommandName => typeof name === 'string' && Object.hasOwn(commands, name);

type Failure = Extract<CommandReply<CommandName>, { ok: false }>;
const refused = (code: Failure['code'], field: string | null = null): Failure => ({ ok: false, code, field });

export interface DispatchContext {
  readonly handlers: Handlers;
  /** Settles once the terminal is open, or could not be opened. Until then commands wait. */
  readonly opening: Promise<Result<Services, ServicesProblem>>;
  /** Whether nothing is set up yet and no technician could sign in to do it (`onFreshTerminal` of the contract). */
  readonly isFresh?: () => boolean;
  readonly log: Log;
  /** Writes an act into the journal of a terminal that could not be opened. Returns whether it could. */
  readonly noteApart?: (actor: Actor, event: Noted) => boolean;
}

/** Runs one command for `caller`. Both `name` and `input` may be anything at all. */
export async function dispatch(
  context: DispatchContext,
  caller: Caller,
  name: unknown,
  input: unknown,
): Promise<CommandReply<CommandName>> {
  if (!isCommandName(name)) return refused('bad-input', 'name');
  try {
    return await run(context, caller, name, input);
  } catch (error) {
    context.log.error({ command: name, error }, 'a command broke');
    return refused('bug');
  }
}

async function run(
  context: DispatchContext,
  caller: Caller,
  name: CommandName,
  input: unknown,
): Promise<CommandReply<CommandName>> {
  const { handlers, opening, isFresh = () => false } = context;
  const command = commands[name];
  if (!mayGive(caller.role, command) && !mayGive(caller.role, command, isFresh())) {
    noteOnceOpen(context, caller, 'command-refused', 'forbidden', name);
    return refused('forbidden');
  }
  const parsed = command.input.safeParse(input);
  if (!parsed.success) return refused('bad-input', parsed.error.issues[0]?.path.join('.') ?? null);
  // The schema of this very command has just parsed its input. TypeScript cannot follow that through the indexed types.
  const handler = handlers[name] as Handler<CommandName> | NoServicesHandler<CommandName>;
  if ('withoutServices' in handler) return shaped(name, await handler.withoutServices(parsed.data, caller));
  const opened = await opening;
  if (!opened.ok) return refused('not-started', `${opened.error.part}:${opened.error.code}`);
  return shaped(name, await handler(opened.value, parsed.data, caller));
}

/**
 * Records an act as soon as the terminal is open. If it could not be opened, the journal may still be writable
 * directly. If it is not, the log has the act.
 */
export function noteOnceOpen(
  { opening, log, noteApart }: NotingParts,
  actor: Actor,
  act: Act,
  outcome: string,
  about: string | null,
): void {
  const apart = (): void => {
    if (noteApart?.(actor, { type: 'noted', act, outcome, about }) === true) return;
    log.warn({ actor, act, outcome, about }, 'an act that could not be written into the journal');
  };
  opening.then((opened) => {
    if (opened.ok) opened.value.audit.note(actor, act, outcome, about);
    else apart();
  }, apart);
}
type NotingParts = Pick<DispatchContext, 'opening' | 'log' | 'noteApart'>;

const shaped = (name: CommandName, result: Handled<CommandName>): CommandReply<CommandName> =>
  result.ok ? { ok: true, value: commands[name].output.parse(result.value) } : refused(result.error);
