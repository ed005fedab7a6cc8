import { lazy, Suspense, type ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { FaultBoundary } from '../parts/fault-boundary.tsx';
import { useKiosk } from '../store.ts';
import { openCourse, useCourseIsOn } from './door.ts';

/** Who does not train does not load it. */
const CourseStrip = lazy(async () => ({ default: (await import('./course-strip.tsx')).CourseStrip }));

/** The one entry to the course. It stands beside the scenarios, so only where the gateway is the app's own. */
export function CourseDoor(): ReactNode {
  const t = useT();
  const on = useCourseIsOn();
  const atTill = useKiosk((state) => state.desk === null);
  return on || !atTill ? null : <Button icon="person" label={t('training.start')} testId="course-start" onPress={openCourse} />;
}

/** The course under the practice band, while it is on. A fault in it leaves the till as it is. */
export function CourseOnTill(): ReactNode {
  const on = useCourseIsOn();
  const mayBe = useKiosk((state) => state.terminal?.environment === 'practice' && state.scenario !== null && state.desk === null);
  if (!on || !mayBe) return null;
  return (
    <FaultBoundary fallback={null}>
      <Suspense>
        <CourseStrip />
      </Suspense>
    </FaultBoundary>
  );
}
