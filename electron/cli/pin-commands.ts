/**
 * `facepay pin reset technician|manager`: for a PIN that was forgotten. It needs the operating system's account, which
 * also protects the file of PINs.
 */
import { environmentNow, pinsOf } from '../app/staff/staff-service.ts';
import { noteAtOnce } from '../app/audit/audit-trail.ts';
import type { Command } from './arguments.ts';
import { notNoted, problem, storeOf, type Terminal } from './commands.ts';
import { hiddenLines, type Keyboard } from './hidden-lines.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

/** Reads the new PIN, twice from a person and once from a script. It is never shown, and never an argument. */
export async function resetPin(
  terminal: Terminal,
  { role }: Extract<Command, { name: 'pin' }>,
  keyboard: Keyboard,
): Promise<ExitCode> {
  const { profile, clock, output } = terminal;
  const pin = await typedPin(keyboard);
  if (pin === null) return problem(terminal, 'PIN', 'pins-differ');
  const store = storeOf(terminal);
  const set = await pinsOf({ profile, store, clock }).reset(role, pin);
  const event = { type: 'noted', act: 'pin-set', outcome: set.ok ? 'ok' : set.error, about: role } as const;
  if (!noteAtOnce(profile, environmentNow(store), clock.read().wallMs, atTerminal(), event)) notNoted(terminal);
  if (!set.ok)
    return problem(
      terminal,
      set.error === 'not-saved' ? profile.pins : 'PIN',
      set.error === 'not-saved' ? 'io' : set.error,
    );
  output.say(`The ${role}'s PIN is set. Sign in with it at the screen.`, { type: 'pin-set', role });
  return EXIT.cancelled;
}

/** `null` if the two were different. */
async function typedPin(keyboard: Keyboard): Promise<string | null> {
  const lines = hiddenLines(keyboard);
  const first = await lines.ask('New PIN (6 to 12 digits, not shown): ');
  const again = lines.isTyped ? await lines.ask('Once more: ') : first;
  lines.close();
  return first === again ? first : null;
}
