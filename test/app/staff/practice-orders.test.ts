/** What is left of a course: every practice order ends by itself, with its proof, and nobody else's is touched. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tidied } from '../../../electron/app/staff/practice-orders.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { orderToPay, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import type { Scenario } from '../../../shared/practice/scenarios.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openPracticeTerminal } from '../../support/terminal/practice-terminal.ts';
import { ownFolder } from '../../support/terminal/staff.ts';

let clock: FakeClock;
let services: Services;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = new FakeClock();
  ({ services, stop } = await openPracticeTerminal(ownFolder(), clock));
});
afterEach(() => stop());

/** An order in the journal, as an exercise leaves it. */
function left(orderId: string, phase: Phase, origin: Order['origin'] = 'taken'): void {
  const ids = { orderId, outTradeNo: orderId, transactionId: null, family: 'facepay', amountFen: 100 } as const;
  const order = { ...orderToPay(ids, 10_000, clock.read()), origin, phase };
  const actor = { who: 'screen', role: 'cashier' } as const;
  const at = { atMs: clock.read().wallMs, actor, event: { type: 'registered' }, effects: [] } as const;
  expect(services.journal.create(order, [at]).ok).toBe(true);
}

/** The same order at the practice gateway. */
const known = (outTradeNo: string, scenario: Scenario, state: 'NOTPAY' | 'SUCCESS' = 'NOTPAY'): void => {
  expect(services.practice?.seed({ outTradeNo, scenario, state, amountFen: 100 }).ok).toBe(true);
};
const phaseOf = (orderId: string): Phase | undefined => services.journal.load(orderId)?.order.phase;

const byCashier = { by: 'cashier', evenIfPaid: false } as const;

it('ends what each exercise may leave, in whatever state it was left, and each end is proved', async () => {
  const leftovers: readonly (readonly [string, Phase, Scenario, 'NOTPAY' | 'SUCCESS', string])[] = [
    ['unanswered', { name: 'paying' }, 'never-answers', 'NOTPAY', 'closed'],
    ['armed', { name: 'armed', ...byCashier, from: 'paying' }, 'paid-late', 'SUCCESS', 'refunded'],
    ['asked', { name: 'choosing', by: 'cashier', sinceMonoMs: 0 }, 'paid-late', 'SUCCESS', 'refunded'],
    ['recalled', { name: 'reversing', dueMonoMs: clock.read().monoMs + 3_600_000 }, 'recall-twice', 'NOTPAY', 'closed'],
    ['red', { name: 'attention', cause: 'signature', errCode: 'SIGNERROR' }, 'sign-error', 'NOTPAY', 'closed'],
  ];
  for (const [orderId, phase, scenario, state] of leftovers) {
    left(orderId, phase);
    known(orderId, scenario, state);
  }
  services.engine.start();
  expect(tidied(services)).toEqual({ ok: true, value: null });
  await expect
    .poll(
      async () => {
        await clock.advance(500);
        return leftovers.map(([orderId]) => [orderId, phaseOf(orderId)]);
      },
      { interval: 20 },
    )
    .toMatchObject(leftovers.map(([orderId, , , , outcome]) => [orderId, { name: 'cancelled', outcome }]));
  expect(services.practice?.ledger.violations).toEqual([]);
});

it('touches no order that was typed in, none that the practice gateway does not know, and none that has ended', () => {
  const red: Phase = { name: 'attention', cause: 'signature', errCode: 'SIGNERROR' };
  left('typed', red, 'entered');
  known('typed', 'sign-error');
  left('strange', red);
  left('paid', { name: 'paid' });
  known('paid', 'sign-error', 'SUCCESS');
  const before = ['typed', 'strange', 'paid'].map((orderId) => services.journal.load(orderId));
  expect(tidied(services)).toEqual({ ok: true, value: null });
  expect(['typed', 'strange', 'paid'].map((orderId) => services.journal.load(orderId))).toEqual(before);
});

it('is refused where the money is real, and says so when it cannot be saved', () => {
  expect(tidied({ ...services, practice: null })).toEqual({ ok: false, error: 'not-practice' });
  left('armed', { name: 'paying' });
  known('armed', 'never-answers');
  const engine = { ...services.engine, tell: () => ({ ok: false, error: 'not-saved' }) as const };
  expect(tidied({ ...services, engine })).toEqual({ ok: false, error: 'not-saved' });
});
