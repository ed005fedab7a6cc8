/** The cashiers' list and the shift: the rules, and the file that keeps them. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signedOff, signedOn, unnamedRoster, withName, withoutName, type Roster } from '../../electron/staff/roster.ts';
import { openRosterStore } from '../../electron/staff/roster-store.ts';
import { CASHIERS_MAX, cashierNameSchema } from '../../shared/contract/shift.ts';
import type { Result } from '../../shared/result.ts';
import { ownFolder } from '../support/terminal/staff.ts';

const got = <Value>(result: Result<Value, string>): Value => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};
const refused = (error: string): object => ({ ok: false, error });
const named: Roster = { ...unnamedRoster, names: ['王芳', '李强'] };

describe('a shift', () => {
  it('is taken by a name on the list, and handed over to the next', () => {
    const fang = got(signedOn(named, '王芳', 5));
    expect(fang.on).toEqual({ name: '王芳', sinceMs: 5 });
    const left = got(signedOff(fang, ['pos-1'], 9));
    expect([left.on, left.left]).toEqual([null, { by: '王芳', atMs: 9, orderIds: ['pos-1'] }]);
    expect(got(signedOn(left, '李强', 10))).toMatchObject({ on: { name: '李强' }, left: null });
  });

  it('cannot be taken from a cashier who has it by name, nor without a name if there are names', () => {
    const fang = got(signedOn(named, '王芳', 5));
    expect(signedOn(fang, '李强', 6)).toEqual(refused('shift-taken'));
    expect(signedOn(fang, null, 6)).toEqual(refused('shift-taken'));
    expect(signedOn({ ...named, on: null }, null, 6)).toEqual(refused('unknown-cashier'));
    expect(signedOn({ ...named, on: null }, '赵云', 6)).toEqual(refused('unknown-cashier'));
  });

  it('goes on without names where a shop has none', () => {
    const left = got(signedOff(unnamedRoster, [], 1));
    expect(signedOff(left, [], 2)).toEqual(refused('nobody-on-shift'));
    expect(got(signedOn(left, null, 3)).on).toEqual({ name: null, sinceMs: 3 });
  });
});

describe('the list of cashiers', () => {
  it('has each name once, however it is written', () => {
    expect(withName(named, '王芳')).toEqual(refused('name-taken'));
    expect(withName({ ...named, names: ['Anna'] }, 'ＡＮＮＡ')).toEqual(refused('name-taken'));
    expect(got(withName(named, '赵云')).names).toEqual(['王芳', '李强', '赵云']);
    const full = { ...named, names: Array.from({ length: CASHIERS_MAX }, (_, n) => `c${String(n)}`) };
    expect(withName(full, '赵云')).toEqual(refused('too-many-cashiers'));
  });

  it('keeps who is on shift', () => {
    const fang = got(signedOn(named, '王芳', 5));
    expect(withoutName(fang, '王芳')).toEqual(refused('cashier-on-shift'));
    expect(withoutName(fang, '赵云')).toEqual(refused('unknown-cashier'));
    expect(got(withoutName(fang, '李强')).names).toEqual(['王芳']);
  });

  it.each(['', '   ', 'x'.repeat(17), 'a\nb', 'a\u0000b', 'a\u202Eb', '\u200B'])(
    'takes no name that cannot be read: %j',
    (name) => {
      expect(cashierNameSchema.safeParse(name).success).toBe(false);
    },
  );

  it('comes back from the disk as it was, whatever the names', () => {
    const path = join(ownFolder(), 'crew.json');
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 16 })
      .map((text) => text.trim())
      .filter((text) => cashierNameSchema.safeParse(text).success);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 5 }), (names) => {
        const roster: Roster = {
          ...unnamedRoster,
          names: names.map((text) => cashierNameSchema.parse(text)),
          left: { by: null, atMs: 1, orderIds: ['pos-1'] },
          on: null,
        };
        expect(openRosterStore(path, 1).change(roster)).toMatchObject({ ok: true });
        expect(openRosterStore(path, 2)).toMatchObject({ setAside: null });
        expect(openRosterStore(path, 2).now()).toEqual(roster);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a file of the crew', () => {
  it('that is damaged is set aside unchanged; then nobody is on shift, and a new file is begun', () => {
    const folder = ownFolder();
    const path = join(folder, 'crew.json');
    writeFileSync(path, '{"v":1,"names":["王');
    const store = openRosterStore(path, 77);
    expect([store.now().on, store.now().names, store.setAside]).toEqual([null, [], `${path}.damaged-77`]);
    expect(readFileSync(`${path}.damaged-77`, 'utf8')).toBe('{"v":1,"names":["王');
    expect(store.change(named)).toMatchObject({ ok: true });
    expect(openRosterStore(path, 78).now()).toEqual(named);
  });

  it('that cannot be read is never written over: a shift is begun without it, no name is, and it counts again once it reads', () => {
    const path = join(ownFolder(), 'crew.json');
    expect(openRosterStore(path, 1).change(named)).toMatchObject({ ok: true });
    const text = readFileSync(path);
    rmSync(path);
    rmSync(`${path}.kept`, { force: true });
    mkdirSync(path);
    const store = openRosterStore(path, 2);
    expect([store.now(), store.trouble()]).toEqual([{ ...unnamedRoster, on: null }, 'unreadable']);
    expect(store.change(got(withName(store.now(), '赵云')))).toEqual(refused('not-saved'));
    expect(store.change(got(signedOn(store.now(), null, 3)))).toMatchObject({ ok: true });
    expect([store.now().on, readdirSync(path)]).toEqual([{ name: null, sinceMs: 3 }, []]);
    rmSync(path, { recursive: true });
    writeFileSync(path, text);
    expect([store.now(), store.trouble()], 'whoever has begun is none of its names').toEqual([
      { ...named, on: null },
      null,
    ]);
    expect(store.change(got(signedOn(store.now(), '王芳', 4)))).toMatchObject({ ok: true });
    expect(openRosterStore(path, 5).now().on?.name).toBe('王芳');
  });

  it.each(['', '{"v":1,"names":["王'])(
    'that reads %j now is taken from its copy, and nobody enters names again',
    (text) => {
      const path = join(ownFolder(), 'crew.json');
      const fang = got(signedOn({ ...named, on: null }, '王芳', 5));
      expect(openRosterStore(path, 1).change(fang)).toMatchObject({ ok: true });
      writeFileSync(path, text);
      const store = openRosterStore(path, 2);
      expect([store.now(), store.trouble()]).toEqual([fang, null]);
    },
  );

  it('that was put aside is said over restarts, until names are entered', () => {
    const path = join(ownFolder(), 'crew.json');
    writeFileSync(path, '{"v":1,"names":["王');
    expect(openRosterStore(path, 1).trouble()).toBe('set-aside');
    const next = openRosterStore(path, 2);
    expect([next.trouble(), next.setAside]).toEqual(['set-aside', null]);
    expect(next.change(got(withName(next.now(), '王芳')))).toMatchObject({ ok: true });
    expect([next.trouble(), openRosterStore(path, 3).trouble()]).toEqual([null, null]);
  });

  it('that cannot be written changes nothing', () => {
    const folder = ownFolder();
    const inTheWay = join(folder, 'file');
    writeFileSync(inTheWay, '');
    const store = openRosterStore(join(inTheWay, 'crew.json'), 1);
    expect(store.change(named)).toEqual(refused('not-saved'));
    expect(store.now().names).toEqual([]);
    expect([existsSync(join(folder, 'crew.json')), readdirSync(folder)]).toEqual([false, ['file']]);
  });
});
