/** Plays the course: feeds it with main's views of the orders, and sets the practice gateway to what it asks for. */
import { useEffect, useState } from 'react';
import { setScenario } from '../acts.ts';
import { kiosk } from '../store.ts';
import { begun, scenarioFor, step, type Course, type CourseEvent } from './course.ts';

type Press = 'again' | 'skip' | 'next';

const ordersNow = (): string[] => [...kiosk.getState().orders.keys()];

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
  const { at, before } = course;
  useEffect(() => {
    if (wanted !== null) void setScenario(wanted);
    // Trying again asks for the same scenario, which somebody may have changed meanwhile.
  }, [wanted, at, before]);

  return { course, press: (type) => take({ type, orders: ordersNow() }) };
}
