import type { ReactNode } from 'react';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { useT } from '../../../i18n/i18n.ts';
import { OrderCode } from './order-code.tsx';
import { OrderNumbers } from './order-numbers.tsx';
import './refund-steps.css';

const STEPS = ['stuck.steps.open', 'stuck.steps.find', 'stuck.steps.refund', 'stuck.steps.back'] as const;

export interface RefundStepsProps {
  /** The numbers of a single order, and its code, stand above already. */
  readonly rows: readonly StuckRow[];
}

/** How to refund on the merchant platform, step by step, with the numbers to type in there or to take along. */
export function RefundSteps({ rows }: RefundStepsProps): ReactNode {
  const t = useT();
  return (
    <section className="refund-steps" data-testid="refund-steps" aria-label={t('stuck.steps.title')}>
      <ol className="refund-steps__list">
        {STEPS.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      {rows.length > 1 &&
        rows.map((row) => (
          <div key={row.order.orderId}>
            <OrderNumbers row={row} />
            <OrderCode order={row.order} />
          </div>
        ))}
    </section>
  );
}
