/** `facepay export` and `facepay diagnostics`. */
import { diagnosticsBundle } from '../app/diagnostics/bundle.ts';
import { auditReportsHere } from '../app/audit/audit-report-port.ts';
import { writeOrders } from '../app/exports/exports-handlers.ts';
import { onePiece, writeDraft } from '../app/exports/draft-file.ts';
import { journalMetrics } from '../orders/journal/journal-metrics.ts';
import { environmentOf } from '../../shared/settings.ts';
import type { Command } from './arguments.ts';
import { problem, storeOf, type Terminal } from './commands.ts';
import { noteLooked, withJournal } from './journal-session.ts';
import { whyNotNew } from './new-file.ts';
import { EXIT, type ExitCode } from './output.ts';

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>;

/** The orders of some days as a table. The audit trail records who exported them. */
export async function exportOrders(terminal: Terminal, { wanted, language, out }: Of<'export'>): Promise<ExitCode> {
  const taken = whyNotNew(out);
  if (taken !== null) return problem(terminal, out, taken);
  const { fromDay, toDay, group } = wanted;
  return withJournal(terminal, async ({ journal, environment }) => {
    const written = await writeOrders({ journal }, wanted, language, out);
    const count = written.ok ? written.value : 0;
    noteLooked(
      terminal,
      environment,
      'orders-exported',
      written.ok ? 'ok' : written.error,
      `${fromDay} to ${toDay}, ${group}, ${String(count)} rows`,
    );
    if (!written.ok) return problem(terminal, out, written.error);
    terminal.output.say(`Exported ${String(count)} ${count === 1 ? 'order' : 'orders'} to ${out}.`, {
      type: 'export',
      file: out,
      fromDay,
      toDay,
      state: group,
      orders: count,
    });
    return EXIT.cancelled;
  });
}

/** Works on a profile in which nothing can be opened any more: that is its purpose. */
export async function diagnostics(terminal: Terminal, { out }: Of<'diagnostics'>): Promise<ExitCode> {
  const taken = whyNotNew(out);
  if (taken !== null) return problem(terminal, out, taken);
  const { profile, clock, output } = terminal;
  const store = storeOf(terminal);
  const app = { terminal: true, node: process.version };
  const bundle = await diagnosticsBundle({
    profile,
    store,
    wallMs: clock.read().wallMs,
    app,
    selfTest: null,
    auditReports: auditReportsHere(profile),
  });
  const written = await writeDraft(out, onePiece(bundle));
  if (!written.ok) return problem(terminal, out, written.error);
  const settings = store.settings();
  // Only if there is a journal: this note must not start a new one or move a damaged one.
  if (settings.ok)
    noteWhereThereIsOne(
      terminal,
      settings.value.merchant === null ? 'practice' : environmentOf(settings.value.merchant),
    );
  output.say(`Saved ${out}. It holds no secret and no whole number.`, {
    type: 'diagnostics',
    file: out,
    bytes: bundle.byteLength,
  });
  return EXIT.cancelled;
}

function noteWhereThereIsOne(terminal: Terminal, environment: 'practice' | 'live'): void {
  const { exists, trouble } = journalMetrics(terminal.profile.journal(environment));
  if (exists && trouble === null) noteLooked(terminal, environment, 'diagnostics-saved', 'ok', null);
}
