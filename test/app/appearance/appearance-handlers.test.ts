/** How the screen looks: it is stored, recorded, and shown at once; until somebody chooses, as the system has it. */
import { expect, test } from 'vitest';
import {
  appearanceHandlers,
  chosenAppearance,
  type AppearancePort,
} from '../../../electron/app/appearance/appearance-handlers.ts';
import type { Appearance } from '../../../shared/contract/appearance.ts';
import { fail, ok } from '../../../shared/result.ts';
import { terminalSchema, type Terminal } from '../../../shared/settings.ts';

const manager = { who: 'screen', role: 'manager' } as const;

function shop({ isReadable = true, isWritable = true } = {}) {
  const noted: string[] = [];
  const worn: Appearance[] = [];
  let terminal: Terminal = terminalSchema.parse({ storeName: '江边便利店', customerDisplay: 'off' });
  const store: AppearancePort['store'] = {
    settings: () => (isReadable ? ok({ merchant: null, terminal }) : fail('damaged')),
    setTerminal: (next) => {
      if (!isWritable) return fail('disk-full');
      terminal = terminalSchema.parse(next);
      return ok(null);
    },
  };
  const handlers = appearanceHandlers({
    store,
    wear: (appearance) => worn.push(appearance),
    note: ({ role }, outcome, about) => noted.push(`${role} ${outcome} ${about}`),
  });
  const { 'appearance.state': state, 'appearance.switch': choose } = handlers;
  if (!('withoutServices' in state) || !('withoutServices' in choose))
    throw new Error('it must work where the terminal could not be opened');
  return {
    noted,
    worn,
    store,
    kept: () => terminal,
    state: async () => state.withoutServices({}, manager),
    choose: async (appearance: Appearance) => choose.withoutServices(appearance, manager),
  };
}

const largeAndDark: Appearance = { theme: 'dark', text: 'large' };

test('until somebody chooses, it is as the system has it', async () => {
  expect(await shop().state()).toEqual(ok({ theme: 'system', text: 'usual' }));
  expect(chosenAppearance(shop({ isReadable: false }).store)).toEqual({ theme: 'system', text: 'usual' });
});

test('a choice is kept, recorded and shown at once; the rest of the settings stays', async () => {
  const { choose, kept, noted, worn, state, store } = shop();
  expect(await choose(largeAndDark)).toEqual(ok(largeAndDark));
  expect(kept()).toMatchObject({ ...largeAndDark, customerDisplay: 'off', storeName: '江边便利店' });
  expect(await state()).toEqual(ok(largeAndDark));
  expect(chosenAppearance(store)).toEqual(largeAndDark);
  expect(worn).toEqual([largeAndDark]);
  expect(noted).toEqual(['manager ok dark large']);
});

test.each([{ isReadable: false }, { isWritable: false }])(
  'a choice that cannot be kept is not shown: %o',
  async (disk) => {
    const { choose, noted, worn } = shop(disk);
    expect(await choose(largeAndDark)).toEqual(fail('not-saved'));
    expect(worn).toEqual([]);
    expect(noted).toEqual(['manager not-saved dark large']);
  },
);

test('without a screen there is nothing to choose', async () => {
  const { 'appearance.switch': choose } = appearanceHandlers(null);
  expect('withoutServices' in choose && (await choose.withoutServices(largeAndDark, manager))).toEqual(
    fail('not-saved'),
  );
});
