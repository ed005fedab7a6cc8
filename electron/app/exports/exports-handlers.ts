/**
 * What leaves the terminal: tables, slips, the audit trail, a bundle for support. It is recorded who did it, but never
 * where the file was saved.
 */
import { basename } from 'node:path';
import type { exportsCommands, OrdersWanted, Saved, SlipPage, AuditReport } from '../../../shared/contract/exports.ts';
import type { CommandCode } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Language } from '../../../shared/settings.ts';
import { beijingDay } from '../../../shared/beijing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import type { Services, ServicesProblem } from '../core/services.ts';
import type { Handlers } from '../core/handler.ts';
import { diagnosticsBundle } from '../diagnostics/bundle.ts';
import { onePiece, writeDraft } from './draft-file.ts';
import { ordersCsv } from './orders-csv.ts';
import { ordersIn, spanOf } from './orders-in.ts';
import { slipOf } from './slip.ts';
import type { AuditReports } from '../audit/audit-report-port.ts';
import type { FileRequest, HostPort } from '../core/host-port.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface ExportsParts {
  readonly hostPort: HostPort;
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly app: object;
  /** The terminal as it now is: it may have been reopened since. */
  readonly opening: () => Promise<Result<Services, ServicesProblem>>;
  readonly selfTest: (() => Promise<unknown>) | null;
  readonly auditReports: AuditReports;
}

export function exportsHandlers(parts: ExportsParts): Pick<Handlers, keyof typeof exportsCommands> {
  return {
    'export.orders': (services, wanted, caller) => orders(parts, services, wanted, caller),
    // Also if the terminal could not be opened: that is when it is needed most.
    'export.diagnostics': { withoutServices: (_input, caller) => diagnostics(parts, caller) },
    'audit.verify': (services, _input, caller) => verified(parts, services, caller),
    'audit.export': (services, _input, caller) => exportedAudit(parts, services, caller),
    'slip.read': (services, { orderId }) => slipOf(services, orderId),
    'slip.print': (services, { orderId, page }, caller) => printed(parts, services, orderId, page, caller),
    'slip.save': (services, { orderId, page }, caller) => pdf(parts, services, orderId, page, caller),
  };
}

type Write = (path: string) => Promise<Result<number | null, CommandCode<'export.orders'>>>;

/** Asks where to save, writes, and records that it was done. */
async function saved(
  { hostPort }: ExportsParts,
  request: FileRequest,
  write: Write,
  note: (outcome: string, count: number | null) => void,
): Promise<Result<Saved, CommandCode<'export.orders'>>> {
  const path = await hostPort.files.toSave(request);
  if (path === null) return ok(null);
  const written = await write(path);
  note(written.ok ? 'ok' : written.error, written.ok ? written.value : null);
  return written.ok ? ok({ fileName: basename(path), count: written.value }) : written;
}

/** The present language of the screen. */
export const languageOf = ({ store, terminal }: Pick<Services, 'store' | 'terminal'>): Language => {
  const settings = store.settings();
  return settings.ok ? settings.value.terminal.language : terminal.language;
};

