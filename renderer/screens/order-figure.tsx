import type { ReactNode } from 'react';
import { unreachable } from '../../shared/result.ts';
import type { HeldOrder } from '../held-order.ts';
import { useT } from '../i18n.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Figure, UnderWay } from '../parts/figure.tsx';

export interface OrderFigureProps {
  readonly order: HeldOrder;
}

/** The one large thing to look at: the wait, the work, or how it ended. */
export function OrderFigure({ order }: OrderFigureProps): ReactNode {
  const t = useT();
  const { view, deadline } = order;
  const { phase } = view;
  switch (phase.name) {
    case 'paying':
      return deadline && <Countdown deadline={deadline} unit={t('countdown.second')} />;
    case 'armed':
      if (phase.lastLook || deadline === null) return <UnderWay />;
      return <Countdown deadline={deadline} unit={t('countdown.second')} />;
    case 'reversing':
      if (phase.activity === 'waiting' && deadline !== null && deadline.spanMs > 0 && phase.attempt > 0) {
        return <Countdown deadline={deadline} unit={t('countdown.nextTry')} />;
      }
      return <UnderWay />;
    case 'confirming':
      if (deadline === null || deadline.spanMs === 0) return <UnderWay />;
      return <Countdown deadline={deadline} unit={t('countdown.nextAsk')} />;
    case 'paid':
    case 'settled':
      return <Figure icon="squareCheck" />;
    case 'failed':
      return <Figure icon="cross" />;
    case 'not-found':
      return <Figure icon="question" />;
    case 'choosing':
      return <Figure icon="choice" />;
    case 'cancelled':
      return <Figure icon={phase.outcome === 'refunded' ? 'returned' : 'circleCheck'} />;
    case 'attention':
      return <Figure icon="person" />;
    default:
      return unreachable(phase);
  }
}
