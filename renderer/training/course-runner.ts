/** Plays the course: feeds it with main's views of the orders, and sets the practice gateway to what it asks for. */
import { useEffect, useState } from 'react';
import type { Scenario } from '../../shared/scenarios.ts';
import { busyKey, setScenario } from '../acts.ts';
import { kiosk, useKiosk } from '../store.ts';
import { begun, scenarioFor, step, type Course, type CourseEvent } from './course.ts';
import { closeCourse } from './door.ts';

type Press = 'again' | 'skip' | 'next';

const ordersNow = (): string[] => [...kiosk.getState().orders.keys()];

/** Without its scenario an exercise would teach something else, so a refusal ends the course; the bar says why. */
async function setOrLeave(scenario: Scenario): Promise<void> {
  await setScenario(scenario);
  if (kiosk.getState().problem?.place === 'bar') closeCourse();
}

/** The course from its first exercise, for as long as it is on the screen. Afterwards the gateway is as it was found. */
export function useCourse(): { readonly course: Course; readonly press: (type: Press) => void } {
  const [course, setCourse] = useState(() => begun(ordersNow()));
  const take = (event: CourseEvent): void => setCourse((now) => step(now, event));

  useEffect(
    () =>
      kiosk.subscribe(({ orders }, before) => {
        if (orders === before.orders) return;
        for (const [orderId, { view }] of orders) if (before.orders.get(orderId)?.view !== view) take({ type: 'view', view });
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
    // One that is under way must be over first: a second command beside it would be dropped.
    if (wanted !== null && !isSet && !setting) void setOrLeave(wanted);
  }, [wanted, isSet, setting]);

  return { course, press: (type) => take({ type, orders: ordersNow() }) };
}
