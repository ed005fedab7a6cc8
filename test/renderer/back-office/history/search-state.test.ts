/** A person's search entry, as the filter that main gets. */
import { describe, expect, it } from 'vitest';
import {
  cleanAmount,
  cleanNumber,
  isWrongNumber,
  filterOf,
  initialSearch,
  stateGroups,
  typedInto,
} from '../../../../renderer/back-office/history/search-state.ts';
import { EVERYTHING, historyFilterSchema, orderStateSchema } from '../../../../shared/contract/history.ts';

describe('a search', () => {
  it('for nothing is for everything', () => {
    expect(filterOf(initialSearch)).toEqual(EVERYTHING);
  });

  it('combines all that was entered, in the contract’s shape', () => {
    const filter = filterOf({
      ...initialSearch,
      number: '8821',
      amount: '10-20',
      days: { from: 20_780, to: 20_781 },
      groups: ['paid', 'failed'],
      cashier: 'screen',
    });
    expect(historyFilterSchema.parse(filter)).toEqual({
      text: '8821',
      fromDay: '2026-11-23',
      toDay: '2026-11-24',
      states: ['paid', 'failed', 'not-found'],
      amountFen: { min: 1_000, max: 2_000 },
      cashier: 'screen',
    });
  });

  it('shows a number as it is understood, and what is none as wrong', () => {
    expect(cleanNumber(' ４２００ 0002\u00A072')).toBe('4200000272');
    expect(cleanNumber('`S01@0001')).toBe('S01@0001');
    expect(isWrongNumber(cleanNumber('x'.repeat(40)))).toBe(true);
    expect(cleanAmount('¥１，２３４。５')).toBe('1234.5');
  });

  it('types into the field that has the keys', () => {
    expect(typedInto({ ...initialSearch, number: '88' }, (text) => `${text}2 1`)).toEqual({ number: '8821' });
    expect(typedInto({ ...initialSearch, field: 'amount' }, () => '1x2')).toEqual({ amount: '1x2' });
  });

  it('has a group for every state that an order can be in', () => {
    const inGroups = stateGroups.flatMap((group) => filterOf({ ...initialSearch, groups: [group] }).states);
    expect([...inGroups].sort()).toEqual(orderStateSchema.options.filter((state) => state !== 'unreadable').sort());
  });
});
