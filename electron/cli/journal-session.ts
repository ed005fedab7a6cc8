/** The journal alone, for commands that only read it: no gateway, no engine, no network. */
import { auditKeyOf, noteAtOnce } from '../app/audit/audit-trail.ts';
import type { Settings } from '../app/settings/settings-store.ts';
import type { Act } from '../orders/machine/event.ts';
import { openJournal } from '../orders/open-journal.ts';
import type { Journal } from '../orders/journal/journal.ts';
import { environmentOf, type Environment } from '../../shared/settings.ts';
import { journalCode, notNoted, problem, storeOf, type Terminal } from './commands.ts';
import type { ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

export interface OpenedJournal {
  readonly journal: Journal;
  readonly environment: Environment;
  readonly settings: Settings;
}

/** Runs `use` over the open journal and closes it. */
export async function withJournal(
  terminal: Terminal,
  use: (opened: OpenedJournal) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { profile, clock } = terminal;
  const settings = storeOf(terminal).settings();
  if (!settings.ok) return problem(terminal, profile.settings, settings.error);
  const { merchant } = settings.value;
  const environment = merchant === null ? 'practice' : environmentOf(merchant);
  const path = profile.journal(environment);
  const opened = openJournal(path, environment, clock.read().wallMs, auditKeyOf(profile));
  if (!opened.ok) return problem(terminal, path, journalCode(opened.error));
  const { journal } = opened.value;
  try {
    return await use({ journal, environment, settings: settings.value });
  } finally {
    journal.close();
  }
}

/** Writes down who did it, once the journal is closed again. */
export function noteLooked(
  terminal: Terminal,
  environment: Environment,
  act: Act,
  outcome: string,
  about: string | null,
): void {
  const event = { type: 'noted', act, outcome, about } as const;
  if (!noteAtOnce(terminal.profile, environment, terminal.clock.read().wallMs, atTerminal(), event)) notNoted(terminal);
}