function orders(
  parts: ExportsParts,
  services: Services,
  wanted: OrdersWanted,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'export.orders'>>> {
  const { fromDay, toDay, group } = wanted;
  const days = fromDay === toDay ? fromDay : `${fromDay}_${toDay}`;
  const write: Write = (path) => writeOrders(services, wanted, languageOf(services), path);
  return saved(parts, { fileName: `facepay-orders-${days}.csv`, extension: 'csv' }, write, (outcome, count) => {
    services.audit.note(
      caller,
      'orders-exported',
      outcome,
      `${fromDay} to ${toDay}, ${group}, ${String(count ?? 0)} rows`,
    );
  });
}

/** Writes the table of the requested orders into `path`; returns how many there are. */
export async function writeOrders(
  { journal }: Pick<Services, 'journal'>,
  { fromDay, toDay, group }: OrdersWanted,
  language: Language,
  path: string,
): Promise<Result<number, CommandCode<'export.orders'>>> {
  let count = 0;
  const counted = (): void => {
    count += 1;
  };
  const written = await writeDraft(
    path,
    ordersCsv(ordersIn(journal, spanOf(fromDay, toDay)), group, language, counted),
  );
  return written.ok ? ok(count) : written;
}

async function diagnostics(
  parts: ExportsParts,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'export.diagnostics'>>> {
  const { clock, opening } = parts;
  const { wallMs } = clock.read();
  const opened = await opening();
  const write: Write = async (path) => {
    const written = await writeDraft(path, onePiece(await diagnosticsBundle({ ...parts, wallMs })));
    return written.ok ? ok(null) : written;
  };
  return saved(
    parts,
    { fileName: `facepay-diagnostics-${beijingDay(wallMs)}.zip`, extension: 'zip' },
    write,
    (outcome) => {
      // A terminal that could not be opened has no audit trail to record it in.
      if (opened.ok) opened.value.audit.note(caller, 'diagnostics-saved', outcome);
    },
  );
}

async function verified(
  { auditReports }: ExportsParts,
  { environment, audit }: Services,
  caller: Caller,
): Promise<Result<AuditReport, CommandCode<'audit.verify'>>> {
  const verdict = await auditReports.verify(environment);
  if (!verdict.ok) return verdict;
  const { findings } = verdict.value;
  audit.note(caller, 'audit-verified', findings[0]?.kind ?? 'ok');
  return verdict;
}

async function exportedAudit(
  { hostPort, auditReports, clock }: ExportsParts,
  { environment, audit }: Services,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'audit.export'>>> {
  const path = await hostPort.files.toSave({
    fileName: `facepay-audit-${beijingDay(clock.read().wallMs)}.jsonl`,
    extension: 'jsonl',
  });
  if (path === null) return ok(null);
  const exported = await auditReports.export(environment, path);
  audit.note(caller, 'audit-exported', exported.ok ? 'ok' : exported.error);
  return exported.ok ? ok({ fileName: basename(path), count: exported.value.entries }) : exported;
}

async function printed(
  { hostPort }: ExportsParts,
  services: Services,
  orderId: string,
  page: SlipPage,
  caller: Caller,
): Promise<Result<null, CommandCode<'slip.print'>>> {
  const number = slipNumber(services, orderId);
  if (!number.ok) return number;
  const done = await hostPort.printer.print(page);
  noteSlip(services, caller, 'slip-printed', done.ok ? 'ok' : done.error, number.value);
  return done;
}

async function pdf(
  parts: ExportsParts,
  services: Services,
  orderId: string,
  page: SlipPage,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'slip.save'>>> {
  const number = slipNumber(services, orderId);
  if (!number.ok) return number;
  // This comes before the file dialog: the picture must show neither the dialog nor what the screen changes to
  // meanwhile.
  const bytes = await parts.hostPort.printer.pdf(page);
  if (bytes === null) return fail('not-printed');
  const write: Write = async (path) => {
    const written = await writeDraft(path, onePiece(bytes));
    return written.ok ? ok(null) : written;
  };
  return saved(
    parts,
    { fileName: `facepay-slip-${number.value.replace(/[^0-9A-Za-z_-]/g, '_')}.pdf`, extension: 'pdf' },
    write,
    (outcome) => {
      noteSlip(services, caller, 'slip-saved', outcome, number.value);
    },
  );
}

function slipNumber(services: Services, orderId: string): Result<string, 'order-not-found'> {
  const slip = slipOf(services, orderId);
  return slip.ok ? ok(slip.value.outTradeNo ?? slip.value.transactionId ?? orderId) : fail('order-not-found');
}

const noteSlip = ({ audit }: Services, caller: Caller, act: Act, outcome: string, number: string): void => {
  audit.note(caller, act, outcome, number);
};
