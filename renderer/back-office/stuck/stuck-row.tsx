import { memo, useCallback, type ReactNode } from 'react';
import { formatYuan } from '../../../shared/money.ts';
import { tailOf } from '../../state/held-order.ts';
import { useT } from '../../i18n/i18n.ts';
import { Phrase } from '../../components/phrase.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTickingText } from '../../components/use-ticking.ts';
import { ageWords, stateWords } from '../../i18n/code-words.ts';
import { RowResult } from './row-result.tsx';
import type { ShownResult, ShownRow } from './stuck-state.ts';
import { answerLine, deadlineWords, matterWords, moneySign, moneyTone, moneyWords, nextWords } from './stuck-words.ts';
import './stuck-row.css';

export interface StuckRowProps {
  readonly shown: ShownRow;
  readonly selected: boolean;
  readonly result: ShownResult | null;
  readonly onPick: (orderId: string) => void;
  readonly onDetails: (orderId: string) => void;
}

/** One stuck order. A tap marks it; the button at its end opens its history. */
export const StuckRowItem = memo(function StuckRowItem({
  shown,
  selected,
  result,
  onPick,
  onDetails,
}: StuckRowProps): ReactNode {
  const t = useT();
  const { row, gone } = shown;
  const { order } = row;
  const tail = tailOf(order);
  return (
    <li
      className="stuck-row"
      data-testid="stuck-row"
      data-order-id={order.orderId}
      data-phase={order.phase.name}
      data-money={row.money}
      data-gone={gone || undefined}
    >
      <button
        type="button"
        className="stuck-row__pick"
        data-testid="stuck-pick"
        aria-pressed={selected}
        disabled={gone}
        onClick={() => onPick(order.orderId)}
      >
        <span className="heard-only">
          {t('stuck.pick', { tail, money: moneyWords(t, row), state: stateWords(t, order.phase) })}
        </span>
        <span className="stuck-row__box" aria-hidden="true">
          {selected && <Icon name="squareCheck" />}
        </span>
        <span className="stuck-row__money tone-word" data-tone={gone ? 'clear' : moneyTone[row.money]}>
          <Icon name={gone ? 'circleCheck' : moneySign[row.money]} />
          <b>
            <Phrase>{gone ? t('stuck.gone') : moneyWords(t, row)}</Phrase>
          </b>
        </span>
        <span className="stuck-row__tail">
          {tail}
          <span className="stuck-row__amount">
            {order.amountFen === null ? t('stuck.unknownAmount') : `¥${formatYuan(order.amountFen)}`}
          </span>
        </span>
        <span className="stuck-row__matter">{matterWords(t, order)}</span>
        <span className="stuck-row__answer">{answerLine(t, row)}</span>
        <span className="stuck-row__when">
          {!gone && <Deadline shown={shown} />}
          <Next shown={shown} />
          <Age shown={shown} />
        </span>
        {!gone && <HandedOver shown={shown} />}
      </button>
      <button
        type="button"
        className="stuck-row__details"
        data-testid="stuck-details"
        aria-label={t('stuck.details', { tail })}
        onClick={() => onDetails(order.orderId)}
      >
        <Icon name="chevron" />
      </button>
      {result !== null && <RowResult shown={result} order={order} />}
    </li>
  );
});

function Deadline({ shown }: { readonly shown: ShownRow }): ReactNode {
  const t = useT();
  // The unit is hours, and main sends the row twice a minute, so it needs no ticking of its own.
  const { text, tone, icon } = deadlineWords(t, shown.row, 0);
  return (
    <span className="stuck-row__deadline" data-tone={tone ?? undefined}>
      {tone !== null && <Icon name={icon} />}
      {text}
    </span>
  );
}

function Next({ shown }: { readonly shown: ShownRow }): ReactNode {
  const t = useT();
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => nextWords(t, shown, nowMs - shown.arrivedAtMs), [t, shown]),
    shown.arrivedAtMs + (shown.row.nextTryInMs ?? 0),
  );
  return <span ref={text} className="stuck-row__next" />;
}

function Age({ shown }: { readonly shown: ShownRow }): ReactNode {
  const t = useT();
  const bornAtMs = shown.arrivedAtMs - shown.row.ageMs;
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => ageWords(t, nowMs - bornAtMs), [t, bornAtMs]),
    bornAtMs,
  );
  return <span ref={text} className="stuck-row__age" />;
}

function HandedOver({ shown: { row } }: { readonly shown: ShownRow }): ReactNode {
  const t = useT();
  if (row.handedOverMs === null) return null;
  return (
    <span className="stuck-row__handed">
      {row.notRefundedMs === null
        ? t('stuck.handedOver', { age: ageWords(t, row.handedOverMs) })
        : t('stuck.notRefunded', { age: ageWords(t, row.notRefundedMs) })}
    </span>
  );
}
