import { useCallback, type ReactNode } from 'react';
import { timeSince } from '../i18n/beijing-time.ts';
import { useT } from '../i18n/i18n.ts';
import { splitNumber } from '../input/number-entry.ts';
import { ageWords } from '../i18n/code-words.ts';
import { useTickingText } from '../components/use-ticking.ts';
import './facts.css';

export interface FactsProps {
  readonly number: string | null;
  readonly createdAtMs: number;
  readonly bornAtMs: number;
  /** It has ended: its age counts no more. `endedWallMs` is the time of its end, where that is known. */
  readonly ended: boolean;
  readonly endedWallMs: number | null;
  readonly origin: 'taken' | 'entered';
}

/** Which order this is: its number in groups of four with the last four large, its time, and its age. */
export function Facts({ number, createdAtMs, bornAtMs, ended, endedWallMs, origin }: FactsProps): ReactNode {
  const t = useT();
  return (
    <dl className="facts" aria-label={t('facts.label')}>
      {number !== null && (
        <div className="facts__fact">
          <dt>{t('facts.number')}</dt>
          <dd>
            <OrderNumber number={number} />
          </dd>
        </div>
      )}
      <div className="facts__fact">
        <dt>{t(origin === 'entered' ? 'facts.entered' : 'facts.time')}</dt>
        <dd>{timeText(createdAtMs)}</dd>
      </div>
      {!ended && <Age bornAtMs={bornAtMs} />}
      {ended && endedWallMs !== null && (
        <div className="facts__fact" data-testid="facts-ended">
          <dt>{t('facts.ended')}</dt>
          <dd>{timeText(endedWallMs)}</dd>
        </div>
      )}
    </dl>
  );
}

function Age({ bornAtMs }: Pick<FactsProps, 'bornAtMs'>): ReactNode {
  const t = useT();
  const age = useTickingText<HTMLElement>(
    useCallback((nowMs: number) => ageWords(t, nowMs - bornAtMs), [t, bornAtMs]),
    bornAtMs,
  );
  return (
    <div className="facts__fact">
      <dt>{t('facts.age')}</dt>
      <dd ref={age} />
    </div>
  );
}

const timeText = (atMs: number): string => timeSince(atMs, Date.now());

interface OrderNumberProps {
  readonly number: string;
}

function OrderNumber({ number }: OrderNumberProps): ReactNode {
  const { head, tail } = splitNumber(number);
  return (
    <span className="order-number">
      {head.map((group, index) => (
        <span key={index}>{group}</span>
      ))}
      <b>{tail}</b>
    </span>
  );
}
