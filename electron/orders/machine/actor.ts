import type { Role } from '../../../shared/role.ts';

/** Who acted, and in what role: a person at the screen or at a terminal, or the app by itself. */
export interface Actor {
  /** `screen`, `cashier:<name>`, `terminal:<the operating system's user>`, `pos:<the id of the till software's token>` or `app`. */
  readonly who: string;
  /** `null` for the app. */
  readonly role: Role | null;
}

/** A person who gives a command: the person signed in at the screen, or another way in with a role of its own. */
export interface Caller extends Actor {
  readonly role: Role;
}

/** For what no person asked for just now: timers, answers, resuming. */
export const THE_APP: Actor = { who: 'app', role: null };
