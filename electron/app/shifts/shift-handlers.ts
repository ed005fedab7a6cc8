/** The commands of the shift change: who serves, handing over, and the sheet of each shift. */
import { basename } from 'node:path';
import { beijingDay } from '../../../shared/beijing.ts';
import type { Saved, SlipPage } from '../../../shared/contract/exports.ts';
import type { shiftCommands, ShiftView } from '../../../shared/contract/shift.ts';
import type { ShiftSheet, shiftSheetCommands } from '../../../shared/contract/shift-sheet.ts';
import type { CommandCode, CommandParsed } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';
import type { HostPort } from '../core/host-port.ts';
import type { Services } from '../core/services.ts';
import { onePiece, writeDraft } from '../exports/draft-file.ts';
import type { ExportsParts } from '../exports/exports-handlers.ts';
import { addCashier, removeCashier, shiftView, signOff, signOn } from '../staff/shift-service.ts';
import type { StaffService } from '../staff/staff-service.ts';
import { createShiftSheets, type ShiftSheets } from './shift-sheet-service.ts';

interface Parts {
  readonly staff: StaffService;
  readonly sheets: ShiftSheets;
  readonly hostPort: HostPort;
}

export function shiftHandlers(
  staff: StaffService,
  { hostPort, profile, clock }: Pick<ExportsParts, 'hostPort' | 'profile' | 'clock'>,
): Pick<Handlers, keyof typeof shiftCommands | keyof typeof shiftSheetCommands> {
  const sheets = createShiftSheets(profile, () => clock.read().wallMs);
  const parts: Parts = { staff, sheets, hostPort };
  return {
    'shift.state': (services, _input, caller) => ok(withSheet(parts, services, shiftView(services, staff, caller))),
    'shift.sign-on': (services, { name, seen }, caller) => signOn(services, staff, name, seen, caller),
    'shift.sign-off': (services, { seen }, caller) => left(parts, services, seen, caller),
    'shift.sheet': (services, { id }, caller) => sheetFor(parts, services, id, caller),
    'shift.sheets': async (services, { before }) => ok(await sheets.list(services, before)),
    'shift.print': (services, { id, page }, caller) => printed(parts, services, id, page, caller),
    'shift.save': (services, { id, page }, caller) => saved(parts, services, id, page, caller),
    'cashier.add': (services, { name }, caller) => addCashier(services, staff, name, caller),
    'cashier.remove': (services, { name }, caller) => removeCashier(services, staff, name, caller),
  };
}

function left(
  parts: Parts,
  services: Services,
  seen: CommandParsed<'shift.sign-off'>['seen'],
  caller: Caller,
): Result<ShiftView, CommandCode<'shift.sign-off'>> {
  const { staff, sheets } = parts;
  const { on } = staff.roster.now();
  const done = signOff(services, staff, seen, caller);
  if (!done.ok) return done;
  const ended = staff.roster.now().left;
  if (on !== null && ended !== null) sheets.begin(services, on.sinceMs, ended, caller.role);
  return ok(withSheet(parts, services, done.value));
}

function withSheet({ sheets }: Parts, { environment }: Services, view: ShiftView): ShiftView {
  return view.left === null ? view : { ...view, left: { ...view.left, sheetId: sheets.idOf(environment, view.left) } };
}

/** A cashier has nothing to do with the money of others: they see the sheet of the shift that has just ended. */
async function sheetFor(
  { staff, sheets }: Parts,
  services: Services,
  id: number,
  { role }: Caller,
): Promise<Result<ShiftSheet, 'sheet-not-found'>> {
  const { left: ended } = staff.roster.now();
  const isJustEnded = ended !== null && sheets.idOf(services.environment, ended) === id;
  const sheet = role === 'manager' || isJustEnded ? await sheets.read(services, id) : null;
  return sheet === null ? fail('sheet-not-found') : ok(sheet);
}

async function printed(
  parts: Parts,
  services: Services,
  id: number,
  page: SlipPage,
  caller: Caller,
): Promise<Result<null, CommandCode<'shift.print'>>> {
  const sheet = await sheetFor(parts, services, id, caller);
  if (!sheet.ok) return sheet;
  const done = await parts.hostPort.printer.print(page);
  services.audit.note(caller, 'shift-sheet-printed', done.ok ? 'ok' : done.error, aboutSheet(sheet.value));
  return done;
}

async function saved(
  parts: Parts,
  services: Services,
  id: number,
  page: SlipPage,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'shift.save'>>> {
  const sheet = await sheetFor(parts, services, id, caller);
  if (!sheet.ok) return sheet;
  // Before the file dialog, which would be in the picture.
  const bytes = await parts.hostPort.printer.pdf(page);
  if (bytes === null) return fail('not-printed');
  const fileName = `facepay-shift-${beijingDay(sheet.value.toMs)}-${String(id)}.pdf`;
  const path = await parts.hostPort.files.toSave({ fileName, extension: 'pdf' });
  if (path === null) return ok(null);
  const written = await writeDraft(path, onePiece(bytes));
  services.audit.note(caller, 'shift-sheet-saved', written.ok ? 'ok' : written.error, aboutSheet(sheet.value));
  return written.ok ? ok({ fileName: basename(path), count: null }) : written;
}

const aboutSheet = ({ id, by }: ShiftSheet): string => `${String(id)}, ${by ?? '-'}`;
