import { useEffect, useState, type ReactNode } from 'react';
import { beijingDay, dayToIso } from '../../../shared/beijing-day.ts';
import type { CashierTraining, TrainingResults } from '../../../shared/contract/training.ts';
import { exercises } from '../../../shared/practice/exercises.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon } from '../../components/icon.tsx';
import { useKiosk } from '../../state/store.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { CourseWords } from '../../training/course-words.tsx';
import { EXERCISE_KEYS } from '../../training/exercise-keys.ts';
import './course-results.css';

/** The course results from main, asked again when `names` change; `null` until they are there. */
export function useCourseResults(names: readonly string[]): TrainingResults | null {
  const { give } = useCommand('training.results');
  const [results, setResults] = useState<TrainingResults | null>(null);
  const list = names.join('\n');
  useEffect(() => {
    void give({}).then((reply) => {
      if (reply !== null) setResults(reply.value);
    });
  }, [give, list]);
  return results;
}

export interface CourseResultProps {
  readonly result: CashierTraining;
}

/** What a cashier has done of the course: in words, with a mark for each exercise. */
export function CourseResult({ result }: CourseResultProps): ReactNode {
  return (
    <CourseWords>
      <Result result={result} />
    </CourseWords>
  );
}

const MINUTE_MS = 60_000;

function Result({ result: { done, whole } }: CourseResultProps): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const of = exercises.length;
  const count = done.length;
  const isDone = (id: string): boolean => done.some(({ exercise }) => exercise === id);
  const left = exercises.filter(({ id }) => !isDone(id)).map(({ id }) => t(EXERCISE_KEYS[id].name));
  const isPart = count > 0 && count < of;
  return (
    <div className="course-result" data-testid="course-result" data-count={count} data-whole={whole !== null}>
      {whole !== null && (
        <p className="course-result__whole">
          <Icon name="circleCheck" />
          {t('trained.whole', {
            of,
            day: dayToIso(beijingDay(whole.atMs)),
            minutes: Math.max(1, Math.round(whole.tookMs / MINUTE_MS)),
          })}
        </p>
      )}
      {(isPart || whole === null) && (
        <p className="course-result__part">
          {isPart && <Marks isDone={isDone} />}
          {isPart ? t(whole === null ? 'trained.part' : 'trained.again', { count, of }) : t('trained.none')}
        </p>
      )}
      {isPart && (
        <p className="course-result__left">
          {t('trained.left', { names: new Intl.ListFormat(language, { type: 'conjunction' }).format(left) })}
        </p>
      )}
    </div>
  );
}

/** One mark for each exercise, in the course's order; the words beside say the same. */
function Marks({ isDone }: { readonly isDone: (id: string) => boolean }): ReactNode {
  return (
    <span className="course-result__marks" aria-hidden="true">
      {exercises.map(({ id }) => (
        <i key={id} data-done={isDone(id)} />
      ))}
    </span>
  );
}

/** The results of a shop that uses no names. */
export function NobodysResult({ result }: CourseResultProps): ReactNode {
  return (
    <CourseWords>
      <Nobody result={result} />
    </CourseWords>
  );
}

function Nobody({ result }: CourseResultProps): ReactNode {
  const t = useT();
  return (
    <div className="cashier-list__row">
      <Icon name="person" />
      <div className="cashier-list__who">
        <b className="cashier-list__name">{t('trained.nobody')}</b>
        <Result result={result} />
      </div>
    </div>
  );
}

const TROUBLE_KEYS = {
  'set-aside': 'trained.trouble.set-aside',
  unreadable: 'trained.trouble.unreadable',
} as const satisfies KeysOf<'trained.trouble', NonNullable<TrainingResults['trouble']>>;

/** The file of results was damaged, or cannot be read. */
export function ResultsTrouble({ trouble }: { readonly trouble: NonNullable<TrainingResults['trouble']> }): ReactNode {
  return (
    <CourseWords>
      <Trouble trouble={trouble} />
    </CourseWords>
  );
}

function Trouble({ trouble }: { readonly trouble: NonNullable<TrainingResults['trouble']> }): ReactNode {
  const t = useT();
  return (
    <p className="course-trouble" role="status" data-testid="course-trouble" data-trouble={trouble}>
      <Icon name="warning" />
      {t(TROUBLE_KEYS[trouble])}
    </p>
  );
}
