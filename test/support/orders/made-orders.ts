/** Orders in any phase, written into a real journal in a temporary folder. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal, type OpenJournal } from '../../../electron/orders/open-journal.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import { orderEntered, orderToPay, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import type { Actor } from '../../../electron/orders/machine/actor.ts';
import type { ReasonCode } from '../../../shared/order/reason.ts';
import { TEST_KEY } from '../secrets/audit-keys.ts';

export interface MadeOrder {
  readonly orderId: string;
  readonly transactionId?: string | null;
  readonly amountFen?: number | null;
  readonly createdAtMs: number;
  readonly phase: Phase;
  readonly origin?: Order['origin'];
  /** When it reached its phase; by default `createdAtMs`. */
  readonly endedAtMs?: number;
  readonly takenBy?: Actor;
  readonly endedBy?: Actor;
  readonly more?: Partial<Order>;
  /** The reason given by the person who ended it. */
  readonly why?: { readonly code: ReasonCode; readonly note?: string };
}

const CASHIER: Actor = { who: 'screen', role: 'cashier' };

/** Opens the practice journal at `path`, which tests begin or go on with. */
export function openedJournal(path: string, wallMs: number): OpenJournal {
  const opened = openJournal(path, 'practice', wallMs, TEST_KEY);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

export function freshJournal(): { readonly journal: Journal; readonly path: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-made-'));
  const path = join(folder, 'journal.sqlite');
  return { journal: openedJournal(path, Date.UTC(2026, 10, 23)).journal, path, folder };
}

/** Registers the order and brings it to its phase with one more entry. */
export function write(journal: Journal, made: MadeOrder): void {
  const {
    orderId,
    transactionId = null,
    amountFen = 1_280,
    createdAtMs,
    phase,
    origin = 'taken',
    endedAtMs = createdAtMs,
  } = made;
  const now = { wallMs: createdAtMs, monoMs: createdAtMs, run: 'run' };
  const ids = { orderId, outTradeNo: orderId, transactionId, family: 'facepay', amountFen } as const;
  const order = origin === 'taken' ? orderToPay(ids, 10_000, now) : orderEntered(ids, null, now);
  const created = journal.create(order, [
    { atMs: createdAtMs, actor: made.takenBy ?? CASHIER, event: { type: 'registered' }, effects: [] },
  ]);
  if (!created.ok) throw new Error(created.error.kind);
  const event = { type: 'cancel-tapped', by: 'cashier', ...made.why } as const;
  const next: Order = { ...order, phase, ...made.more };
  const done = journal.commit(created.value, next, [
    { atMs: endedAtMs, actor: made.endedBy ?? CASHIER, event, effects: [] },
  ]);
  if (!done.ok) throw new Error(done.error.kind);
}
