/** The course as a pure machine. An exercise is done only when its own order really went the whole way. */
import type { OrderView } from '../../shared/order/order.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { ExerciseId } from '../../shared/contract/training.ts';
import { exercises, hasReached, type Exercise } from '../../shared/practice/exercises.ts';

/** The test id that the control has on the till. */
export type Control = 'take-payment' | 'cancel' | 'withdraw' | 'choice' | 'next-customer';

/** Which control an exercise has the cashier find next: before each milestone of its path; `null` where the app works by itself. */
export const controls: Readonly<Record<ExerciseId, readonly (Control | null)[]>> = {
  'goes-well': [null],
  declined: [null],
  hangs: ['cancel', null],
  'take-back': ['cancel', 'withdraw', null],
  recall: ['cancel', 'next-customer', null],
  'paid-after-all': ['cancel', null, 'choice'],
  manager: ['cancel', null],
};

export type Result = 'done' | 'skipped';

/** The order the exercise is about, as far as it has come. */
interface Trial {
  readonly orderId: string;
  readonly version: number;
  /** How many milestones of the path it has reached. */
  readonly reached: number;
  /** It ended, or is before a manager: it will not change by itself any more. */
  readonly over: boolean;
}

export interface Course {
  /** Index of the exercise; the course is over when it is past the last one. */
  readonly at: number;
  /** Orders that existed before this exercise began. They do not count. */
  readonly before: ReadonlySet<string>;
  readonly trial: Trial | null;
  /** Orders of the next customers, taken while the trial was not over, and whether one of them was paid. */
  readonly others: ReadonlySet<string>;
  readonly otherPaid: boolean;
  /** One entry for each exercise that was skipped or is done. */
  readonly results: readonly (Result | null)[];
}

export type CourseEvent =
  | { readonly type: 'view'; readonly view: OrderView }
  // Each of these events begins an exercise: `orders` are those that exist already. `redo`: of those that were skipped.
  | { readonly type: 'again' | 'skip' | 'next' | 'redo'; readonly orders: readonly string[] };

const fresh = (orders: readonly string[]): Pick<Course, 'before' | 'trial' | 'others' | 'otherPaid'> => ({
  before: new Set(orders),
  trial: null,
  others: new Set(),
  otherPaid: false,
});

/** The course at its first exercise that is not `done` yet; `orders` are those that exist already. */
export function begun(orders: readonly string[], done: readonly ExerciseId[] = []): Course {
  const results = exercises.map(({ id }) => (done.includes(id) ? 'done' : null));
  return { at: nextUndone(results, 0), ...fresh(orders), results };
}

/** The exercises that are done, in the course's order. */
export const doneOf = ({ results }: Pick<Course, 'results'>): readonly ExerciseId[] =>
  exercises.filter((_, index) => results[index] === 'done').map(({ id }) => id);

/** The first exercise from index `from` on that is not done; past the last one if all are done. */
function nextUndone(results: readonly (Result | null)[], from: number): number {
  const index = results.findIndex((result, at) => at >= from && result !== 'done');
  return index < 0 ? results.length : index;
}

/** The present exercise; `null` when the course is over. */
export const exerciseOf = ({ at }: Course): Exercise | null => exercises[at] ?? null;

export const isDone = ({ at, results }: Course): boolean => results[at] === 'done';

/** The order ended in another way than the exercise asks: go on with a new payment, or skip. */
export function isMissed(course: Course): boolean {
  return !isDone(course) && course.trial?.over === true && !(owesCustomer(course) && wentAllTheWay(course));
}

/** The next state of the course. `next` before the exercise is done changes nothing. */
export function step(course: Course, event: CourseEvent): Course {
  if (event.type === 'redo') return begun(event.orders, doneOf(course));
  const exercise = exerciseOf(course);
  if (exercise === null) return course;
  switch (event.type) {
    case 'view':
      return judged(taken(course, exercise, event.view));
    case 'again':
      return { ...course, ...fresh(event.orders) };
    case 'skip':
      return moved(isDone(course) ? course : withResult(course, 'skipped'), event.orders);
    case 'next':
      return isDone(course) ? moved(course, event.orders) : course;
  }
}

const moved = (course: Course, orders: readonly string[]): Course => ({
  ...course,
  ...fresh(orders),
  at: nextUndone(course.results, course.at + 1),
});

const withResult = (course: Course, result: Result): Course => ({
  ...course,
  results: course.results.map((known, index) => (index === course.at ? result : known)),
});

function taken(course: Course, exercise: Exercise, view: OrderView): Course {
  const { trial } = course;
  if (isDone(course) || course.before.has(view.orderId) || view.origin !== 'taken') return course;
  if (trial?.orderId === view.orderId)
    return view.version > trial.version ? { ...course, trial: advanced(trial, exercise, view) } : course;
  if (course.others.has(view.orderId)) return view.phase.name === 'paid' ? { ...course, otherPaid: true } : course;
  const own = advanced({ orderId: view.orderId, version: view.version, reached: 0, over: false }, exercise, view);
  if (trial === null) return { ...course, trial: own };
  if (exercise.nextCustomer === true && trial.reached > 0 && !trial.over) {
    return {
      ...course,
      others: new Set(course.others).add(view.orderId),
      otherPaid: course.otherPaid || view.phase.name === 'paid',
    };
  }
  // An order that nothing was done with, or that ended another way, is replaced by the next try.
  const givesWay = trial.reached === 0 || (trial.over && !owesCustomer(course));
  // A replaced order no longer counts: a late view of it would begin the exercise from the middle.
  return givesWay
    ? { ...course, before: new Set(course.before).add(trial.orderId), trial: own, others: new Set(), otherPaid: false }
    : course;
}

function advanced(trial: Trial, { path }: Exercise, view: OrderView): Trial {
  const next = path[trial.reached];
  const reached = next !== undefined && hasReached(next, view) ? trial.reached + 1 : trial.reached;
  return { ...trial, version: view.version, reached, over: view.standing !== 'open' };
}

const wentAllTheWay = (course: Course): boolean => course.trial?.reached === exerciseOf(course)?.path.length;

/** A next customer was taken in time, but has not paid yet. */
const owesCustomer = (course: Course): boolean =>
  exerciseOf(course)?.nextCustomer === true && course.others.size > 0 && !course.otherPaid;

function judged(course: Course): Course {
  const served = exerciseOf(course)?.nextCustomer !== true || course.otherPaid;
  return !isDone(course) && wentAllTheWay(course) && served ? withResult(course, 'done') : course;
}

/** The scenario of the practice gateway for the next payment; `null` when the course is over. */
export function scenarioFor(course: Course): Scenario | null {
  const exercise = exerciseOf(course);
  if (exercise === null) return null;
  const isNextCustomer =
    exercise.nextCustomer === true && course.trial !== null && course.trial.reached > 0 && !isMissed(course);
  return isNextCustomer ? 'paid' : exercise.scenario;
}

/**
 * The controls to be found now: whichever of them is on the screen. After "next customer" that is the keypad, where the
 * next payment begins.
 */
export function controlsFor(course: Course): readonly Control[] {
  const exercise = exerciseOf(course);
  if (exercise === null || isDone(course) || isMissed(course)) return [];
  if (course.trial === null) return ['take-payment'];
  if (exercise.nextCustomer === true && course.trial.reached > 0)
    return course.others.size === 0 ? ['next-customer', 'take-payment'] : [];
  const control = controls[exercise.id][course.trial.reached] ?? null;
  return control === null ? [] : [control];
}
