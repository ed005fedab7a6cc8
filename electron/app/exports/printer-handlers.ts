/** A technician chooses the printer that slips go to. */
import type { PrintCode, SlipPrinter } from '../../../shared/contract/printers.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { isVirtual, printerFor, type SystemPrinter } from './slip-printer.ts';

export interface PrinterPort {
  readonly store: Pick<SettingsStore, 'settings' | 'setTerminal'>;
  /** The system's printers; `null` if it did not say. */
  readonly list: () => Promise<readonly SystemPrinter[] | null>;
  /** Records the act, whether or not the terminal is open. */
  readonly note: (caller: Caller, outcome: string, about: string | null) => void;
}

/** The system's name of the chosen printer, or `null`. */
export function chosenPrinter(store: Pick<SettingsStore, 'settings'>): string | null {
  const settings = store.settings();
  return settings.ok ? (settings.value.terminal.slipPrinter ?? null) : null;
}

/** Also works if the terminal could not be opened. Without `port` there is no printer. */
export function printerHandlers(port: PrinterPort | null): Pick<Handlers, 'printer.state' | 'printer.choose'> {
  return {
    'printer.state': {
      withoutServices: async () =>
        ok(port === null ? { printers: null, chosen: null } : viewOf(await port.list(), chosenPrinter(port.store))),
    },
    'printer.choose': {
      withoutServices: async ({ name }, caller) => {
        if (port === null) return fail('not-saved');
        const printers = await port.list();
        const kept = keep(port, printers, name);
        port.note(caller, kept.ok ? 'ok' : kept.error, name);
        return kept.ok ? ok(viewOf(printers, name)) : kept;
      },
    },
  };
}

function keep(
  { store }: PrinterPort,
  printers: readonly SystemPrinter[] | null,
  name: string | null,
): Result<null, Extract<PrintCode, 'printer-gone' | 'printer-virtual'> | 'not-saved'> {
  if (name !== null) {
    const found = printerFor(printers ?? [], name);
    if (!found.ok) return fail(found.error === 'printer-virtual' ? found.error : 'printer-gone');
  }
  const settings = store.settings();
  if (!settings.ok) return fail('not-saved');
  const { slipPrinter: _before, ...rest } = settings.value.terminal;
  return store.setTerminal(name === null ? rest : { ...rest, slipPrinter: name }).ok ? ok(null) : fail('not-saved');
}

const viewOf = (printers: readonly SystemPrinter[] | null, chosen: string | null): SlipPrinter => ({
  printers:
    printers?.map((printer) => ({
      name: printer.name,
      label: printer.displayName === '' ? printer.name : printer.displayName,
      virtual: isVirtual(printer),
    })) ?? null,
  chosen,
});
