/** The course: each exercise is done by its own order going the whole way, and by no other series of events. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  begun,
  controlsFor,
  controls,
  exerciseOf,
  isDone,
  isMissed,
  scenarioFor,
  step,
  type Course,
  type CourseEvent,
} from '../../../renderer/training/course.ts';
import type { ExerciseId } from '../../../shared/contract/training.ts';
import { exercises, hasReached, type Milestone } from '../../../shared/practice/exercises.ts';
import { managerGroups, scenarioGroups } from '../../../renderer/training/scenario-groups.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { scenarioSchema } from '../../../shared/practice/scenarios.ts';
import { order, orders } from '../../support/screen/fake-orders.ts';

const fake = (name: string): OrderView => {
  const view = orders[name];
  if (view === undefined) throw new Error(`no such fake order: ${name}`);
  return view;
};
const attention = order(
  { name: 'attention', cause: 'signature', errCode: 'SIGNERROR', handedOver: false },
  { standing: 'attention' },
);

/** What the exercise's order shows at each milestone. */
const shown: Readonly<Record<Milestone, OrderView>> = {
  paid: fake('paid'),
  failed: fake('failed'),
  armed: fake('armed'),
  'taken-back': fake('paying'),
  recall: fake('recall'),
  choosing: fake('choosing'),
  decided: fake('refunded'),
  closed: fake('closed'),
  attention,
};

const view = (base: OrderView, version: number, orderId = 'own'): CourseEvent => ({
  type: 'view',
  view: { ...base, orderId, version },
});
const run = (course: Course, events: readonly CourseEvent[]): Course => events.reduce(step, course);
const at = (id: ExerciseId, before: readonly string[] = []): Course => ({
  ...begun(before),
  at: exercises.findIndex((exercise) => exercise.id === id),
});

describe.each(exercises)('$id', ({ id, path, nextCustomer }) => {
  const way = path.map((milestone, index) => view(shown[milestone], index + 2));
  const other = nextCustomer === true ? [view(fake('paid'), 1, 'next')] : [];

  test('is done by its whole path, and not a step before', () => {
    const [first, ...rest] = way;
    if (first === undefined) throw new Error('an exercise without a path');
    const whole = [view(fake('paying'), 1), first, ...other, ...rest];
    for (let length = 0; length < whole.length; length += 1)
      expect(isDone(run(at(id), whole.slice(0, length)))).toBe(false);
    expect(isDone(run(at(id), whole))).toBe(true);
  });

  test('counts neither an order that was there before nor one that was typed in', () => {
    expect(isDone(run(at(id, ['own', 'next']), [...way, ...other]))).toBe(false);
    const typed = way.map((event): CourseEvent =>
      event.type === 'view' ? { ...event, view: { ...event.view, origin: 'entered' } } : event,
    );
    expect(isDone(run(at(id), typed))).toBe(false);
  });

  test('is not done by pressing', () => {
    expect(step(at(id), { type: 'next', orders: [] })).toEqual(at(id));
    expect(step(at(id), { type: 'skip', orders: [] }).results).not.toContain('done');
  });
});

