import { expect, test } from 'vitest';
import { problemWithPins } from '../../../../renderer/back-office/setup/pin-rules.ts';

test.each([
  ['864209', '864209', null],
  ['86420', '86420', { at: 'pin', code: 'pin-shape' }],
  ['', '', { at: 'pin', code: 'pin-shape' }],
  ['8642097531864', '8642097531864', { at: 'pin', code: 'pin-shape' }],
  ['86420a', '86420a', { at: 'pin', code: 'pin-shape' }],
  ['864209', '864200', { at: 'again', code: 'pins-differ' }],
  ['864209', '', { at: 'again', code: 'pins-differ' }],
])('the PIN %j typed again as %j has the problem %o', (pin, again, problem) => {
  expect(problemWithPins({ pin, again })).toEqual(problem);
});
