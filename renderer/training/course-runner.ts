/** Runs the course: gives it main's views of the orders, and sets the practice gateway to the scenario it needs. */
import { useEffect, useState } from 'react';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { busyKey } from '../state/actions.ts';
import type { ExerciseId } from '../../shared/contract/training.ts';
import { call } from '../bridge/api.ts';
import { kiosk, useKiosk } from '../state/store.ts';
import { begun, exerciseOf, isDone, scenarioFor, step, type Course, type CourseEvent } from './course.ts';
import { bringKeypad, endOrders } from './begin-exercise.ts';
import { closeCourse, trainingStore } from './training-store.ts';
import { setScenario } from './set-scenario.ts';

/** A press that begins an exercise. */
export type Press = Exclude<CourseEvent['type'], 'view'>;

const ordersNow = (): string[] => [...kiosk.getState().orders.keys()];

/** Without its scenario an exercise would teach something else, so a refusal ends the course; the bar says why. */
async function setOrLeave(scenario: Scenario): Promise<void> {
  await setScenario(scenario);
  if (kiosk.getState().problem?.place === 'bar') closeCourse();
}

interface PlayedCourse {
  readonly course: Course;
  /** The code of why the exercise just done could not be saved. */
  readonly unkept: string | null;
  /** Begins an exercise, once the till stands where it begins. */
  readonly press: (type: Press) => void;
  /** How many exercises were begun. */
  readonly begun: number;
  /** The till is being brought there: no second press meanwhile. */
  readonly bringing: boolean;
}

/**
 * The course after the exercises in `done`, for as long as it is on the screen. Each exercise begins at the keypad.
 * Afterwards the gateway is as it was before, and no order of the course is left open.
 */
export function useCourse(done: readonly ExerciseId[]): PlayedCourse {
  const [course, setCourse] = useState(() => begun(ordersNow(), done));
  const [bringing, setBringing] = useState(true);
  const [count, setCount] = useState(0);
  const take = (event: CourseEvent): void => setCourse((now) => step(now, event));
  const press = async (type: Press): Promise<void> => {
    setBringing(true);
    await bringKeypad();
    take({ type, orders: ordersNow() });
    setCount((before) => before + 1);
    setBringing(false);
  };

  useEffect(() => {
    void bringKeypad().then(() => setBringing(false));
    return () => void endOrders();
  }, []);

  useEffect(
    () =>
      kiosk.subscribe(({ orders }, before) => {
        if (orders === before.orders) return;
        for (const [orderId, { view }] of orders)
          if (before.orders.get(orderId)?.view !== view) take({ type: 'view', view });
      }),
    [],
  );

  useEffect(() => {
    const found = kiosk.getState().scenario;
    return () => {
      if (found !== null && kiosk.getState().scenario !== null) void setScenario(found);
    };
  }, []);

  const wanted = scenarioFor(course);
  const isSet = useKiosk(({ scenario }) => wanted === null || scenario === wanted);
  const setting = useKiosk(({ busy }) => busy.has(busyKey('practice.set-scenario')));
  useEffect(() => {
    // Another command that is still running must end first: a second command beside it would be dropped.
    if (wanted !== null && !isSet && !setting) void setOrLeave(wanted);
  }, [wanted, isSet, setting]);

  return { course, unkept: useKept(course), press: (type) => void press(type), begun: count, bringing };
}

/**
 * Has main save each exercise when it is done, under the name of the cashier who serves; returns why it was refused, if
 * it was.
 */
function useKept(course: Course): string | null {
  const [refused, setRefused] = useState<{ readonly orderId: string; readonly code: string } | null>(null);
  const exercise = isDone(course) ? (exerciseOf(course)?.id ?? null) : null;
  const orderId = course.trial?.orderId ?? null;
  useEffect(() => {
    // Where nothing is saved, nothing can be refused.
    if (exercise === null || orderId === null || (trainingStore.getState().own ?? null) === null) return;
    void call('training.done', { exercise, orderId }).then((reply) => {
      if (reply.ok) trainingStore.setState({ own: reply.value });
      else setRefused({ orderId, code: reply.code });
    });
  }, [exercise, orderId]);
  return refused?.orderId === orderId ? refused.code : null;
}
