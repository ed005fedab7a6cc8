/** How long the journal takes to write to disk: one commit with everything that belongs to it. */
import { systemClock } from '../../electron/base/clock.ts';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import { orderToPay } from '../../electron/orders/machine/order.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';

/** For this many new orders, in ms each. */
export function commitTimes(path: string, count: number): readonly number[] {
  const clock = systemClock();
  const opened = openJournal(path, 'practice', clock.read().wallMs, TEST_KEY);
  if (!opened.ok) throw new Error(opened.error);
  const { journal } = opened.value;
  const all = Array.from({ length: count }, (_, n) => {
    const no = `commit${String(n)}`;
    const order = orderToPay(
      { orderId: no, outTradeNo: no, transactionId: null, family: 'facepay', amountFen: 100 },
      10_000,
      clock.read(),
    );
    const startMs = performance.now();
    const created = journal.create(order, [{ atMs: 1, actor: THE_APP, event: { type: 'registered' }, effects: [] }]);
    const tookMs = performance.now() - startMs;
    if (!created.ok) throw new Error(created.error.kind);
    return tookMs;
  });
  journal.close();
  return all;
}
