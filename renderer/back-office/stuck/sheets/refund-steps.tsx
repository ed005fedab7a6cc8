import { useState, type ReactNode } from 'react';
import { formatYuan } from '../../../../shared/money.ts';
import { useT, type Translate } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { momentText } from '../../../i18n/beijing-time.ts';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { OrderNumbers, paidAtMsOf } from './order-numbers.tsx';
import './refund-steps.css';

const STEPS = ['stuck.steps.open', 'stuck.steps.find', 'stuck.steps.refund', 'stuck.steps.back'] as const;

export interface RefundStepsProps {
  /** The numbers of a single order stand above already. */
  readonly rows: readonly StuckRow[];
}

/** How to refund on the merchant platform, step by step, with the numbers to type in there. */
export function RefundSteps({ rows }: RefundStepsProps): ReactNode {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <section className="refund-steps" data-testid="refund-steps" aria-label={t('stuck.steps.title')}>
      <ol className="refund-steps__list">
        {STEPS.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      {rows.length > 1 && rows.map((row) => <OrderNumbers key={row.order.orderId} row={row} />)}
      <Button
        label={t(copied ? 'stuck.steps.copied' : 'stuck.steps.copy')}
        testId="copy-steps"
        onPress={() => setCopied(copyText(stepsText(t, rows)))}
      />
    </section>
  );
}

/** The same as plain text, to send to the person at the computer. */
export function stepsText(t: Translate, rows: readonly StuckRow[]): string {
  const steps = STEPS.map((step, index) => `${String(index + 1)}. ${t(step)}`);
  const orders = rows.map((row) => {
    const { order } = row;
    return [
      `${t('stuck.numbers.transactionId')}: ${order.transactionId ?? t('stuck.numbers.unknown')}`,
      `${t('stuck.numbers.outTradeNo')}: ${order.outTradeNo ?? t('stuck.numbers.unknown')}`,
      `${t('stuck.numbers.amount')}: ${order.amountFen === null ? t('stuck.numbers.unknown') : `¥${formatYuan(order.amountFen)}`}`,
      `${t(order.origin === 'entered' ? 'stuck.numbers.enteredAt' : 'stuck.numbers.paidAt')}: ${momentText(paidAtMsOf(row))}`,
    ].join('\n');
  });
  return [t('stuck.steps.title'), ...steps, ...orders].join('\n\n');
}

/** Copies by a selection: the page may not use the clipboard itself, and a selection needs no permission. */
function copyText(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'heard-only';
  const dialog = document.querySelector('dialog[open]') ?? document.body;
  dialog.append(field);
  field.select();
  // Its successor asks for a permission, and this app's pages get none.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
