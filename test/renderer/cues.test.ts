import { expect, test } from 'vitest';
import { cueFor } from '../../renderer/cues.ts';
import { order } from '../support/fake-orders.ts';

const paying = order({ name: 'paying', windowEndsInMs: 0, declined: null });
const cancelled = order({ name: 'cancelled', outcome: 'closed', proof: 'CLOSED' });
const stuck = order({ name: 'attention', cause: 'expired', errCode: null });

test('an order is heard when it ends or needs somebody, and not otherwise', () => {
  expect(cueFor(paying, cancelled)).toBe('cancelled');
  expect(cueFor(paying, stuck)).toBe('attention');
  expect(cueFor(paying, order({ name: 'armed', firesInMs: 9_000, lastLook: false }))).toBeNull();
});

test('what was so before the screen knew it is not heard', () => {
  expect(cueFor(undefined, stuck)).toBeNull();
  expect(cueFor(stuck, stuck)).toBeNull();
});
