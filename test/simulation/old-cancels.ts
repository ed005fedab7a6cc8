/** Sixty cancels from an hour ago, each attempted a few times already, as a terminal finds them after a long outage. */
import { steadyAt } from '../../electron/base/watched-clock.ts';
import { orderEntered, type Order } from '../../electron/orders/machine/order.ts';
import type { SimLedger } from './world/ledger.ts';
import type { TerminalRoom } from './world/sim-process.ts';

const OLD_CANCELS = 60;
const AGO_MS = 3_600_000;

/** Writes them into the journal as a process that has ended left them, and into WeChat's ledger. */
export function oldCancels({ room, disk, checks, choices }: TerminalRoom, ledger: SimLedger): void {
  const journal = disk.open();
  const now = { wallMs: room.wallMs, monoMs: room.monoMs, run: 'boot-1/run-0' };
  for (let index = 0; index < OLD_CANCELS; index += 1) {
    const number = `old-${String(index)}`;
    const { transactionId } = ledger.seed(number, choices.between(1, 99_999), room.nowMs - AGO_MS, choices.chance(0.5));
    for (const known of [number, transactionId]) checks.entered(known, room.nowMs - AGO_MS);
    const ids = {
      orderId: number,
      outTradeNo: number,
      transactionId: null,
      family: 'facepay' as const,
      amountFen: null,
    };
    const entered = orderEntered(ids, now.wallMs - AGO_MS, now, steadyAt(now.wallMs));
    const order: Order = {
      ...entered,
      phase: { name: 'reversing', dueMonoMs: now.monoMs },
      query: { ...entered.query, dueMonoMs: null },
      reverse: {
        ...entered.reverse,
        count: 3,
        firstAt: { ...now, monoMs: now.monoMs - AGO_MS / 2 },
        lastResult: 'timeout',
      },
    };
    journal.create(order, []);
    checks.asked.add(number);
  }
  journal.close();
}
