import { useCallback, type ReactNode } from 'react';
import { formatYuan } from '../../shared/money.ts';
import type { PhaseView } from '../../shared/order.ts';
import { tailOf, type Deadline, type HeldOrder } from '../held-order.ts';
import { useT, type Translate } from '../i18n.ts';
import { toneOf } from '../phase-words.ts';
import { figureZeroAtMs } from '../seconds-left.ts';
import { ageWords, durationWords, stateWords } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';
import { useTickingText } from './use-ticking.ts';
import './tray-card.css';

type PhaseName = PhaseView['name'];

export interface TrayCardProps {
  readonly order: HeldOrder;
  /** It is the one on the till. */
  readonly current: boolean;
  readonly onOpen: () => void;
  /** Finished orders are listed apart, and are no `tray-order`. */
  readonly finished?: boolean;
}

/** One order in the tray: whose it is, how much, what goes on, and what comes next. A tap puts it on the till. */
export function TrayCard({ order, current, onOpen, finished = false }: TrayCardProps): ReactNode {
  const t = useT();
  const { view } = order;
  const state = stateWords(t, view.phase);
  return (
    <button
      type="button"
      className="tray-card"
      data-tone={toneOf(view.phase)}
      data-tray-order
      data-testid={finished ? 'tray-finished' : 'tray-order'}
      data-order-id={view.orderId}
      data-phase={view.phase.name}
      aria-current={current || undefined}
      aria-label={t('tray.open', { tail: tailOf(view), state })}
      onClick={onOpen}
    >
      <span className="tray-card__sign">
        <Icon name={signOf(order)} />
      </span>
      <span className="tray-card__tail">{tailOf(view)}</span>
      <span className="tray-card__amount">{view.amountFen === null ? '–' : `¥${formatYuan(view.amountFen)}`}</span>
      <span className="tray-card__state">{state}</span>
      <Age bornAtMs={order.bornAtMs} />
      {order.deadline !== null && <NextStep order={order} deadline={order.deadline} />}
    </button>
  );
}

function signOf({ view }: HeldOrder): IconName {
  switch (view.phase.name) {
    case 'attention':
      return 'person';
    case 'cancelled':
      return view.phase.outcome === 'refunded' ? 'returned' : 'circleCheck';
    case 'paid':
    case 'settled':
      return 'squareCheck';
    case 'failed':
      return 'cross';
    case 'not-found':
      return 'question';
    case 'choosing':
      return 'choice';
    case 'reversing':
      return 'again';
    case 'paying':
      return 'dots';
    case 'armed':
    case 'confirming':
      return 'hourglass';
  }
}

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
  readonly order: HeldOrder;
  readonly deadline: Deadline;
}

/** What happens by itself, and when. Nothing is said of a moment that has passed: main's word on it is on its way. */
function NextStep({ order, deadline }: NextStepProps): ReactNode {
  const t = useT();
  const { name } = order.view.phase;
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => nextWords(t, name, deadline.atMs - nowMs), [t, name, deadline.atMs]),
    figureZeroAtMs(deadline.atMs),
  );
  return <span ref={text} className="tray-card__next" />;
}

function nextWords(t: Translate, phase: PhaseName, leftMs: number): string {
  const time = durationWords(t, leftMs);
  if (leftMs > 0 && phase === 'armed') return t('tray.firesIn', { time });
  return leftMs > 0 && phase === 'reversing' ? t('tray.nextTry', { time }) : '';
}