test('views out of order, doubled or of several orders complete no exercise falsely', () => {
  const anyView = fc.record({
    base: fc.constantFrom(...Object.values(shown), fake('paying'), fake('calling'), fake('confirming')),
    orderId: fc.constantFrom('a', 'b', 'old'),
    version: fc.integer({ min: 1, max: 12 }),
  });
  const anyEvent = fc.oneof(
    { weight: 12, arbitrary: anyView.map(({ base, orderId, version }) => view(base, version, orderId)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<CourseEvent>({ type: 'again', orders: ['old'] }, { type: 'next', orders: ['old'] }),
    },
  );
  let completed = 0;
  const id = fc.constantFrom(...exercises.map((exercise) => exercise.id));
  fc.assert(
    fc.property(id, fc.array(anyEvent, { maxLength: 40 }), (name, events) => {
      let course = at(name, ['old']);
      const seen: CourseEvent[] = [];
      for (const event of events) {
        course = step(course, event);
        if (event.type === 'again') seen.length = 0;
        seen.push(event);
        if (!isDone(course)) continue;
        completed += 1;
        expect(course.results.filter((result) => result === 'done')).toHaveLength(1);
        expect(isJustified(name, seen)).toBe(true);
        return;
      }
    }),
    { numRuns: 4_000 },
  );
  expect(completed).toBeGreaterThan(100);
});

/** Checked afterwards over everything: one new order showed the milestones in their order, with rising versions. */
function isJustified(id: ExerciseId, seen: readonly CourseEvent[]): boolean {
  const exercise = exercises.find((known) => known.id === id);
  const views = seen.flatMap((event) => (event.type === 'view' && event.view.orderId !== 'old' ? [event.view] : []));
  return ['a', 'b'].some((orderId) => {
    let version = 0;
    let reached = 0;
    for (const own of views.filter((one) => one.orderId === orderId)) {
      const next = exercise?.path[reached];
      if (next === undefined || own.version <= version || !hasReached(next, own)) continue;
      version = own.version;
      reached += 1;
    }
    const served =
      exercise?.nextCustomer !== true || views.some((one) => one.orderId !== orderId && one.phase.name === 'paid');
    return reached === exercise?.path.length && served;
  });
}

test('an order that ended another way is missed, and the next payment is a new try', () => {
  const missed = run(at('hangs'), [view(fake('armed'), 1), view(fake('paid'), 2)]);
  expect([isDone(missed), isMissed(missed)]).toEqual([false, true]);
  expect(isDone(run(missed, [view(fake('armed'), 1, 'second'), view(fake('closed'), 2, 'second')]))).toBe(true);
});

test('the next customer pays while the first order is still being cancelled', () => {
  const first = run(at('recall'), [view(fake('armed'), 1)]);
  expect([scenarioFor(at('recall')), scenarioFor(first), controlsFor(first)]).toEqual([
    'recall-twice',
    'paid',
    ['next-customer', 'take-payment'],
  ]);
  const alone = run(first, [view(fake('recall'), 2), view(fake('closed'), 3)]);
  expect([isDone(alone), isMissed(alone), scenarioFor(alone)]).toEqual([false, true, 'recall-twice']);
});

test('skipping all of them ends the course with nothing practised', () => {
  const end = run(
    begun([]),
    exercises.map((): CourseEvent => ({ type: 'skip', orders: [] })),
  );
  expect([exerciseOf(end), scenarioFor(end), end.results.every((result) => result === 'skipped')]).toEqual([
    null,
    null,
    true,
  ]);
});

test('what was skipped is recorded as skipped, and only that is done again', () => {
  const practised = run(at('goes-well'), [
    view(fake('paid'), 1),
    { type: 'next', orders: ['own'] },
    ...exercises.slice(1).map((): CourseEvent => ({ type: 'skip', orders: ['own'] })),
  ]);
  expect([exerciseOf(practised), practised.results]).toEqual([
    null,
    ['done', ...exercises.slice(1).map(() => 'skipped')],
  ]);
  const redone = step(practised, { type: 'redo', orders: ['own'] });
  expect([exerciseOf(redone)?.id, redone.results]).toEqual([
    'declined',
    ['done', ...exercises.slice(1).map(() => null)],
  ]);
  const failed = run(redone, [view(fake('failed'), 1, 'second'), { type: 'next', orders: [] }]);
  expect([exerciseOf(failed)?.id, failed.results.slice(0, 3)]).toEqual(['hangs', ['done', 'done', null]]);
});

test('every scenario stands in one group of the picker', () => {
  expect([...scenarioGroups, ...managerGroups].flatMap(([, names]) => names).sort()).toEqual(
    [...scenarioSchema.options].sort(),
  );
});

describe('a course that was left half-way', () => {
  const ids = exercises.map(({ id }) => id);

  test('goes on at the first exercise that is not done, and skips those that are', () => {
    const course = begun(['old'], ['goes-well', 'declined', 'take-back']);
    expect(exerciseOf(course)?.id).toBe('hangs');
    expect(isDone(course)).toBe(false);
    const after = step(course, { type: 'skip', orders: [] });
    expect(exerciseOf(after)?.id).toBe('recall');
    expect(after.results).toEqual(['done', 'done', 'skipped', 'done', null, null, null]);
  });

  test('with every subset done visits exactly the others, each once, in their order', () => {
    fc.assert(
      fc.property(fc.subarray(ids), (done) => {
        const visited: ExerciseId[] = [];
        let course = begun([], done);
        for (let exercise = exerciseOf(course); exercise !== null; exercise = exerciseOf(course)) {
          visited.push(exercise.id);
          course = step(course, { type: 'skip', orders: [] });
        }
        expect(visited).toEqual(ids.filter((id) => !done.includes(id)));
      }),
    );
  });
});

test('each exercise has a control to look for, or none, before every milestone', () => {
  for (const { id, path } of exercises) expect(controls[id], id).toHaveLength(path.length);
});
