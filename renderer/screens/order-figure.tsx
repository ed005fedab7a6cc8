import type { ReactNode } from 'react';
import { unreachable } from '../../shared/result.ts';
import type { Deadline, HeldOrder } from '../held-order.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Figure, UnderWay } from '../parts/figure.tsx';
import { usePassed } from '../parts/use-ticking.ts';

export interface OrderFigureProps {
  readonly order: HeldOrder;
}

/** The one large thing to look at: the wait, the work, or how it ended. */
export function OrderFigure({ order }: OrderFigureProps): ReactNode {
  const { view, deadline } = order;
  const { phase } = view;
  switch (phase.name) {
    case 'paying':
      return deadline && <Countdown deadline={deadline} counts="window" />;
    case 'armed':
      if (phase.lastLook || deadline === null) return <UnderWay />;
      return <Countdown deadline={deadline} counts="window" />;
    case 'reversing':
      return phase.attempt > 0 ? <UntilNext deadline={deadline} counts="nextTry" /> : <UnderWay />;
    case 'confirming':
      return <UntilNext deadline={deadline} counts="nextAsk" />;
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

interface UntilNextProps {
  readonly deadline: Deadline | null;
  readonly counts: 'nextTry' | 'nextAsk';
}

/** The wait for the next call, also while WeChat is being asked meanwhile; then the call itself. */
function UntilNext({ deadline, counts }: UntilNextProps): ReactNode {
  const over = usePassed(deadline?.atMs ?? null);
  if (deadline === null || deadline.spanMs === 0 || over) return <UnderWay />;
  return <Countdown deadline={deadline} counts={counts} />;
}
