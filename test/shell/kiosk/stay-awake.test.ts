/** The display must stay on while an order needs a person; tested with a made-up blocker. */
import { describe, expect, it } from 'vitest';
import { stayAwake, wakesFor } from '../../../electron/shell/kiosk/stay-awake.ts';
import { order } from '../../support/screen/fake-orders.ts';

const paying = order({ name: 'paying', windowEndsInMs: 1, declined: null, cancelFirst: false });
const stuck = order(
  { name: 'attention', cause: 'expired', errCode: null, handedOver: false },
  { standing: 'attention' },
);
const choosing = order({ name: 'choosing' });

function awake({ minimised = false } = {}) {
  const did: string[] = [];
  let id = 0;
  const window = { isDestroyed: () => false, isMinimized: () => minimised, restore: () => void did.push('restore') };
  const { tookOrder } = stayAwake(
    { start: () => (did.push(`start ${String(++id)}`), id), stop: (last) => did.push(`stop ${String(last)}`) },
    () => window,
  );
  return { did, tookOrder };
}

describe('the display', () => {
  it('is kept from sleeping from the start', () => {
    expect(awake().did).toEqual(['start 1']);
  });

  it.each([
    ['needs a manager', stuck],
    ['needs a choice', choosing],
  ] as const)('is asked for once when an order %s, without a gap in the block', (_what, view) => {
    const { did, tookOrder } = awake();
    tookOrder(paying);
    tookOrder(view);
    tookOrder(view);
    expect(did).toEqual(['start 1', 'start 2', 'stop 1']);
  });

  it('is asked for again when the same order needs somebody again', () => {
    const { did, tookOrder } = awake();
    [stuck, paying, choosing].forEach(tookOrder);
    expect(did).toEqual(['start 1', 'start 2', 'stop 1', 'start 3', 'stop 2']);
  });

  it('gets back a window that was put away', () => {
    const { did, tookOrder } = awake({ minimised: true });
    tookOrder(stuck);
    expect(did.at(-1)).toBe('restore');
  });
});

it('remembers no order that needs nobody any more', () => {
  const { known } = wakesFor(new Set(), stuck);
  expect([...known]).toEqual([stuck.orderId]);
  expect(wakesFor(known, paying)).toEqual({ wakes: false, known: new Set() });
});
