/** When the till returns to the keypad by itself: stored, recorded, and told to the screen with its first question. */
import { expect, test } from 'vitest';
import { returnSecondsOf, setReturn } from '../../../electron/app/kiosk/return-handlers.ts';
import { fail, ok } from '../../../shared/result.ts';
import { terminalSchema, type Terminal } from '../../../shared/settings.ts';

const manager = { who: 'screen', role: 'manager' } as const;

type Parts = Parameters<typeof setReturn>[0];

function shop({ isReadable = true, isWritable = true } = {}) {
  const noted: string[] = [];
  let terminal: Terminal = terminalSchema.parse({ storeName: '江边便利店' });
  const store: Pick<Parts['store'], 'settings' | 'setTerminal'> = {
    settings: () => (isReadable ? ok({ merchant: null, terminal }) : fail('damaged')),
    setTerminal: (next) => {
      if (!isWritable) return fail('disk-full');
      terminal = terminalSchema.parse(next);
      return ok(null);
    },
  };
  const audit: Pick<Parts['audit'], 'note'> = {
    note: (actor, act, outcome, about) => {
      noted.push(`${'role' in actor ? String(actor.role) : ''} ${act} ${outcome} ${String(about)}`);
    },
  };
  return { noted, kept: () => terminal, choose: (seconds: number) => setReturn({ store, audit }, seconds, manager) };
}

test('until somebody chooses, the till returns after 5 s', () => {
  expect(returnSecondsOf(terminalSchema.parse({}))).toBe(5);
  expect(returnSecondsOf({ returnSeconds: 0 })).toBe(0);
});

test('a choice is kept and recorded; the rest of the settings stays', () => {
  const { choose, kept, noted } = shop();
  expect(choose(20)).toEqual(ok(null));
  expect(kept()).toMatchObject({ returnSeconds: 20, storeName: '江边便利店' });
  expect(choose(0)).toEqual(ok(null));
  expect(returnSecondsOf(kept())).toBe(0);
  expect(noted).toEqual(['manager return-changed ok 20', 'manager return-changed ok 0']);
});

test.each([{ isReadable: false }, { isWritable: false }])('a choice that cannot be kept says so: %o', (disk) => {
  const { choose, noted } = shop(disk);
  expect(choose(10)).toEqual(fail('not-saved'));
  expect(noted).toEqual(['manager return-changed not-saved 10']);
});
