import { describe, expect, test } from 'vitest';
import {
  entryBegun,
  hasWrongText,
  problemAt,
  sentFields,
  withDraft,
  withFields,
  withLeft,
  withStep,
  withText,
  wouldBeLost,
  type Entry,
} from '../../../../renderer/back-office/setup/setup-form.ts';
import { planFor, wholePlan } from '../../../../renderer/back-office/setup/plan.ts';
import { emptyDraft as draft, freshState as state, setupFields } from '../../../support/terminal/setup-fields.ts';

const begun = (change: Partial<Entry> = {}): Entry => ({ ...entryBegun(state, draft, wholePlan(true)), ...change });

describe('what is being entered', () => {
  test('begins with what is stored, at the first step of its plan', () => {
    expect(begun()).toMatchObject({ fields: setupFields, step: 'mode', furthest: 'mode' });
    expect(entryBegun(state, draft, planFor('certificate')).step).toBe('certificate');
  });

  test('keeps all that was typed when one goes back and on again', () => {
    const typed = withText(withStep(begun(), 'ids'), 'appid', 'wx123');
    const again = withStep(withStep(typed, 'mode'), 'ids');
    expect(again.fields.appid).toBe('wx123');
    expect(again.furthest).toBe('ids');
  });

  test('keeps the sub ids while the mode is tried out, and does not send them for a direct merchant', () => {
    const direct = withFields(begun(), { mode: 'merchant' });
    expect(direct.fields.subMchId).toBe('1900000999');
    expect(sentFields(direct)).toMatchObject({ mode: 'merchant', subMchId: '', subAppid: '' });
    expect(sentFields(withFields(direct, { mode: 'partner' })).subMchId).toBe('1900000999');
  });

  test('takes a step into the plan that something is to be put right on', () => {
    expect(withStep(entryBegun(state, draft, planFor('certificate')), 'key').plan).toEqual([
      'key',
      'certificate',
      'finish',
    ]);
  });
});

describe('leaving', () => {
  test.each([
    ['nothing was typed', begun(), false],
    ['a field was typed', withText(begun(), 'mchId', '1900000201'), true],
    ['a field was typed and taken back', withText(withText(begun(), 'mchId', '19'), 'mchId', setupFields.mchId), false],
    ['another choice was made', withFields(begun(), { signType: 'MD5' }), true],
    ['a secret was given', withDraft(begun(), { ...draft, apiKey: 'given' }), true],
  ])('where %s', (_what, entry, loses) => {
    expect(wouldBeLost(entry, setupFields)).toBe(loses);
  });
});

describe('what is wrong', () => {
  test('is no longer said of a field that is typed into again, until it is left again', () => {
    const left = withLeft(withText(withStep(begun(), 'ids'), 'mchId', '19a'), ['mchId', 'appid']);
    expect(problemAt(left, 'mchId')).toBe('digits-only');
    const typing = withText(left, 'mchId', '19ab');
    expect([problemAt(typing, 'mchId'), typing.left.has('appid')]).toEqual([null, true]);
    expect(problemAt(withLeft(typing, ['mchId']), 'mchId')).toBe('digits-only');
  });

  test('is not said of a field that nobody has left yet', () => {
    const typing = withText(withStep(begun(), 'ids'), 'mchId', '19a');
    expect(problemAt(typing, 'mchId')).toBeNull();
    expect(problemAt(withLeft(typing, ['mchId']), 'mchId')).toBe('digits-only');
    expect(hasWrongText(typing)).toBe(true);
  });

  test('by main’s word stands at its field until that is typed in again, and at no other', () => {
    const told = begun({
      problems: [
        { field: 'mchId', code: 'merchant-refused' },
        { field: 'appid', code: 'merchant-refused' },
      ],
    });
    const typed = withText(told, 'mchId', '1900000108');
    expect(problemAt(typed, 'mchId')).toBeNull();
    expect(problemAt(typed, 'appid')).toBe('merchant-refused');
  });

  test('with a secret goes when another one is given', () => {
    const told = begun({
      problems: [
        { field: 'apiKey', code: 'sign-refused' },
        { field: 'appid', code: 'missing' },
      ],
    });
    expect(withDraft(told, { ...draft, apiKey: 'given' }).problems).toEqual([{ field: 'appid', code: 'missing' }]);
  });

  test('with a sub id is nobody’s business in a direct merchant’s form', () => {
    const direct = withLeft(withText(withFields(begun(), { mode: 'merchant' }), 'subMchId', 'abc'), ['subMchId']);
    expect(problemAt(direct, 'subMchId')).toBeNull();
  });
});
