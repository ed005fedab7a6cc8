/** The chain's arithmetic and its key. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeColumns, nextMac, sealOf, type ChainRow } from '../../../electron/orders/journal/chain.ts';
import { auditKey } from '../../../electron/orders/journal/chain-key.ts';
import { OTHER_KEY, TEST_KEY } from '../../support/secrets/audit-keys.ts';

const ROW: ChainRow = {
  orderId: 'a',
  at: 1,
  who: 'screen',
  role: 'cashier',
  event: '{}',
  effects: '[]',
  phase: '{}',
  stateDigest: null,
};
const BEFORE = Buffer.alloc(32);

const text = fc.oneof(fc.constantFrom('', 'n', 't1:a', '|', ':', 'i1|', '王芳'), fc.string());
const row: fc.Arbitrary<ChainRow> = fc.record({
  orderId: fc.option(text),
  at: fc.integer(),
  who: text,
  role: fc.option(text),
  event: text,
  effects: text,
  phase: text,
  stateDigest: fc.option(fc.uint8Array({ minLength: 32, maxLength: 32 })),
});

test('two different entries never read the same', () => {
  fc.assert(
    fc.property(row, row, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(encodeColumns(one) === encodeColumns(other)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});

test('what moves from one column to the next is another entry, and so is nothing in place of an empty text', () => {
  const variants: ChainRow[] = [
    ROW,
    { ...ROW, who: 'scree', role: 'ncashier' },
    { ...ROW, role: null },
    { ...ROW, role: '' },
    { ...ROW, orderId: null },
    { ...ROW, at: 11 },
    { ...ROW, event: '{}[', effects: ']' },
  ];
  expect(new Set(variants.map(encodeColumns)).size).toBe(variants.length);
});

test('a mac depends on the key, on the one before, on the number and on every column', () => {
  const columns = encodeColumns(ROW);
  const macs = [
    nextMac(TEST_KEY, BEFORE, 1, columns),
    nextMac(OTHER_KEY, BEFORE, 1, columns),
    nextMac(TEST_KEY, Buffer.alloc(32, 1), 1, columns),
    nextMac(TEST_KEY, BEFORE, 2, columns),
    ...Object.keys(ROW).map((name) =>
      nextMac(
        TEST_KEY,
        BEFORE,
        1,
        encodeColumns({ ...ROW, [name]: name === 'at' ? 2 : name === 'stateDigest' ? BEFORE : 'other' }),
      ),
    ),
  ].map((mac) => mac.toString('hex'));
  expect(new Set(macs).size).toBe(macs.length);
});

test('no kind of mac can be passed off as another', () => {
  expect(sealOf(TEST_KEY, 1, BEFORE).equals(nextMac(TEST_KEY, BEFORE, 1, ''))).toBe(false);
  const purposes = (['name', 'row.', 'seal', 'head', 'file'] as const).map((purpose) =>
    TEST_KEY.mac(purpose, 'x').toString('hex'),
  );
  expect(new Set(purposes).size).toBe(5);
});

test('a key is the same for the same secret, and shows nothing of itself when it is logged or cloned', () => {
  const secret = Buffer.alloc(32, 0xab);
  expect(auditKey(secret).mac('row.', 'x')).toEqual(auditKey(secret).mac('row.', 'x'));
  expect(auditKey(secret).id).toMatch(/^[0-9a-f]{16}$/);
  const key = auditKey(secret);
  expect(JSON.parse(JSON.stringify(key))).toEqual({ id: key.id });
  expect(inspect(key, { depth: 9, showHidden: true })).not.toContain('abab');
});
