import type { ReactNode } from 'react';
import { exercises } from '../../shared/practice/exercises.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Phrase } from '../components/phrase.tsx';
import { useModal } from '../components/use-modal.ts';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { leaveCourse } from './begin-exercise.ts';
import type { Result } from './course.ts';
import { EXERCISE_KEYS } from './exercise-keys.ts';
import './closing-page.css';

const RESULT_KEYS = {
  done: 'course.result.done',
  skipped: 'course.result.skipped',
} as const satisfies KeysOf<'course.result', Result>;

export interface ClosingPageProps {
  readonly results: readonly (Result | null)[];
  /** Does the exercises that were skipped. */
  readonly onRedo: () => void;
}

/** The end of the course, on a page of its own: what was learned, what was skipped, and how to do that after all. */
export function ClosingPage({ results, onRedo }: ClosingPageProps): ReactNode {
  const t = useT();
  const dialog = useModal();
  const count = results.filter((result) => result === 'done').length;
  const skipped = exercises.length - count;
  return (
    <dialog
      ref={dialog}
      className="dialog--whole course-closing"
      aria-labelledby="course-closing-title"
      data-own-keys
      data-testid="course-closing"
      onCancel={leaveCourse}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 id="course-closing-title" className="dialog__title">
            {t('course.closing')}
          </h2>
        </header>
        <p>
          <Phrase>{t('course.closingNote', { count, of: exercises.length })}</Phrase>
        </p>
        <ol className="course-closing__results" aria-label={t('course.learned')} tabIndex={0} data-scrolls>
          {exercises.map(({ id }, index) => (
            <Row key={id} id={id} result={results[index] ?? 'skipped'} />
          ))}
        </ol>
        <footer className="course-closing__buttons">
          {skipped > 0 && (
            <Button
              size="tall"
              look="strong"
              icon="again"
              label={t('course.redo', { count: skipped })}
              testId="course-redo"
              onPress={onRedo}
            />
          )}
          <Button
            size="tall"
            look={skipped > 0 ? 'quiet' : 'strong'}
            icon="close"
            label={t('course.leave')}
            testId="course-leave"
            onPress={leaveCourse}
          />
        </footer>
      </div>
    </dialog>
  );
}

interface RowProps {
  readonly id: keyof typeof EXERCISE_KEYS;
  readonly result: Result;
}

function Row({ id, result }: RowProps): ReactNode {
  const t = useT();
  const { name, what, learned } = EXERCISE_KEYS[id];
  return (
    <li className="course-closing__row" data-result={result}>
      <Icon name={result === 'done' ? 'circleCheck' : 'dots'} />
      <b>{t(name)}</b>
      <span className="course-closing__result">{t(RESULT_KEYS[result])}</span>
      <span className="course-closing__learned">
        <Phrase>{t(result === 'done' ? learned : what)}</Phrase>
      </span>
    </li>
  );
}
