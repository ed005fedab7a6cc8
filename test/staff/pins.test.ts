/** PINs over real files: tries that outlive the process, damaged files, full disks. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { setupPins } from '../../electron/app/setup/setup-pins.ts';
import { hashPin, isPin, PIN_COST } from '../../electron/staff/pin-hash.ts';
import { pinFile, type PinFile } from '../../electron/staff/pin-file.ts';
import { createPins, maySetPin, type Pins } from '../../electron/staff/pins.ts';
import type { Environment } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ownFolder, QUICK_HASH } from '../support/terminal/staff.ts';

const RIGHT = '482615';
const WRONG = '739264';
const MINUTE = 60_000;

let path: string;
let clock: FakeClock;
let environment: Environment;
let pins: Pins;
const start = (file: PinFile = pinFile(path)): Pins =>
  createPins({ file, clock, cost: QUICK_HASH, environment: () => environment, knownNumbers: () => ['1900739201'] });

beforeEach(() => {
  path = join(ownFolder(), 'pins.json');
  clock = new FakeClock();
  environment = 'practice';
  pins = start();
});

const wrongTries = async (count: number): Promise<unknown[]> => {
  const answers: unknown[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await pins.check('manager', WRONG));
  return answers;
};
const refused = (error: string): object => ({ ok: false, error });

describe('a PIN', () => {
  it('is set, opens, and is nowhere on the disk', async () => {
    expect(await pins.check('manager', RIGHT)).toEqual(refused('pin-not-set'));
    expect(await pins.set({ role: 'manager', pin: RIGHT }, 'cashier')).toMatchObject({ ok: true });
    expect(await pins.check('manager', RIGHT)).toMatchObject({ ok: true });
    expect(await pins.check('manager', WRONG)).toEqual(refused('pin-wrong'));
    expect(await pins.check('technician', RIGHT)).toEqual(refused('pin-not-set'));
    expect(readFileSync(path, 'utf8')).not.toContain(RIGHT);
  });

  it('is hashed with a salt of its own', async () => {
    const [one, other] = [await hashPin(RIGHT, QUICK_HASH), await hashPin(RIGHT, QUICK_HASH)];
    expect(one.hash).not.toBe(other.hash);
    expect([await isPin(RIGHT, one), await isPin(RIGHT, other), await isPin(WRONG, one)]).toEqual([true, true, false]);
  });

  it('costs as much to guess as it should, and the file accepts its hash', async () => {
    const kept = await hashPin(RIGHT, PIN_COST);
    expect(kept.N * kept.r * kept.p * 128).toBeGreaterThanOrEqual(128 * 1024 * 1024);
    const file = pinFile(path);
    file.write({
      v: 1,
      manager: { kept, trial: false, initial: false, tries: { wrong: 0, locks: 0, lock: null } },
      technician: null,
    });
    expect(await start().check('manager', RIGHT)).toMatchObject({ ok: true });
  });

  it.each([
    ['48261', 'pin-shape'],
    ['123456', 'pin-trivial'],
    ['739201', 'pin-trivial'],
  ])('is not set where it is no good one: %s', async (pin, code) => {
    expect(await pins.set({ role: 'manager', pin }, 'cashier')).toEqual(refused(code));
    expect(existsSync(path)).toBe(false);
  });

  it('of one’s own is changed by giving the one there is, and a wrong one counts as a try', async () => {
    await pins.set({ role: 'manager', pin: RIGHT }, 'cashier');
    expect(await pins.set({ role: 'manager', pin: WRONG }, 'manager')).toEqual(refused('pin-wrong'));
    expect(await pins.set({ role: 'manager', pin: WRONG, currentPin: '905183' }, 'manager')).toEqual(
      refused('pin-wrong'),
    );
    expect(pins.view('manager').pins.manager.triesLeft).toBe(3);
    expect(await pins.set({ role: 'manager', pin: WRONG, currentPin: RIGHT }, 'manager')).toMatchObject({ ok: true });
    expect([await pins.check('manager', RIGHT), await pins.check('manager', WRONG)]).toMatchObject([
      { ok: false },
      { ok: true },
    ]);
  });

  it('of a manager is set again by a technician, which ends the lock; it gives no access until the manager has chosen another', async () => {
    await pins.set({ role: 'manager', pin: RIGHT }, 'cashier');
    await wrongTries(5);
    expect(await pins.set({ role: 'manager', pin: WRONG }, 'technician')).toMatchObject({ ok: true });
    expect(await pins.check('manager', WRONG)).toEqual(refused('pin-initial'));
    expect(await pins.set({ role: 'manager', pin: WRONG, currentPin: WRONG }, 'cashier')).toEqual(refused('pin-same'));
    expect(await pins.set({ role: 'manager', pin: '905183', currentPin: RIGHT }, 'cashier')).toEqual(
      refused('pin-wrong'),
    );
    expect(await pins.set({ role: 'manager', pin: '905183', currentPin: WRONG }, 'cashier')).toMatchObject({
      ok: true,
    });
    expect(await pins.check('manager', '905183')).toMatchObject({ ok: true });
    expect(await pins.set({ role: 'manager', pin: WRONG, currentPin: '905183' }, 'cashier')).toEqual(
      refused('pin-not-yours'),
    );
  });

  it('of a technician is nobody else’s to set', async () => {
    await pins.set({ role: 'technician', pin: RIGHT }, 'cashier');
    for (const by of ['cashier', 'manager'] as const)
      expect(await pins.set({ role: 'technician', pin: WRONG, currentPin: RIGHT }, by)).toEqual(
        refused('pin-not-yours'),
      );
    expect(await pins.check('technician', RIGHT)).toMatchObject({ ok: true });
  });

  it('that somebody set for a manager in practice opens nothing where the money is real', async () => {
    await pins.set({ role: 'manager', pin: RIGHT }, 'cashier');
    await pins.set({ role: 'manager', pin: '905183', currentPin: RIGHT }, 'manager');
    await pins.set({ role: 'technician', pin: WRONG }, 'cashier');
    environment = 'live';
    expect(await pins.check('manager', '905183')).toEqual(refused('pin-not-set'));
    expect(pins.view('cashier').pins.manager).toMatchObject({ set: false, maySet: 'no' });
    expect(await pins.set({ role: 'manager', pin: RIGHT }, 'cashier')).toEqual(refused('pin-not-yours'));
    expect(await pins.check('technician', WRONG)).toMatchObject({ ok: true });
    expect(await pins.set({ role: 'manager', pin: RIGHT }, 'technician')).toMatchObject({ ok: true });
    expect(await pins.set({ role: 'manager', pin: '905183', currentPin: RIGHT }, 'cashier')).toMatchObject({
      ok: true,
    });
    expect(await pins.check('manager', '905183')).toMatchObject({ ok: true });
  });

  it('is not reset, and not set by a file, while the stored PINs cannot be read: the other role’s PIN would be lost', async () => {
    expect(await pins.reset('technician', RIGHT)).toMatchObject({ ok: true });
    const [kept, held] = [`${path}.elsewhere`, ownFolder()];
    renameSync(path, kept);
    // Reading a link to a folder fails as with a held file, and yet the link could be overwritten.
    symlinkSync(held, path);
    expect(await pins.reset('manager', WRONG)).toEqual(refused('not-saved'));
    expect(await setupPins({ pins: path }, QUICK_HASH).set({ manager: WRONG })).toEqual(refused('not-saved'));
    rmSync(path);
    renameSync(kept, path);
    expect(await pins.reset('manager', WRONG)).toMatchObject({ ok: true });
    expect([await pins.check('technician', RIGHT), await pins.check('manager', WRONG)]).toMatchObject([
      { ok: true },
      { ok: true },
    ]);
  });

  it('is reset by a person with the account, whatever it was, but not to a bad PIN', async () => {
    environment = 'live';
    expect(await pins.reset('technician', '111111')).toEqual(refused('pin-trivial'));
    expect(await pins.reset('technician', RIGHT)).toMatchObject({ ok: true });
    expect(await pins.check('technician', RIGHT)).toMatchObject({ ok: true });
  });
});

describe('tries', () => {
  beforeEach(async () => {
    await pins.set({ role: 'manager', pin: RIGHT }, 'cashier');
  });

  it('are five; then not even the right PIN is looked at until the lock is over', async () => {
    expect(await wrongTries(6)).toEqual([
      ...Array.from({ length: 5 }, () => refused('pin-wrong')),
      refused('pin-locked'),
    ]);
    await clock.advance(MINUTE - 1);
    expect(await pins.check('manager', RIGHT)).toEqual(refused('pin-locked'));
    await clock.advance(1);
    expect(await pins.check('manager', RIGHT)).toMatchObject({ ok: true });
    expect(pins.view('cashier').pins.manager).toMatchObject({ triesLeft: 5, lockedForMs: 0 });
  });

  it('and locks outlive the process and the machine, with the clock set forward or back', async () => {
    await wrongTries(4);
    clock.restart();
    pins = start();
    expect(pins.view('cashier').pins.manager.triesLeft).toBe(1);
    await wrongTries(1);
    clock.restart(0, true);
    clock.jumpWall(24 * 60 * MINUTE);
    pins = start();
    expect(await pins.check('manager', RIGHT)).toEqual(refused('pin-locked'));
    clock.restart();
    clock.jumpWall(-48 * 60 * MINUTE);
    pins = start();
    expect(pins.view('cashier').pins.manager.lockedForMs).toBe(MINUTE);
    await clock.advance(MINUTE);
    expect(await pins.check('manager', RIGHT)).toMatchObject({ ok: true });
  });

  it('are written down before they are looked at: who ends the app has used one', async () => {
    let stopped = false;
    const file = pinFile(path);
    const dying = start({
      read: () => file.read(),
      write: (kept) => (stopped ? { ok: false, error: 'io' } : file.write(kept)),
    });
    const answer = dying.check('manager', RIGHT);
    await Promise.resolve();
    // The power goes while the hash is computed: nothing is written any more, and nobody gets the answer.
    stopped = true;
    await answer;
    expect(start().view('cashier').pins.manager.triesLeft).toBe(4);
  });

  it('of both roles are counted apart', async () => {
    await pins.set({ role: 'technician', pin: RIGHT }, 'cashier');
    await wrongTries(5);
    expect(await pins.check('technician', RIGHT)).toMatchObject({ ok: true });
  });

  it('that come all at once are looked at one after the other', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => pins.check('manager', n === 29 ? RIGHT : WRONG)),
    );
    expect(answers.filter((answer) => !answer.ok && answer.error === 'pin-wrong')).toHaveLength(5);
    expect(answers.at(-1)).toEqual(refused('pin-locked'));
  });

  it('are refused where they cannot be written down, right or wrong', async () => {
    const file = pinFile(path);
    const full = start({ read: () => file.read(), write: () => ({ ok: false, error: 'disk-full' }) });
    expect(await full.check('manager', RIGHT)).toEqual(refused('not-saved'));
    expect(await full.set({ role: 'technician', pin: WRONG }, 'cashier')).toEqual(refused('not-saved'));
  });
});

describe('a file of PINs', () => {
  it.each([
    ['cut in half', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['without its PINs', () => '{"v":1}'],
    ['with a hash that would stop the machine', (text: string) => text.replace(/"N": \d+/, '"N": 1073741824')],
    ['with more tries than there are', (text: string) => text.replace(/"wrong": \d+/, '"wrong": -100')],
    ['with a field of its own', (text: string) => text.replace('"v": 1', '"v": 1, "open": true')],
  ])('that is %s lets nobody in, and is no invitation to set new ones', async (_what, damage) => {
    await pins.set({ role: 'manager', pin: RIGHT }, 'cashier');
    const text = damage(readFileSync(path, 'utf8'));
    writeFileSync(path, text);
    pins = start();
    expect(await pins.check('manager', RIGHT)).toEqual(refused('pins-unreadable'));
    expect(await pins.set({ role: 'manager', pin: WRONG }, 'technician')).toEqual(refused('pins-unreadable'));
    expect(await pins.set({ role: 'technician', pin: WRONG }, 'cashier')).toEqual(refused('pins-unreadable'));
    expect(pins.view('cashier')).toMatchObject({
      trouble: 'damaged',
      pins: { manager: { set: true, maySet: 'no' }, technician: { set: true, maySet: 'no' } },
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(await pins.reset('technician', WRONG)).toMatchObject({ ok: true });
    expect(await pins.check('technician', WRONG)).toMatchObject({ ok: true });
  });

  it('that cannot be opened lets nobody in', async () => {
    mkdirSync(path);
    expect(await pins.check('manager', RIGHT)).toEqual(refused('pins-unreadable'));
    expect(pins.view('cashier').trouble).toBe('io');
    chmodSync(path, 0o700);
  });
});

describe('who may set whose PIN', () => {
  const NO = 'no' as const;
  const YES = 'yes' as const;
  const OWN = 'with-current' as const;

  it.each([
    // whose, how it stands, where, [cashier, manager, technician]
    ['manager', 'none', 'practice', [YES, YES, YES]],
    ['manager', 'initial', 'practice', [OWN, OWN, YES]],
    ['manager', 'own', 'practice', [NO, OWN, YES]],
    ['manager', 'none', 'live', [NO, NO, YES]],
    ['manager', 'initial', 'live', [OWN, OWN, YES]],
    ['manager', 'own', 'live', [NO, OWN, YES]],
    ['technician', 'none', 'practice', [YES, YES, YES]],
    ['technician', 'initial', 'practice', [OWN, OWN, OWN]],
    ['technician', 'own', 'practice', [NO, NO, OWN]],
    ['technician', 'none', 'live', [NO, NO, NO]],
    ['technician', 'initial', 'live', [OWN, OWN, OWN]],
    ['technician', 'own', 'live', [NO, NO, OWN]],
  ] as const)(
    'the PIN of the %s (%s, %s) may be set by cashier, manager, technician: %j',
    (target, state, environment, may) => {
      expect(
        (['cashier', 'manager', 'technician'] as const).map((by) => maySetPin(target, state, by, environment)),
      ).toEqual(may);
    },
  );
});
