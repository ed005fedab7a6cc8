import { useEffect, useState, type ReactNode } from 'react';
import type { ExerciseId, OwnTraining } from '../../shared/contract/training.ts';
import { exercises } from '../../shared/practice/exercises.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { Phrase } from '../components/phrase.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { controlsFor, exerciseOf, isDone, isMissed } from './course.ts';
import { leaveCourse } from './begin-exercise.ts';
import { useCourse, type Press } from './course-runner.ts';
import { ClosingPage } from './closing-page.tsx';
import { useTraining } from './training-store.ts';
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
  const { course, unkept, press, begun, bringing } = useCourse(from);
  const wanted = controlsFor(course).join(' ');
  const hinted = useHint(`${String(course.at)} ${String(course.trial?.reached)} ${wanted}`);
  usePointer(wanted);
  const exercise = exerciseOf(course);
  if (exercise === null) return <ClosingPage results={course.results} onRedo={() => press('redo')} />;
  const keys = EXERCISE_KEYS[exercise.id];
  const done = isDone(course);
  const missed = isMissed(course);
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
            <p>
              <Phrase>{t(keys.learned)}</Phrase>
            </p>
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
      <CourseButtons
        // A new exercise has new buttons: Enter does not press the one before again, nor does a second tap.
        key={begun}
        done={done}
        missed={missed}
        last={course.results.every((result, index) => result !== null || index === course.at)}
        bringing={bringing}
        press={press}
      />
    </section>
  );
}

interface CourseButtonsProps {
  readonly done: boolean;
  readonly missed: boolean;
  /** No exercise comes after this one. */
  readonly last: boolean;
  readonly bringing: boolean;
  readonly press: (type: Press) => void;
}

/**
 * Each button has its own place and keeps it. "Next" stands apart at the end and waits there until the exercise is done:
 * no finger that goes for it ever skips.
 */
function CourseButtons({ done, missed, last, bringing, press }: CourseButtonsProps): ReactNode {
  const t = useT();
  return (
    <div className="course__buttons">
      <Button icon="close" label={t('course.leave')} testId="course-leave" onPress={leaveCourse} />
      <Button
        icon="again"
        look={missed ? 'strong' : 'quiet'}
        label={t('course.again')}
        disabled={done}
        busy={bringing}
        testId="course-again"
        onPress={() => press('again')}
      />
      <Button
        label={t('course.skip')}
        disabled={done}
        busy={bringing}
        testId="course-skip"
        onPress={() => press('skip')}
      />
      <span className="course__apart">
        <Button
          look={done ? 'strong' : 'quiet'}
          label={t(last ? 'course.finish' : 'course.next')}
          disabled={!done}
          busy={bringing}
          testId="course-next"
          onPress={() => press('next')}
        />
      </span>
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

/** Frames the controls to be found, by a style sheet: the till itself knows nothing of the course. */
function usePointer(wanted: string): void {
  useEffect(() => {
    if (wanted === '') return;
    document.body.dataset['course'] = wanted;
    return () => {
      delete document.body.dataset['course'];
    };
  }, [wanted]);
}
