import { useEffect, useState, type ReactNode } from 'react';
import type { ExerciseId, OwnTraining } from '../../shared/contract/training.ts';
import { exercises } from '../../shared/practice/exercises.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { Phrase } from '../components/phrase.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { controlFor, exerciseOf, isDone, isMissed } from './course.ts';
import { useCourse } from './course-runner.ts';
import { ClosingPage } from './closing-page.tsx';
import { closeCourse, useTraining } from './training-store.ts';
import { EXERCISE_KEYS } from './exercise-keys.ts';
import { ResumePage } from './resume-page.tsx';
import './course-strip.css';

/** A narrow strip above the till: what happens, what to do. It covers nothing, and does nothing to an order itself. */
export function CourseStrip(): ReactNode {
  const own = useTraining((state) => state.own);
  return own === undefined ? null : <Entered own={own} />;
}

function Entered({ own }: { readonly own: OwnTraining }): ReactNode {
  const how = useTraining(({ course }) => course);
  // As it was when the course was entered: later changes belong to the running course.
  const [{ done, wholeAtMs }] = useState(() => own ?? { done: [], wholeAtMs: null });
  const asks = done.length > 0 && (how === 'ask' || done.length === exercises.length);
  const [from, setFrom] = useState<readonly ExerciseId[] | null>(asks ? null : done);
  return from === null ? <ResumePage done={done} wholeAtMs={wholeAtMs} onBegin={setFrom} /> : <Running from={from} />;
}

function Running({ from }: { readonly from: readonly ExerciseId[] }): ReactNode {
  const t = useT();
  const { course, unkept, press } = useCourse(from);
  const control = controlFor(course);
  const hinted = useHint(`${String(course.at)} ${String(course.trial?.reached)} ${String(control)}`);
  usePointer(control);
  const exercise = exerciseOf(course);
  if (exercise === null) return <ClosingPage results={course.results} />;
  const keys = EXERCISE_KEYS[exercise.id];
  const done = isDone(course);
  const missed = isMissed(course);
  const last = course.at === exercises.length - 1;
  return (
    <section
      className="course"
      aria-label={t('course.title')}
      data-testid="course"
      data-exercise={exercise.id}
      data-done={done}
      data-missed={missed}
    >
      <div className="course__words" role="status">
        <p className="course__progress">
          {t('course.progress', { now: course.at + 1, of: exercises.length })} · <b>{t(keys.name)}</b>
        </p>
        {done ? (
          <>
            <p className="course__done">✓ {t('course.done')}</p>
            {unkept !== null && <ProblemNote code={unkept} field={null} testId="course-unkept" />}
          </>
        ) : (
          <>
            <p>
              <Phrase>{t(keys.what)}</Phrase>
            </p>
            <p className="course__do">
              <Phrase>{t(missed ? 'course.missed' : keys.do)}</Phrase>
            </p>
            {hinted && !missed && (
              <p data-testid="course-hint">
                <Phrase>{t(keys.hint)}</Phrase>
              </p>
            )}
          </>
        )}
      </div>
      <CourseButtons done={done} missed={missed} last={last} press={press} />
    </section>
  );
}

interface CourseButtonsProps {
  readonly done: boolean;
  readonly missed: boolean;
  readonly last: boolean;
  readonly press: ReturnType<typeof useCourse>['press'];
}

function CourseButtons({ done, missed, last, press }: CourseButtonsProps): ReactNode {
  const t = useT();
  return (
    <div className="course__buttons">
      {done ? (
        <Button
          look="strong"
          label={t(last ? 'course.finish' : 'course.next')}
          testId="course-next"
          onPress={() => press('next')}
        />
      ) : (
        <>
          <Button
            icon="again"
            look={missed ? 'strong' : 'quiet'}
            label={t('course.again')}
            testId="course-again"
            onPress={() => press('again')}
          />
          <Button label={t('course.skip')} testId="course-skip" onPress={() => press('skip')} />
        </>
      )}
      <Button icon="close" label={t('course.leave')} testId="course-leave" onPress={closeCourse} />
    </div>
  );
}

const HINT_AFTER_MS = 12_000;

/** Whether nothing has advanced for a while; a new `position` starts the wait again. */
function useHint(position: string): boolean {
  const [hintedAt, setHintedAt] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setHintedAt(position), HINT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [position]);
  return hintedAt === position;
}

/** Frames the control to be found, by a style sheet: the till itself knows nothing of the course. */
function usePointer(control: string | null): void {
  useEffect(() => {
    if (control === null) return;
    document.body.dataset['course'] = control;
    return () => {
      delete document.body.dataset['course'];
    };
  }, [control]);
}
