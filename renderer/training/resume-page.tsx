import { useState, type ReactNode } from 'react';
import { beijingDay, dayToIso } from '../../shared/beijing-day.ts';
import type { ExerciseId } from '../../shared/contract/training.ts';
import { exercises } from '../../shared/practice/exercises.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { closeCourse } from './training-store.ts';
import { beginAnew } from './own-training.ts';

export interface ResumePageProps {
  readonly done: readonly ExerciseId[];
  /** When all exercises were done last, UTC ms. */
  readonly wholeAtMs: number | null;
  /** Begins after these exercises. */
  readonly onBegin: (done: readonly ExerciseId[]) => void;
}

/** A course that was left half-way, or is done: what has been done, and how to go on. */
export function ResumePage({ done, wholeAtMs, onBegin }: ResumePageProps): ReactNode {
  const t = useT();
  const [beginning, setBeginning] = useState(false);
  const count = done.length;
  const isWhole = count === exercises.length;
  const anew = async (): Promise<void> => {
    setBeginning(true);
    const begun = await beginAnew();
    setBeginning(false);
    if (begun) onBegin([]);
  };
  return (
    <section className="course" aria-label={t('course.title')} data-testid="course-resume" data-done={count}>
      <div className="course__words" role="status">
        <p className="course__do">
          {isWhole
            ? t('course.allDone', { day: dayToIso(beijingDay(wholeAtMs ?? 0)) })
            : t('course.halfway', { count, of: exercises.length })}
        </p>
        <p>{t(isWhole ? 'course.allDoneNote' : 'course.halfwayNote')}</p>
      </div>
      <div className="course__buttons">
        {!isWhole && (
          <Button look="strong" label={t('course.goOn')} testId="course-go-on" onPress={() => onBegin(done)} />
        )}
        <Button
          icon="again"
          label={t('course.anew')}
          testId="course-anew"
          busy={beginning}
          onPress={() => void anew()}
        />
        <Button icon="close" label={t('course.leave')} testId="course-leave" onPress={closeCourse} />
      </div>
    </section>
  );
}
