import type { ReactNode } from 'react';
import { exercises } from '../../shared/practice/exercises.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { lazy } from '../components/lazy.tsx';
import { tillOrder, useKiosk } from '../state/store.ts';
import { openCourse, useTraining } from './training-store.ts';
import { putOffCourse, useOwnTraining } from './own-training.ts';
import './course-strip.css';

const CourseStrip = lazy(async () => (await import('./course-strip.tsx')).CourseStrip);
const ScenarioPanel = lazy(async () => (await import('./scenario-panel.tsx')).ScenarioPanel);

/** Under the practice band, in the page's normal flow, so that it covers nothing: the course, or the offer of it. */
export function PracticeStrip(): ReactNode {
  useOwnTraining();
  const courseIsOn = useTraining(({ course }) => course !== null);
  const panel = useTraining((state) => state.panel);
  return (
    <>
      {courseIsOn ? <CourseStrip /> : <Offer />}
      {panel && <ScenarioPanel />}
    </>
  );
}

/** Only while nothing is going on: a cashier with a customer is asked nothing. */
function Offer(): ReactNode {
  const t = useT();
  const own = useTraining((state) => state.own);
  const idle = useKiosk((state) => state.stage.name === 'none' && tillOrder(state) === null);
  if (!idle || own === undefined || own === null || !own.offered) return null;
  const count = own.done.length;
  return (
    <section className="course course--offer" aria-label={t('course.title')} data-testid="course-offer">
      <div className="course__words">
        <p className="course__do">
          {count === 0 ? t('course.offer') : t('course.halfway', { count, of: exercises.length })}
        </p>
        <p>{t(count === 0 ? 'course.offerNote' : 'course.halfwayNote')}</p>
      </div>
      <div className="course__buttons">
        <Button
          look="strong"
          label={t(count === 0 ? 'course.begin' : 'course.goOn')}
          testId="offer-begin"
          onPress={() => openCourse('go-on')}
        />
        <Button label={t('course.later')} testId="offer-later" onPress={() => void putOffCourse()} />
      </div>
    </section>
  );
}
