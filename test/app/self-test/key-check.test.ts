import { expect, test } from 'vitest';
import { keyCheck } from '../../../electron/app/self-test/settings-checks.ts';
import { fail } from '../../../shared/result.ts';

test.each([
  ['passphrase-needed', 'passphrase-needed'],
  ['in-key-store', 'in-key-store'],
  ['key-store-unavailable', 'key-store-unavailable'],
  ['key-store-refused', 'key-store-refused'],
  ['wrong-key', 'wrong-key'],
  ['io', 'unreadable'],
] as const)('a key that is not there for the reason %s fails as %s', (problem, code) => {
  expect(keyCheck(fail(problem), [])).toMatchObject({ id: 'key', verdict: 'fail', code });
});
