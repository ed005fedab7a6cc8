import type { ReactNode } from 'react';
import { viewOrder } from '../../../state/actions.ts';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { TimelineRows } from '../../../order/timeline-rows.tsx';
import { DecidedOrders } from './decided-orders.tsx';
import { RefundSteps } from './refund-steps.tsx';
import { Sheet } from './sheet.tsx';
import { takes, type ShownRow } from '../stuck-state.ts';
import { matterWords } from '../stuck-words.ts';

export interface DetailsSheetProps {
  readonly shown: ShownRow;
  readonly onDecide: (orderId: string) => void;
  readonly onClose: () => void;
}

/** Everything about one order: its numbers, what a manager should do and the way to it, and all that happened to it. */
export function DetailsSheet({ shown, onDecide, onClose }: DetailsSheetProps): ReactNode {
  const t = useT();
  const { order } = shown.row;
  const refundable = takes(shown, 'hand-over') || takes(shown, 'refund-made');
  return (
    <Sheet
      title={matterWords(t, order)}
      testId="details-sheet"
      onClose={onClose}
      foot={
        <>
          <Button label={t('stuck.onTill')} testId="on-till" onPress={() => viewOrder(order.orderId)} />
          {!shown.gone && (
            <Button
              look="strong"
              icon="person"
              label={t('stuck.decide')}
              testId="details-decide"
              onPress={() => onDecide(order.orderId)}
            />
          )}
        </>
      }
    >
      <DecidedOrders rows={[shown.row]} withCode={refundable} />
      {refundable && <RefundSteps rows={[shown.row]} />}
      <h3>{t('timeline.title')}</h3>
      <TimelineRows view={order} />
    </Sheet>
  );
}
