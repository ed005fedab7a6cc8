import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import type { OrderView } from '../../../shared/order/order.ts';
import { give } from '../../order/cues.ts';
import { agesAtMs, endedWallMs, type HeldOrder } from '../../state/held-order.ts';
import { useT } from '../../i18n/i18n.ts';
import { Facts } from '../../order/facts.tsx';
import { StatusPanel } from '../../order/status-panel.tsx';
import { usePassed } from '../../components/use-ticking.ts';
import { lookOf, type FigureKind } from '../../order/phase-appearance.ts';
import { phaseWords } from '../../order/phase-words.ts';
import { Button } from '../../components/button.tsx';
import { lazy } from '../../components/lazy.tsx';
import { useKiosk } from '../../state/store.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderFigure } from './order-figure.tsx';
import { OrderVerdict } from './order-verdict.tsx';
import { OrderTimeline, TimelineButton } from '../../order/order-timeline.tsx';
import { PaidReturn } from './paid-return.tsx';
import { TillProblem } from './till-problem.tsx';
import { useLeaving } from './use-leaving.ts';
import './order-screen.css';

/** Few orders need one, so the till starts without it. */
const SlipDialog = lazy(async () => (await import('../../slip/slip-dialog.tsx')).SlipDialog);

export interface OrderScreenProps {
  readonly order: HeldOrder;
  /** Another payment is before the camera meanwhile. */
  readonly cameraOn: boolean;
}

/** One order: the verdict first, then what is going on, which order it is, and what can be done. */
export function OrderScreen({ order, cameraOn }: OrderScreenProps): ReactNode {
  const t = useT();
  const { view } = order;
  const over = usePassed(order.deadline?.atMs ?? null);
  const ready = view.phase.name === 'paying' && over;
  useReadyCue(ready);
  const look = lookOf(view.phase, over);
  const { tone, shape, figure } = look;
  const aged = usePassed(agesAtMs(order));
  const role = useKiosk(({ terminal }) => terminal?.role ?? 'cashier');
  const words = phaseWords(t, view, over, { role, aged });
  useLeaving(view);
  const main = useFocusAfter(`${view.phase.name} ${view.actions.join(' ')}`);
  return (
    <main ref={main} tabIndex={-1} className="till" data-testid="stage-order">
      <div className="order" data-testid={`phase-${view.phase.name}`} data-order-id={view.orderId}>
        <OrderVerdict key={view.orderId} order={order} look={look} state={words.headline} aged={aged} />
        <div className="order__middle">
          <StatusPanel
            tone={tone}
            figure={<OrderFigure order={order} look={look} over={over} />}
            sign={isCount(figure) && order.deadline !== null && !over ? shape : null}
            {...words}
            codes={null}
            wait={view.phase.name === 'paid' ? <PaidReturn /> : null}
            testId={view.phase.name === 'cancelled' ? 'outcome' : 'headline'}
          />
          <OrderTimeline view={view} />
        </div>
        <TillProblem />
        <div className="order__facts">
          <Facts
            number={view.outTradeNo ?? view.transactionId}
            createdAtMs={view.createdAtMs}
            bornAtMs={order.bornAtMs}
            ended={view.standing === 'done'}
            endedWallMs={endedWallMs(order)}
            origin={view.origin}
          />
          <div className="order__buttons">
            {hasSlip(view) && <SlipButton key={view.orderId} orderId={view.orderId} />}
            <TimelineButton />
          </div>
        </div>
        <OrderActions order={order} ready={ready} cameraOn={cameraOn} />
      </div>
    </main>
  );
}

/** Whether a slip can say how the order ended. */
const hasSlip = ({ phase }: Pick<OrderView, 'phase'>): boolean =>
  phase.name === 'cancelled' || phase.name === 'settled' || phase.name === 'attention';

/** Opens the slip of an order, to print or to save. */
function SlipButton({ orderId }: { readonly orderId: string }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="receipt" label={t('slip.open')} testId="slip-open" onPress={() => setOpen(true)} />
      {open && <SlipDialog orderId={orderId} onClose={() => setOpen(false)} />}
    </>
  );
}

/** A number has no shape of its own. */
const isCount = (figure: FigureKind): boolean => figure !== 'still' && figure !== 'turning';

/**
 * The focused button disappeared with its state: then the focus goes to the top of the new state, from where Tab
 * reaches its first button. It never goes to a button, because the next Enter would press that.
 */
function useFocusAfter(change: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const nobodyHasIt = document.activeElement === null || document.activeElement === document.body;
    if (nobodyHasIt && document.querySelector('dialog[open]') === null) main.current?.focus({ preventScroll: true });
  }, [change]);
  return main;
}

/** The safe wait is over: one soft tick, once. */
function useReadyCue(ready: boolean): void {
  useEffect(() => {
    if (ready) give('ready');
  }, [ready]);
}
