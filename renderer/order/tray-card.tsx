import { memo, useCallback, type ReactNode } from 'react';
import { formatYuan } from '../../shared/money.ts';
import type { PhaseView } from '../../shared/order/order.ts';
import { endedWallMs, tailOf, type Deadline, type HeldOrder } from '../state/held-order.ts';
import { hourAndMinute } from '../i18n/beijing-time.ts';
import { useT } from '../i18n/i18n.ts';
import { lookOf } from './phase-appearance.ts';
import { figureZeroAtMs } from '../i18n/seconds-left.ts';
import { ageWords, nextStepWords, stateWords } from '../i18n/code-words.ts';
import { Icon } from '../components/icon.tsx';
import { Phrase } from '../components/phrase.tsx';
import { useTickingText } from '../components/use-ticking.ts';
import './tray-card.css';

export interface TrayCardProps {
  readonly order: HeldOrder;
  /** It is the order on the till. */
  readonly current: boolean;
  /** It must be the same function each time. Otherwise one changed order makes every card render again. */
  readonly onOpen: (orderId: string) => void;
  /** Finished orders are in a list of their own, and are no `tray-order`. They show when they ended, and do not count. */
  readonly finished?: boolean;
}

/**
 * One order in the tray: its number, its amount, what is going on, and what comes next. A tap puts it on the till. It
 * renders again only when that order changes, however many others change.
 */
export const TrayCard = memo(function TrayCard({ order, current, onOpen, finished = false }: TrayCardProps): ReactNode {
  const t = useT();
  const { view } = order;
  const state = stateWords(t, view.phase);
  const { tone, shape } = lookOf(view.phase, false);
  return (
    <button
      type="button"
      className="tray-card"
      data-tone={tone}
      data-tray-order
      data-testid={finished ? 'tray-finished' : 'tray-order'}
      data-order-id={view.orderId}
      data-phase={view.phase.name}
      aria-current={current || undefined}
      onClick={() => onOpen(view.orderId)}
    >
      <span className="heard-only">{t('tray.open', { tail: tailOf(view), state })}</span>
      <span className="tray-card__sign">
        <Icon name={shape} />
      </span>
      <span className="tray-card__tail">{tailOf(view)}</span>
      <span className="tray-card__amount">{view.amountFen === null ? '–' : `¥${formatYuan(view.amountFen)}`}</span>
      <span className="tray-card__state">
        <Phrase>{state}</Phrase>
      </span>
      {finished ? (
        <span className="tray-card__age">{hourAndMinute(endedWallMs(order) ?? view.createdAtMs)}</span>
      ) : (
        <Age bornAtMs={order.bornAtMs} />
      )}
      {(view.phase.name === 'reversing' || view.phase.name === 'armed') && (
        <NextStep phase={view.phase} deadline={order.deadline} />
      )}
    </button>
  );
});

interface AgeProps {
  readonly bornAtMs: number;
}

function Age({ bornAtMs }: AgeProps): ReactNode {
  const t = useT();
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => ageWords(t, nowMs - bornAtMs), [t, bornAtMs]),
    bornAtMs,
  );
  return <span ref={text} className="tray-card__age" />;
}

interface NextStepProps {
  readonly phase: PhaseView;
  readonly deadline: Deadline | null;
}

/** Which attempt this is, what happens by itself and when: `Try 3 · next in about 8 min`. */
function NextStep({ phase, deadline }: NextStepProps): ReactNode {
  const t = useT();
  const atMs = deadline?.atMs ?? null;
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => nextStepWords(t, phase, atMs === null ? null : atMs - nowMs), [t, phase, atMs]),
    figureZeroAtMs(atMs ?? 0),
  );
  return <span ref={text} className="tray-card__next" />;
}
