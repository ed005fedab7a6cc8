/** The results of the practice course, through the only entry for commands, over a real practice terminal. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch, type Caller, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import type { StaffService } from '../../../electron/app/staff/staff-service.ts';
import type { OrderEvent } from '../../../electron/orders/machine/event.ts';
import { orderToPay, type Order } from '../../../electron/orders/machine/order.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { type ExerciseId, exerciseIds } from '../../../shared/contract/training.ts';
import type { CommandName } from '../../../shared/ipc.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { openPracticeTerminal } from '../../support/terminal/practice-terminal.ts';
import { ownFolder } from '../../support/terminal/staff.ts';

const MANAGER: Caller = { who: 'screen', role: 'manager' };

let folder: string;
let clock: FakeClock;
let services: Services;
let staff: StaffService;
let context: DispatchContext;
let stop: () => Promise<void>;

async function start(): Promise<void> {
  ({ services, staff, context, stop } = await openPracticeTerminal(folder, clock));
}

async function startAgain(): Promise<void> {
  await stop();
  clock.restart(1_000);
  await start();
}

beforeEach(async () => {
  folder = ownFolder();
  clock = new FakeClock();
  await start();
});
afterEach(() => stop());

const as = (caller: Caller, name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, caller, name, input);
const call = (name: CommandName, input: unknown = {}): ReturnType<typeof dispatch> => as(staff.caller(), name, input);
const refusal = (code: string): object => ({ ok: false, code, field: null });
const okWith = (value: object | null): object => ({ ok: true, value });
const file = (): string => profileIn(folder).training;
const done = (exercise: ExerciseId, orderId: string): ReturnType<typeof dispatch> =>
  call('training.done', { exercise, orderId });

type Row = readonly [OrderEvent, Order['phase']];
const paying = { name: 'paying' } as const;
const paid: Row = [{ type: 'timer' }, { name: 'paid' }];
const armed: Row = [
  { type: 'cancel-tapped', by: 'cashier' },
  { name: 'armed', by: 'cashier', evenIfPaid: false, from: 'paying' },
];
const reversing = { name: 'reversing', dueMonoMs: 0 } as const;
const recalled: Row = [
  { type: 'reverse-ended', n: 1, answer: { kind: 'accepted', recall: 'Y' }, host: '-', latencyMs: 1 },
  reversing,
];
const silent: Row = [
  { type: 'reverse-ended', n: 1, answer: { kind: 'no-answer', why: 'timeout', text: null }, host: '-', latencyMs: 1 },
  reversing,
];
const closed: Row = [{ type: 'timer' }, { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' }];
const refunded: Row = [{ type: 'timer' }, { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' }];

/** The events of an order in each exercise. */
const ways: Readonly<Record<ExerciseId, readonly Row[]>> = {
  'goes-well': [paid],
  declined: [[{ type: 'timer' }, { name: 'failed', cause: 'NOTSUPORTCARD' }]],
  hangs: [armed, closed],
  'take-back': [armed, [{ type: 'cancel-withdrawn' }, paying], paid],
  recall: [armed, recalled, closed],
  'paid-after-all': [armed, [{ type: 'timer' }, { name: 'choosing', by: 'cashier', sinceMonoMs: 0 }], refunded],
  manager: [armed, [{ type: 'timer' }, { name: 'attention', cause: 'signature', errCode: 'SIGNERROR' }]],
};

/** Puts an order with these events into the journal; each event comes a second after the one before. */
async function went(
  orderId: string,
  rows: readonly Row[],
  by: Caller = staff.caller(),
  origin: Order['origin'] = 'taken',
): Promise<void> {
  const order = {
    ...orderToPay(
      { orderId, outTradeNo: orderId, transactionId: null, family: 'facepay', amountFen: 990 },
      10_000,
      clock.read(),
    ),
    origin,
  };
  const created = services.journal.create(order, [
    { atMs: clock.read().wallMs, actor: by, event: { type: 'registered' }, effects: [] },
  ]);
  if (!created.ok) throw new Error(created.error.kind);
  let stored = created.value;
  for (const [event, phase] of rows) {
    await clock.advance(1_000);
    const next = services.journal.commit(stored, { ...stored.order, phase }, [
      { atMs: clock.read().wallMs, actor: by, event, effects: [] },
    ]);
    if (!next.ok) throw new Error(next.error.kind);
    stored = next.value;
  }
}

