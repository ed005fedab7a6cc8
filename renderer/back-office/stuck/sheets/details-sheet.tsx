import type { ReactNode } from 'react';
import { viewOrder } from '../../../state/actions.ts';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { CAUSE_KEYS } from '../../../i18n/code-keys.ts';
import { partWords } from '../../../i18n/code-words.ts';
import { TimelineRows } from '../../../order/timeline-rows.tsx';
import { OrderNumbers } from './order-numbers.tsx';
import { RefundSteps } from './refund-steps.tsx';
import { Sheet } from './sheet.tsx';
import { takes, type ShownRow } from '../stuck-state.ts';
import { matterWords } from '../stuck-words.ts';

export interface DetailsSheetProps {
  readonly shown: ShownRow;
  readonly onClose: () => void;
}

/** Everything about one order: its numbers, what a manager should do, and all that happened to it. */
export function DetailsSheet({ shown, onClose }: DetailsSheetProps): ReactNode {
  const t = useT();
  const { order } = shown.row;
  const { phase } = order;
  const refunded = partWords(t, order.refunds);
  return (
    <Sheet
      title={matterWords(t, order)}
      testId="details-sheet"
      onClose={onClose}
      foot={<Button label={t('stuck.onTill')} testId="on-till" onPress={() => viewOrder(order.orderId)} />}
    >
      {phase.name === 'attention' && <p className="sheet__sum">{t(CAUSE_KEYS[phase.cause].manager)}</p>}
      {refunded !== null && <p className="sheet__sum">{refunded}</p>}
      {takes(shown, 'hand-over') || takes(shown, 'refund-made') ? (
        <RefundSteps rows={[shown]} />
      ) : (
        <OrderNumbers row={shown.row} />
      )}
      <h3>{t('timeline.title')}</h3>
      <TimelineRows view={order} />
    </Sheet>
  );
}
