/** The promises of every journal, tested on the SQLite file of one terminal. */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { THE_APP } from '../../../electron/orders/machine/actor.ts';
import type { Entry, Journal, Stored } from '../../../electron/orders/journal/journal.ts';
import { orderEntered, orderToPay, type Order, type Phase } from '../../../electron/orders/machine/order.ts';
import { attemptsOf, timelineOf } from '../../../electron/orders/views/timeline.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { temporaryFolder } from '../../support/command.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const T = '4200000272201902213633768503';
const REGISTERED: Entry = { atMs: 1, actor: THE_APP, event: { type: 'registered' }, effects: [] };
const TIMER: Entry = { atMs: 2, actor: THE_APP, event: { type: 'timer' }, effects: [] };
const ARMED: Phase = { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' };

let path: string;
let journal: Journal;
let clock: FakeClock;

const opened = (): Journal => {
  const result = openJournal(path, 'practice', 0, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value.journal;
};

beforeEach(() => {
  path = join(temporaryFolder(), 'deep', 'journal.sqlite');
  journal = opened();
  clock = new FakeClock();
});
afterEach(() => {
  journal.close();
});

function taken(outTradeNo: string): Order {
  clock.jumpWall(1_000);
  const ids = { orderId: outTradeNo, outTradeNo, transactionId: null, family: 'facepay' as const, amountFen: 100 };
  return orderToPay(ids, 10_000, clock.read());
}
function enteredBy(transactionId: string): Order {
  const ids = {
    orderId: `wx-${transactionId}`,
    outTradeNo: null,
    transactionId,
    family: 'facepay' as const,
    amountFen: null,
  };
  return orderEntered(ids, null, clock.read());
}
function created(order: Order): Stored {
  const result = journal.create(order, [REGISTERED]);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}
function committed(stored: Stored, next: Order, ...entries: Entry[]): Stored {
  const result = journal.commit(stored, next, entries.length === 0 ? [TIMER] : entries);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}
/** What a person with the file alone could do. */
function raw(sql: string, ...values: string[]): unknown {
  const db = new DatabaseSync(path);
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

describe('an order', () => {
  it('is read back as it was written, under its id and both its numbers', () => {
    const order = { ...taken('pos-1'), transactionId: T };
    created(order);
    for (const stored of [journal.load('pos-1'), journal.find('pos-1'), journal.find(T)])
      expect(stored).toEqual({ order, version: 1 });
    expect([journal.load('pos-2'), journal.find('pos-2'), journal.find(''), journal.load(T)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('rises by one version a commit, and keeps every entry in its order', () => {
    const first = created(taken('pos-1'));
    const second = committed(
      first,
      { ...first.order, phase: ARMED },
      { atMs: 5, actor: THE_APP, event: { type: 'cancel-tapped', by: 'cashier' }, effects: [] },
    );
    const third = committed(second, second.order, {
      atMs: 6,
      actor: THE_APP,
      event: { type: 'timer' },
      effects: [{ kind: 'send-query', n: 1 }],
    });
    expect(third.version).toBe(3);
    expect(journal.load('pos-1')).toEqual(third);
    expect(journal.history('pos-1')).toEqual([
      { ...REGISTERED, seq: 1, phase: { name: 'paying' } },
      { atMs: 5, actor: THE_APP, event: { type: 'cancel-tapped', by: 'cashier' }, effects: [], seq: 2, phase: ARMED },
      {
        atMs: 6,
        actor: THE_APP,
        event: { type: 'timer' },
        effects: [{ kind: 'send-query', n: 1 }],
        seq: 3,
        phase: ARMED,
      },
    ]);
  });

  it('is not written over what somebody else wrote since it was loaded', () => {
    const stored = created(taken('pos-1'));
    committed(stored, { ...stored.order, phase: ARMED });
    expect(journal.commit(stored, { ...stored.order, phase: { name: 'paid' } }, [TIMER])).toEqual({
      ok: false,
      error: { kind: 'stale' },
    });
    expect(journal.load('pos-1')).toMatchObject({ order: { phase: ARMED }, version: 2 });
    expect(journal.history('pos-1')).toHaveLength(2);
    expect(journal.commit({ ...stored, order: taken('pos-9') }, taken('pos-9'), [TIMER])).toEqual({
      ok: false,
      error: { kind: 'stale' },
    });
  });

  it('is not there twice: the refusal names the order that has the number', () => {
    created({ ...taken('pos-1'), transactionId: T });
    const duplicate = { ok: false, error: { kind: 'duplicate', orderId: 'pos-1' } };
    expect(journal.create(taken('pos-1'), [REGISTERED])).toEqual(duplicate);
    expect(journal.create({ ...taken('pos-1'), orderId: 'other' }, [REGISTERED])).toEqual(duplicate);
    expect(journal.create(enteredBy(T), [REGISTERED])).toEqual(duplicate);
    const other = created(taken('pos-2'));
    expect(journal.commit(other, { ...other.order, transactionId: T }, [TIMER])).toEqual(duplicate);
    expect(journal.load('pos-2')).toEqual(other);
    expect(journal.history('pos-2')).toHaveLength(1);
  });

  it('takes its number over from an entry that rests as the same order, so that each cannot wait for the other', () => {
    const own = created(taken('pos-1'));
    const alias = created(enteredBy(T));
    const resting = committed(alias, { ...alias.order, phase: { name: 'settled', reason: 'same-as:pos-1' } });
    expect(journal.find(T)).toEqual(resting);
    const known = committed(own, { ...own.order, transactionId: T });
    expect(journal.find(T)).toEqual(known);
    expect(journal.load(`wx-${T}`), 'what rests is kept').toEqual(resting);
    const third = created(taken('pos-3'));
    expect(journal.commit(third, { ...third.order, transactionId: T }, [TIMER])).toMatchObject({
      error: { orderId: 'pos-1' },
    });
  });

  it('is not found once the journal is closed, and nothing is written: an answer may come that late', () => {
    const stored = created(taken('pos-1'));
    journal.close();
    expect(journal.load('pos-1')).toBeNull();
    expect(journal.commit(stored, stored.order, [TIMER])).toEqual({ ok: false, error: { kind: 'io' } });
    journal = opened();
    expect(journal.load('pos-1')).toEqual(stored);
  });
});

describe('the lists', () => {
  const settled = (name: string, phase: Phase): Stored => {
    const stored = created(taken(name));
    return committed(stored, { ...stored.order, phase });
  };

  it('tell what is driven, what is a manager’s and what is done, newest first', () => {
    settled('done', { name: 'paid' });
    settled('stuck', { name: 'attention', cause: 'expired', errCode: null });
    settled('armed', ARMED);
    created(taken('paying'));
    const names = (stored: readonly Stored[]): string[] => stored.map(({ order }) => order.orderId);
    expect(names(journal.open().orders)).toEqual(['armed', 'paying']);
    expect(journal.open().unreadable).toEqual([]);
    expect(names(journal.list({ limit: 9 }))).toEqual(['paying', 'armed', 'stuck', 'done']);
    expect(names(journal.list({ limit: 2 }))).toEqual(['paying', 'armed']);
    expect(names(journal.list({ standing: 'attention', limit: 9 }))).toEqual(['stuck']);
    expect(names(journal.list({ standing: 'done', limit: 9 }))).toEqual(['done']);
  });

  it('name a row that no longer parses as unreadable, and keep it as it is', () => {
    settled('armed', ARMED);
    settled('whole', ARMED);
    raw("UPDATE orders SET state = '{\"half\": ' WHERE order_id = 'armed'");
    expect(journal.open()).toMatchObject({ orders: [{ order: { orderId: 'whole' } }], unreadable: ['armed'] });
    expect(journal.load('armed')).toBeNull();
    expect(journal.list({ limit: 9 })).toHaveLength(1);
    expect(raw("SELECT state FROM orders WHERE order_id = 'armed'")).toEqual([{ state: '{"half": ' }]);
    expect(journal.create(taken('armed'), [REGISTERED]), 'its number is still taken').toMatchObject({
      error: { kind: 'duplicate' },
    });
  });

  it('say what changed since a number of their own', () => {
    const before = journal.changedSince(0);
    expect(before).toEqual({ seq: 0, orderIds: [] });
    const stored = created(taken('pos-1'));
    created(taken('pos-2'));
    const after = journal.changedSince(before.seq);
    expect(after).toEqual({ seq: 2, orderIds: ['pos-1', 'pos-2'] });
    committed(stored, stored.order);
    expect(journal.changedSince(after.seq)).toEqual({ seq: 3, orderIds: ['pos-1'] });
    expect(journal.changedSince(Number.MAX_SAFE_INTEGER)).toEqual({ seq: 3, orderIds: [] });
  });
});

describe('the log of entries', () => {
  it('is append-only, even for who has the file', () => {
    created(taken('pos-1'));
    expect(() => raw("UPDATE entries SET event = '{}'")).toThrow('entries are final');
    expect(() => raw('DELETE FROM entries')).toThrow('entries stay');
    expect(journal.history('pos-1')).toHaveLength(1);
  });

  it('shows an order’s history as a timeline, with each reverse and its answer', () => {
    const first = created(taken('pos-1'));
    const out = committed(
      first,
      { ...first.order, phase: { name: 'reversing', dueMonoMs: 0 } },
      { atMs: 20, actor: THE_APP, event: { type: 'timer' }, effects: [{ kind: 'send-reverse', n: 1 }] },
    );
    const answered = {
      type: 'reverse-ended',
      n: 1,
      answer: { kind: 'refused', errCode: 'REVERSE_EXPIRE', recall: 'N' },
      host: 'a.example',
      latencyMs: 7,
    } as const;
    committed(
      out,
      { ...out.order, phase: { name: 'attention', cause: 'expired', errCode: 'REVERSE_EXPIRE' } },
      { atMs: 30, actor: THE_APP, event: answered, effects: [] },
    );
    const timeline = timelineOf(journal.history('pos-1'));
    expect(timeline.map(({ seq, what, result, errCode }) => [seq, what, result, errCode])).toEqual([
      [1, 'registered', null, null],
      [2, 'reverse-left', null, null],
      [3, 'reverse-answered', 'FAIL', 'REVERSE_EXPIRE'],
      [3, 'attention', 'expired', 'REVERSE_EXPIRE'],
    ]);
    expect(attemptsOf(timeline)).toEqual([
      {
        n: 1,
        at: '1970-01-01T00:00:00.020Z',
        host: 'a.example',
        result: 'FAIL',
        errCode: 'REVERSE_EXPIRE',
        recall: 'N',
      },
    ]);
    expect(attemptsOf(timeline.slice(0, 2))).toEqual([
      { n: 1, at: '1970-01-01T00:00:00.020Z', host: null, result: null, errCode: null, recall: null },
    ]);
  });
});
