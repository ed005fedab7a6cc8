import type { ReactNode } from 'react';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import type { Result } from './course.ts';
import { closeCourse } from './training-store.ts';
import { EXERCISE_KEYS } from './exercise-keys.ts';
import { exercises } from '../../shared/practice/exercises.ts';

const RESULT_KEYS = {
  done: 'course.result.done',
  skipped: 'course.result.skipped',
} as const satisfies KeysOf<'course.result', Result>;

/** What was practised, and what was skipped. */
export function ClosingPage({ results }: { readonly results: readonly (Result | null)[] }): ReactNode {
  const t = useT();
  const count = results.filter((result) => result === 'done').length;
  return (
    <section className="course" aria-label={t('course.title')} data-testid="course-closing">
      <div className="course__words" role="status">
        <p className="course__progress">
          <b>{t('course.closing')}</b>
        </p>
        <p>{t('course.closingNote', { count, of: exercises.length })}</p>
        <ol className="course__results">
          {exercises.map(({ id }, index) => {
            const result = results[index] ?? 'skipped';
            return (
              <li key={id} data-result={result}>
                {t(EXERCISE_KEYS[id].name)} · <b>{t(RESULT_KEYS[result])}</b>
              </li>
            );
          })}
        </ol>
      </div>
      <div className="course__buttons">
        <Button look="strong" label={t('course.leave')} testId="course-leave" onPress={closeCourse} />
      </div>
    </section>
  );
}
