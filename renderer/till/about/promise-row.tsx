import type { ReactNode } from 'react';
import type { PromiseId, ShownPromise } from '../../../shared/promises.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { figureWords } from './proof.ts';
import './promise-row.css';

export interface PromiseRowProps {
  readonly promise: ShownPromise;
  /** With its figures, the day of the measurement and the command that measures it. */
  readonly technical: boolean;
}

const PROMISE_KEYS = {
  window: 'proof.promise.window',
  'on-disk': 'proof.promise.on-disk',
  'one-at-once': 'proof.promise.one-at-once',
  proved: 'proof.promise.proved',
  'goes-on': 'proof.promise.goes-on',
  manager: 'proof.promise.manager',
  secrets: 'proof.promise.secrets',
  'pay-once': 'proof.promise.pay-once',
  'paid-is-refund': 'proof.promise.paid-is-refund',
  'clock-attacks': 'proof.promise.clock-attacks',
  'four-at-once': 'proof.promise.four-at-once',
  'seeded-bugs': 'proof.promise.seeded-bugs',
  'crash-points': 'proof.promise.crash-points',
  wire: 'proof.promise.wire',
  audit: 'proof.promise.audit',
  soak: 'proof.promise.soak',
} as const satisfies KeysOf<'proof.promise', PromiseId>;

/** One promise in plain words, and how it is proved, for those who ask. */
export function PromiseRow({ promise, technical }: PromiseRowProps): ReactNode {
  const t = useT();
  const { id, state, figure, command } = promise;
  return (
    <li className="promise" data-testid="promise" data-promise={id} data-state={state}>
      <p className="promise__words">{t(PROMISE_KEYS[id])}</p>
      {technical && (
        <>
          <p className="promise__figure">{figureWords(t, promise)}</p>
          <p className="promise__small-print">
            {figure !== null && (
              <span>{t('about.measuredOn', { date: figure.measured.date, commit: figure.measured.commit })}</span>
            )}
            <code className="promise__command">{command}</code>
          </p>
        </>
      )}
    </li>
  );
}
