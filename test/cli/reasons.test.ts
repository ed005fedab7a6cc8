/** Reasons on the command line: a code, words, or both. */
import { describe, expect, it } from 'vitest';
import { readCommandLine } from '../../electron/cli/arguments.ts';

const read = (...args: string[]): ReturnType<typeof readCommandLine> => readCommandLine(args, 1_800_000_000_000);

describe('facepay cancel', () => {
  it.each([
    [[], null],
    [['--reason-code', 'duplicate'], { code: 'duplicate', note: null }],
    [['--reason-code', 'duplicate', '--reason', ' two receipts '], { code: 'duplicate', note: 'two receipts' }],
    [['--reason', 'the shop closed'], { code: 'other', note: 'the shop closed' }],
    [['--reason-code', 'other', '--reason', 'the shop closed'], { code: 'other', note: 'the shop closed' }],
  ])('with %j takes the reason %j', (args, why) => {
    expect(read('cancel', 'pos-1', ...args)).toMatchObject({ ok: true, value: { command: { name: 'cancel', why } } });
  });

  it.each([
    [['--reason-code', 'bored'], '--reason-code', 'unknown-reason'],
    [['--reason-code', 'other'], '--reason', 'missing'],
    [['--reason', 'two\nlines'], '--reason', 'reason-characters'],
    [['--reason', 'same-as:pos-2'], '--reason', 'reason-characters'],
    [['--reason', 'x'.repeat(201)], '--reason', 'reason-too-long'],
  ])('refuses %j', (args, field, code) => {
    expect(read('cancel', 'pos-1', ...args)).toEqual({ ok: false, error: [{ field, code }] });
  });
});

describe('facepay settle', () => {
  it('keeps its words, and takes a code beside them', () => {
    expect(read('settle', 'pos-1', '--reason', 'paid back in cash')).toMatchObject({
      ok: true,
      value: { command: { reason: 'paid back in cash', code: null } },
    });
    expect(read('settle', 'pos-1', '--reason', 'paid back', '--reason-code', 'wrong-amount')).toMatchObject({
      ok: true,
      value: { command: { reason: 'paid back', code: 'wrong-amount' } },
    });
  });

  it.each([
    [['--reason-code', 'duplicate'], '--reason', 'missing'],
    [['--reason', 'x', '--reason-code', 'bored'], '--reason-code', 'unknown-reason'],
    [['--reason', 'refund-made:'], '--reason', 'reason-characters'],
  ])('refuses %j', (args, field, code) => {
    expect(read('settle', 'pos-1', ...args)).toEqual({ ok: false, error: [{ field, code }] });
  });
});
