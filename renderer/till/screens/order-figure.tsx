import type { ReactNode } from 'react';
import { unreachable } from '../../../shared/result.ts';
import type { HeldOrder } from '../../state/held-order.ts';
import type { Look } from '../../order/phase-appearance.ts';
import { Countdown } from '../../order/countdown.tsx';
import { Figure, UnderWay } from '../../components/figure.tsx';

export interface OrderFigureProps {
  readonly order: HeldOrder;
  readonly look: Look;
  /** The deadline of its phase has passed. */
  readonly over: boolean;
}

/** The one large thing to look at: the wait, the work, or the result. */
export function OrderFigure({ order: { deadline }, look: { figure, shape }, over }: OrderFigureProps): ReactNode {
  switch (figure) {
    case 'still':
      return <Figure icon={shape} />;
    case 'turning':
      return <UnderWay icon={shape} />;
    case 'window':
    case 'nextTry':
    case 'nextAsk':
      // The wait for the next call, also while a query is running; then the call itself.
      return deadline === null || deadline.spanMs === 0 || over ? (
        <UnderWay icon={shape} />
      ) : (
        <Countdown deadline={deadline} counts={figure} />
      );
    default:
      return unreachable(figure);
  }
}
