import { describe, expect, test } from 'vitest';
import {
  noPins,
  problemWithPins,
  shownPinProblem,
  withPinLeft,
  withPinsSent,
  withPinTyped,
} from '../../../../renderer/back-office/setup/pin-rules.ts';

const KNOWN = ['1900864209'];

test.each([
  ['905183', '905183', null],
  ['90518', '90518', { at: 'pin', code: 'pin-shape' }],
  ['', '', { at: 'pin', code: 'pin-shape' }],
  ['9051837264815', '9051837264815', { at: 'pin', code: 'pin-shape' }],
  ['90518a', '90518a', { at: 'pin', code: 'pin-shape' }],
  ['123456', '', { at: 'pin', code: 'pin-trivial' }],
  ['864209', '864209', { at: 'pin', code: 'pin-trivial' }],
  ['905183', '905180', { at: 'again', code: 'pins-differ' }],
  ['905183', '', { at: 'again', code: 'pins-differ' }],
])('the PIN %j typed again as %j has the problem %o', (pin, again, problem) => {
  expect(problemWithPins({ pin, again }, KNOWN)).toEqual(problem);
});

describe('what is wrong with a PIN', () => {
  const bad = withPinTyped(noPins, 'pin', '123456');

  test('is said when its field is left, before it is typed a second time, and not while it is typed', () => {
    expect(shownPinProblem(bad, KNOWN)).toBeNull();
    expect(shownPinProblem(withPinLeft(bad), KNOWN)).toEqual({ at: 'pin', code: 'pin-trivial' });
    expect(shownPinProblem(withPinTyped(withPinLeft(bad), 'pin', '1234567'), KNOWN)).toBeNull();
  });

  test('is not said of a field that was left empty, until the person wants to go on', () => {
    expect(shownPinProblem(withPinLeft(noPins), KNOWN)).toBeNull();
    expect(shownPinProblem(withPinsSent(noPins), KNOWN)).toEqual({ at: 'pin', code: 'pin-shape' });
    const once = withPinLeft(withPinTyped(noPins, 'pin', '905183'));
    expect(shownPinProblem(once, KNOWN)).toBeNull();
    expect(shownPinProblem(withPinsSent(once), KNOWN)).toEqual({ at: 'again', code: 'pins-differ' });
  });

  test('is not that the second typing is another one, while the first is typed anew', () => {
    const both = withPinLeft(withPinTyped(withPinTyped(noPins, 'pin', '905183'), 'again', '905180'));
    expect(shownPinProblem(both, KNOWN)).toEqual({ at: 'again', code: 'pins-differ' });
    expect(shownPinProblem(withPinTyped(both, 'pin', '90518'), KNOWN)).toBeNull();
  });
});
