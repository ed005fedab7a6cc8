/**
 * WeChat's bill on the screen: compare it, export the differences, ask WeChat about one order. This changes no order.
 */
import { basename } from 'node:path';
import type { Asked, billCommands, Comparison } from '../../../shared/contract/bill.ts';
import type { Saved } from '../../../shared/contract/exports.ts';
import type { CommandCode, CommandParsed } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Services } from '../core/services.ts';
import { differencesCsv } from './differences-csv.ts';
import type { Handlers } from '../core/handler.ts';
import { languageOf, type ExportsParts } from '../exports/exports-handlers.ts';
import { onePiece, writeDraft } from '../exports/draft-file.ts';
import type { HostPort } from '../core/host-port.ts';

export function billHandlers({ hostPort }: Pick<ExportsParts, 'hostPort'>): Pick<Handlers, keyof typeof billCommands> {
  let last: Comparison | null = null;
  let chosen: string | null = null;
  return {
    'bill.compare': async ({ bills }, { day }, caller) => {
      const path = day === null ? await hostPort.files.toOpen(['csv', 'txt', 'gz']) : chosen;
      if (path === null) return day === null ? ok({ kind: 'nothing-chosen' }) : fail('nothing-compared');
      chosen = path;
      const result = await bills.file(path, day, caller);
      if (result === 'busy-comparing') return fail(result);
      if (!result.ok) return ok({ kind: 'refused', ...result.error, days: [...result.error.days] });
      last = result.value;
      return ok({ kind: 'compared', comparison: result.value });
    },
    'bill.calendar': ({ bills }, { month }) => ok(bills.calendar(month)),
    'bill.day': async ({ bills }, { day, anew }, caller) => {
      const done = await bills.day(day, anew, caller);
      if (done.ok && done.value.kind === 'compared') last = done.value.comparison;
      return done;
    },
    'bill.export': (services, _input, caller) =>
      last === null ? fail('nothing-compared') : exported(hostPort, services, last, caller),
    'bill.ask': async (services, numbers, caller) => ok(await asked(services, numbers, caller)),
  };
}

async function exported(
  hostPort: HostPort,
  services: Services,
  { day, differences }: Comparison,
  caller: Caller,
): Promise<Result<Saved, CommandCode<'bill.export'>>> {
  const path = await hostPort.files.toSave({ fileName: `facepay-differences-${day}.csv`, extension: 'csv' });
  if (path === null) return ok(null);
  const text = [...differencesCsv(differences, languageOf(services))].join('');
  const written = await writeDraft(path, onePiece(Buffer.from(text)));
  services.audit.note(
    caller,
    'differences-exported',
    written.ok ? 'ok' : written.error,
    `${day}, ${String(differences.length)} rows`,
  );
  return written.ok ? ok({ fileName: basename(path), count: differences.length }) : written;
}

async function asked(
  { gateway, merchant, journal, audit }: Services,
  numbers: CommandParsed<'bill.ask'>,
  caller: Caller,
): Promise<Asked> {
  const { outTradeNo, transactionId } = numbers;
  const family = journal.find(outTradeNo ?? transactionId ?? '')?.order.family ?? merchant.family;
  const { answer } = await gateway.query({ family, outTradeNo, transactionId });
  audit.note(
    caller,
    'bill-asked',
    answer.kind === 'seen' ? answer.tradeState : answer.kind === 'unknown-state' ? answer.name : answer.kind,
    outTradeNo ?? transactionId,
  );
  switch (answer.kind) {
    case 'seen':
      return { kind: 'seen', tradeState: answer.tradeState, amountFen: answer.amountFen };
    // WeChat's answer is not understood here, so it counts as no answer.
    case 'unknown-state':
      return { kind: 'no-answer', why: 'bad-reply' };
    case 'not-found':
      return { kind: 'not-found' };
    case 'refused':
      return { kind: 'refused', errCode: answer.errCode };
    case 'no-answer':
      return { kind: 'no-answer', why: answer.why };
  }
}