async function wholeCourse(prefix: string): Promise<void> {
  for (const id of exerciseIds) {
    await went(`${prefix}-${id}`, ways[id]);
    expect(await done(id, `${prefix}-${id}`)).toMatchObject({ ok: true });
  }
}

describe('an exercise', () => {
  it('of each kind is kept by the way of its own order, and by none of another kind that has less in it', async () => {
    for (const id of exerciseIds) {
      const short = ways[id].slice(0, -1);
      await went(`short-${id}`, short);
      expect(await done(id, `short-${id}`), `${id}, a step short`).toEqual(refusal('exercise-not-done'));
      await went(`whole-${id}`, ways[id]);
      expect(await done(id, `whole-${id}`), id).toMatchObject({ ok: true });
    }
    await went('unanswered', [armed, silent, closed]);
    await call('training.begin-anew');
    expect(await done('recall', 'unanswered'), 'nobody asked for a second cancel').toEqual(
      refusal('exercise-not-done'),
    );
  });

  it('is not done by another cashier’s order, by an order that was typed in, or by an order that does not exist', async () => {
    await went('theirs', ways.hangs, { who: 'cashier:王芳', role: 'cashier' });
    await went('typed', ways.hangs, staff.caller(), 'entered');
    for (const orderId of ['theirs', 'typed', 'none'])
      expect(await done('hangs', orderId), orderId).toEqual(refusal('exercise-not-done'));
    expect(existsSync(file())).toBe(false);
  });

  it('is kept with when and how long, over a restart, and a second time changes nothing', async () => {
    const begunAtMs = clock.read().wallMs;
    await went('own', ways.hangs);
    expect(await done('hangs', 'own')).toEqual(okWith({ done: ['hangs'], wholeAtMs: null, offered: true }));
    await clock.advance(60_000);
    expect(await done('hangs', 'own')).toEqual(okWith({ done: ['hangs'], wholeAtMs: null, offered: true }));
    await startAgain();
    expect(await call('training.state')).toEqual(okWith({ done: ['hangs'], wholeAtMs: null, offered: true }));
    const [one] = staff.training.now().cashiers;
    expect(one).toEqual({
      name: null,
      done: [{ exercise: 'hangs', atMs: begunAtMs + 2_000, tookMs: 2_000 }],
      whole: null,
      laterInShift: null,
    });
  });

  it('is a cashier’s: who is signed in has no results, and may give none', async () => {
    await went('own', ways.hangs, MANAGER);
    expect(await as(MANAGER, 'training.state')).toEqual(okWith(null));
    expect(await as(MANAGER, 'training.done', { exercise: 'hangs', orderId: 'own' })).toEqual(refusal('forbidden'));
    expect(await as({ who: 'screen', role: 'cashier' }, 'training.results')).toEqual(refusal('forbidden'));
  });

  it('of real money is none', async () => {
    await went('own', ways.hangs);
    const live: DispatchContext = {
      ...context,
      opening: Promise.resolve({ ok: true, value: { ...services, practice: null } }),
    };
    expect(await dispatch(live, staff.caller(), 'training.done', { exercise: 'hangs', orderId: 'own' })).toEqual(
      refusal('not-practice'),
    );
    expect(await dispatch(live, staff.caller(), 'training.state', {})).toEqual(okWith(null));
  });
});

