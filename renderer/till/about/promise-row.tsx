import type { ReactNode } from 'react';
import type { ShownPromise } from '../../../shared/promises.ts';
import { useT } from '../../i18n/i18n.ts';
import { figureWords } from './proof.ts';
import './promise-row.css';

export interface PromiseRowProps {
  readonly promise: ShownPromise;
}

/** One promise in plain words, with its figures as they are, the day they were measured and the command that does it. */
export function PromiseRow({ promise }: PromiseRowProps): ReactNode {
  const t = useT();
  const { id, state, figure, command } = promise;
  return (
    <li className="promise" data-testid="promise" data-promise={id} data-state={state}>
      <p className="promise__words">{t(`proof.promise.${id}`)}</p>
      <p className="promise__figure">{figureWords(t, promise)}</p>
      <p className="promise__small-print">
        {figure !== null && <span>{t('about.measuredOn', { date: figure.measured.date, commit: figure.measured.commit })}</span>}
        <code className="promise__command">{command}</code>
      </p>
    </li>
  );
}
