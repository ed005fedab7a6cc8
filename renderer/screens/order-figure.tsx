import type { ReactNode } from 'react';
import { unreachable } from '../../shared/result.ts';
import type { HeldOrder } from '../held-order.ts';
import type { Look } from '../outcomes.ts';
import { Countdown } from '../parts/countdown.tsx';
import { Figure, UnderWay } from '../parts/figure.tsx';
import { usePassed } from '../parts/use-ticking.ts';

export interface OrderFigureProps {
  readonly order: HeldOrder;
  readonly look: Look;
}

/** The one large thing to look at: the wait, the work, or how it ended. */
export function OrderFigure({ order: { deadline }, look: { figure, shape } }: OrderFigureProps): ReactNode {
  const over = usePassed(deadline?.atMs ?? null);
  switch (figure) {
    case 'still':
      return <Figure icon={shape} />;
    case 'turning':
      return <UnderWay icon={shape} />;
    case 'window':
    case 'nextTry':
    case 'nextAsk':
      // The wait for the next call, also while WeChat is being asked meanwhile; then the call itself.
      return deadline === null || deadline.spanMs === 0 || over ? <UnderWay icon={shape} /> : <Countdown deadline={deadline} counts={figure} />;
    default:
      return unreachable(figure);
  }
}