describe('the course', () => {
  it('is complete with its seventh exercise, stays so when it is begun again, and a live terminal’s manager sees it', async () => {
    await wholeCourse('first');
    const wholeAtMs = clock.read().wallMs;
    expect(await call('training.state')).toEqual(okWith({ done: exerciseIds, wholeAtMs, offered: false }));
    expect(await call('training.begin-anew')).toEqual(okWith({ done: [], wholeAtMs, offered: false }));
    const live: DispatchContext = {
      ...context,
      opening: Promise.resolve({ ok: true, value: { ...services, practice: null } }),
    };
    const tookMs = exerciseIds.reduce((sum, id) => sum + ways[id].length * 1_000, 0);
    expect(await dispatch(live, MANAGER, 'training.results', {})).toEqual(
      okWith({ cashiers: [{ name: null, done: [], whole: { atMs: wholeAtMs, tookMs } }], trouble: null }),
    );
  });

  it('is offered until it is put off: for good to who has a name, and for the shift where nobody has one', async () => {
    expect(await call('training.later')).toMatchObject(okWith({ offered: false }));
    await startAgain();
    expect(await call('training.state')).toMatchObject(okWith({ offered: false }));
    await call('shift.sign-off', { seen: [] });
    expect(await call('training.state')).toEqual(okWith(null));
    expect(await call('training.later')).toEqual(refusal('nobody-on-shift'));
    await clock.advance(1_000);
    await call('shift.sign-on', { name: null, seen: [] });
    expect(await call('training.state'), 'somebody else, for all that is known').toMatchObject(
      okWith({ offered: true }),
    );

    for (const name of ['王芳', '李强']) await as(MANAGER, 'cashier.add', { name });
    await call('shift.sign-on', { name: '王芳', seen: [] });
    expect(await call('training.later')).toMatchObject(okWith({ offered: false }));
    await call('shift.sign-off', { seen: [] });
    await clock.advance(1_000);
    await call('shift.sign-on', { name: '李强', seen: [] });
    expect(await call('training.state'), 'a new cashier').toMatchObject(okWith({ offered: true }));
    await call('shift.sign-off', { seen: [] });
    await clock.advance(1_000);
    await call('shift.sign-on', { name: '王芳', seen: [] });
    expect(await call('training.state'), 'who put it off').toMatchObject(okWith({ offered: false }));
  });

  it('is each cashier’s own; who is taken off the list takes the results along', async () => {
    for (const name of ['王芳', '李强']) await as(MANAGER, 'cashier.add', { name });
    await call('shift.sign-on', { name: '王芳', seen: [] });
    await went('own', ways.hangs);
    await done('hangs', 'own');
    const rows = async (): Promise<unknown> => as(MANAGER, 'training.results');
    expect(await rows()).toMatchObject(
      okWith({
        cashiers: [
          { name: '王芳', done: [{ exercise: 'hangs' }] },
          { name: '李强', done: [] },
        ],
      }),
    );
    await call('shift.sign-off', { seen: [] });
    await as(MANAGER, 'cashier.remove', { name: '王芳' });
    expect(readFileSync(file(), 'utf8')).not.toContain('王芳');
    await as(MANAGER, 'cashier.add', { name: '王芳' });
    expect(await rows()).toMatchObject(
      okWith({
        cashiers: [
          { name: '李强', done: [] },
          { name: '王芳', done: [] },
        ],
      }),
    );
  });
});

describe('the file of results', () => {
  it('that is damaged is put aside and said, and the till and the course work on', async () => {
    await stop();
    writeFileSync(file(), '{"v":1,"cashiers":[{"na');
    await start();
    expect(await as(MANAGER, 'training.results')).toEqual(
      okWith({ cashiers: [{ name: null, done: [], whole: null }], trouble: 'set-aside' }),
    );
    expect(readdirSync(folder).filter((name) => name.startsWith('training.json.damaged-'))).toHaveLength(1);
    await went('own', ways.hangs);
    expect(await done('hangs', 'own')).toMatchObject({ ok: true });
    expect(await call('payment.take', { amountFen: 100 })).toMatchObject({ ok: true });
  });

  it('that cannot be read is never written over, and what is done is said not to be saved', async () => {
    await stop();
    mkdirSync(file());
    await start();
    expect(await as(MANAGER, 'training.results')).toMatchObject(okWith({ trouble: 'unreadable' }));
    await went('own', ways.hangs);
    expect(await done('hangs', 'own')).toEqual(refusal('not-saved'));
    expect(await as(MANAGER, 'cashier.add', { name: '王芳' })).toMatchObject({ ok: true });
  });
});
