import { expect, test } from 'vitest';
import { secretsIn } from './canaries.ts';

const canaries = { key: 'CanaryApiKey0123456789abcdefghij' };
const around = (middle: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from('before '), Buffer.from(middle), Buffer.from(' after')]);

test.each([
  ['plain', Buffer.from(canaries.key)],
  ['UTF-16', Buffer.from(canaries.key, 'utf16le')],
  ['hex', Buffer.from(Buffer.from(canaries.key).toString('hex'))],
  ['base64', Buffer.from(Buffer.from(canaries.key).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`x${canaries.key}yz`).toString('base64'))],
  ['base64', Buffer.from(Buffer.from(`xy${canaries.key}`).toString('base64url'))],
])('a secret is found in this form: %s', (form, bytes) => {
  expect(secretsIn(around(bytes), canaries)).toEqual([`key (${form})`]);
});

test('what only resembles it is not', () => {
  expect(secretsIn(around('CanaryApiKey0123456789abcdefghiJ'), canaries)).toEqual([]);
});
