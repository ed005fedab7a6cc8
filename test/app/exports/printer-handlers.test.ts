/** Choosing the slip printer: kept, written down, and no virtual one. */
import { expect, test } from 'vitest';
import { chosenPrinter, printerHandlers, type PrinterPort } from '../../../electron/app/exports/printer-handlers.ts';
import type { SystemPrinter } from '../../../electron/app/exports/slip-printer.ts';
import { terminalSchema, type Terminal } from '../../../shared/settings.ts';
import { fail, ok } from '../../../shared/result.ts';

const technician = { who: 'screen', role: 'technician' } as const;
const PRINTERS: readonly SystemPrinter[] = [
  { name: 'Microsoft Print to PDF', displayName: '', options: {} },
  { name: 'TM-T82', displayName: '前台小票', options: {} },
];
const shown = [
  { name: 'Microsoft Print to PDF', label: 'Microsoft Print to PDF', virtual: true },
  { name: 'TM-T82', label: '前台小票', virtual: false },
];

function shop(printers: readonly SystemPrinter[] | null = PRINTERS, isWritable = true) {
  const noted: string[] = [];
  let terminal: Terminal = terminalSchema.parse({ storeName: '江边便利店' });
  const store: PrinterPort['store'] = {
    settings: () => ok({ merchant: null, terminal }),
    setTerminal: (next) => {
      if (!isWritable) return fail('disk-full');
      terminal = next;
      return ok(null);
    },
  };
  const { 'printer.state': state, 'printer.choose': choose } = printerHandlers({
    store,
    list: () => Promise.resolve(printers),
    note: ({ role }, outcome, about) => noted.push(`${role} ${outcome} ${String(about)}`),
  });
  if (!('withoutServices' in state) || !('withoutServices' in choose))
    throw new Error('it must work where the terminal could not be opened');
  return {
    noted,
    store,
    kept: () => terminal,
    state: async () => state.withoutServices({}, technician),
    choose: async (name: string | null) => choose.withoutServices({ name }, technician),
  };
}

test('all printers are shown, those without paper as such', async () => {
  expect(await shop().state()).toEqual(ok({ printers: shown, chosen: null }));
  expect(await shop(null).state()).toEqual(ok({ printers: null, chosen: null }));
});

test('a choice is kept and written down, and can be left to the system again; the rest of the settings stays', async () => {
  const { choose, kept, noted, store } = shop();
  expect(await choose('TM-T82')).toEqual(ok({ printers: shown, chosen: 'TM-T82' }));
  expect([kept().slipPrinter, kept().storeName, chosenPrinter(store)]).toEqual(['TM-T82', '江边便利店', 'TM-T82']);
  expect(await choose(null)).toEqual(ok({ printers: shown, chosen: null }));
  expect([kept().slipPrinter, kept().storeName, chosenPrinter(store)]).toEqual([undefined, '江边便利店', null]);
  expect(noted).toEqual(['technician ok TM-T82', 'technician ok null']);
});

test.each([
  ['Microsoft Print to PDF', 'printer-virtual'],
  ['Somewhere else', 'printer-gone'],
] as const)('%s is refused: %s, and that is written down', async (name, code) => {
  const { choose, kept, noted } = shop();
  expect(await choose(name)).toEqual(fail(code));
  expect([kept().slipPrinter, noted]).toEqual([undefined, [`technician ${code} ${name}`]]);
});

test('where the system names no printers, none can be chosen; where nothing can be kept, that is said', async () => {
  expect(await shop(null).choose('TM-T82')).toEqual(fail('printer-gone'));
  expect(await shop(PRINTERS, false).choose('TM-T82')).toEqual(fail('not-saved'));
});
