/**
 * The switch of the customer's display: it is stored, it is recorded in the audit trail, and it takes effect at once.
 */
import { expect, test } from 'vitest';
import {
  customerDisplayHandlers,
  isDisplayUsed,
  type CustomerDisplayPort,
  type CustomerDisplays,
} from '../../../electron/app/customer/customer-display-handlers.ts';
import { terminalSchema, type Terminal } from '../../../shared/settings.ts';
import { fail, ok } from '../../../shared/result.ts';

const technician = { who: 'screen', role: 'technician' } as const;

function shop({
  isReadable = true,
  isWritable = true,
  displays = null,
}: { readonly isReadable?: boolean; readonly isWritable?: boolean; readonly displays?: CustomerDisplays | null } = {}) {
  const noted: string[] = [];
  let terminal: Terminal = terminalSchema.parse({ storeName: '江边便利店' });
  const store: CustomerDisplayPort['store'] = {
    settings: () => (isReadable ? ok({ merchant: null, terminal }) : fail('damaged')),
    setTerminal: (next) => {
      if (!isWritable) return fail('disk-full');
      terminal = next;
      return ok(null);
    },
  };
  const handlers = customerDisplayHandlers({
    store,
    displays: () => displays,
    note: ({ role }, outcome, about) => noted.push(`${role} ${outcome} ${about}`),
  });
  const { 'customer-display.state': state, 'customer-display.switch': turn } = handlers;
  if (!('withoutServices' in state) || !('withoutServices' in turn))
    throw new Error('it must work where the terminal could not be opened');
  return {
    noted,
    store,
    kept: () => terminal,
    state: async () => state.withoutServices({}, technician),
    turn: async (enabled: boolean) => turn.withoutServices({ enabled }, technician),
  };
}

const found = { width: 1_024, height: 600 };
const withDisplay = (): { readonly turned: boolean[]; readonly displays: CustomerDisplays } => {
  const turned: boolean[] = [];
  return { turned, displays: { found: () => found, turn: (on) => turned.push(on) } };
};

test('it is on until somebody turns it off, and says what display is found', async () => {
  const { displays } = withDisplay();
  expect(await shop({ displays }).state()).toEqual(ok({ enabled: true, found }));
  expect(await shop().state()).toEqual(ok({ enabled: true, found: null }));
});

test('off and on again are kept, written down, and in force at once; the rest of the settings stays', async () => {
  const { turned, displays } = withDisplay();
  const { turn, kept, noted, store } = shop({ displays });
  expect(await turn(false)).toEqual(ok({ enabled: false, found }));
  expect([kept().customerDisplay, kept().storeName, isDisplayUsed(store)]).toEqual(['off', '江边便利店', false]);
  expect(await turn(true)).toEqual(ok({ enabled: true, found }));
  expect([kept().customerDisplay, turned, noted]).toEqual([
    'auto',
    [false, true],
    ['technician ok off', 'technician ok on'],
  ]);
});

test.each([{ isReadable: false }, { isWritable: false }])(
  'what cannot be kept (%o) changes nothing, and that is written down',
  async (disk) => {
    const { turned, displays } = withDisplay();
    const { turn, noted } = shop({ ...disk, displays });
    expect(await turn(false)).toEqual(fail('not-saved'));
    expect([turned, noted]).toEqual([[], ['technician not-saved off']]);
  },
);

test('where the settings cannot be read the customer still sees the amount', () => {
  expect(isDisplayUsed(shop({ isReadable: false }).store)).toBe(true);
});
