/**
 * What answers a command, as dispatch.ts runs it. Types only: each feature keeps its handlers beside what they call.
 */
import type { CommandCode, CommandName, CommandOutput, CommandParsed } from '../../../shared/ipc.ts';
import type { Result } from '../../../shared/result.ts';
import type { Actor, Caller } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import type { Services } from './services.ts';

/** What a command does with the open terminal. Failures are codes from the command's own list. */
export type Handler<Name extends CommandName> = (
  services: Services,
  input: CommandParsed<Name>,
  caller: Caller,
) => MaybePromise<Handled<Name>>;

/**
 * What a command does that must also work if the terminal could not be opened: signing in, setting up, looking for the
 * fault.
 */
export interface NoServicesHandler<Name extends CommandName> {
  readonly withoutServices: (input: CommandParsed<Name>, caller: Caller) => MaybePromise<Handled<Name>>;
}

export type Handled<Name extends CommandName> = Result<CommandOutput<Name>, CommandCode<Name>>;
type MaybePromise<Value> = Value | Promise<Value>;

export type Handlers = { readonly [Name in CommandName]: Handler<Name> | NoServicesHandler<Name> };

/** Records an act of `actor` where it is decided which terminal it belongs to. */
export type Note = (actor: Actor, act: Act, outcome: string, about: string | null) => void;
