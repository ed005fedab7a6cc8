/**
 * The one way in for every command, whoever calls: find it, check the role, parse the input, run it, shape the result.
 * Nothing expected is thrown; what is thrown is a bug, is logged once here, and tells the caller nothing.
 */
import { commands, type CommandCode, type CommandOutput, type CommandParsed, type CommandReply, type Role } from '../../shared/ipc.ts';
import { commandNames, type CommandName } from '../../shared/ipc-names.ts';
import type { Result } from '../../shared/result.ts';
import type { Log } from '../base/log.ts';
import type { Services, ServicesProblem } from '../services.ts';

/** What a command does. Failures come from its own list of codes. */
export type Handler<Name extends CommandName> = (
  services: Services,
  input: CommandParsed<Name>,
  role: Role,
) => Handled<Name> | Promise<Handled<Name>>;
type Handled<Name extends CommandName> = Result<CommandOutput<Name>, CommandCode<Name>>;

export type Handlers = { readonly [Name in CommandName]: Handler<Name> };

/** Roles from least to most; each may do what those before it may. */
const RANKS: readonly Role[] = ['cashier', 'manager', 'technician'];
const mayAct = (role: Role, needed: Role): boolean => RANKS.indexOf(role) >= RANKS.indexOf(needed);

const isCommandName = (name: unknown): name is CommandName => commandNames.some((known) => known === name);

type Failure = Extract<CommandReply<CommandName>, { ok: false }>;
const refused = (code: Failure['code'], field: string | null = null): Failure => ({ ok: false, code, field });

export interface Desk {
  readonly handlers: Handlers;
  /** Settles once the terminal is open, or could not be; until then commands wait. */
  readonly opening: Promise<Result<Services, ServicesProblem>>;
  readonly log: Log;
}

/** Runs one command for somebody with `role`. Both `name` and `input` may be anything at all. */
export async function dispatch(
  desk: Desk,
  role: Role,
  name: unknown,
  input: unknown,
): Promise<CommandReply<CommandName>> {
  if (!isCommandName(name)) return refused('bad-input', 'name');
  try {
    return await run(desk, role, name, input);
  } catch (error) {
    desk.log.error({ command: name, error }, 'a command broke');
    return refused('bug');
  }
}

async function run(
  { handlers, opening }: Desk,
  role: Role,
  name: CommandName,
  input: unknown,
): Promise<CommandReply<CommandName>> {
  const command = commands[name];
  if (!mayAct(role, command.role)) return refused('forbidden');
  const parsed = command.input.safeParse(input);
  if (!parsed.success) return refused('bad-input', parsed.error.issues[0]?.path.join('.') ?? null);
  const opened = await opening;
  if (!opened.ok) return refused('not-started', `${opened.error.part}:${opened.error.code}`);
  const handler = handlers[name] as Handler<CommandName>;
  // The schema of this very command has just parsed it; TypeScript cannot follow that through the indexed types.
  const result = await handler(opened.value, parsed.data, role);
  return result.ok ? { ok: true, value: command.output.parse(result.value) } : refused(result.error);
}
