import type { ReactNode } from 'react';
import type { OrderView } from '../../../../shared/order/order.ts';
import { formatYuan } from '../../../../shared/money.ts';
import { QrCode } from '../../../components/qr-code.tsx';
import { useT, type Translate } from '../../../i18n/i18n.ts';
import './order-code.css';

export interface OrderCodeProps {
  readonly order: OrderView;
}

/**
 * The numbers and the amount of an order for the manager's phone: a till has nothing to paste a copied number into.
 * What the code holds is said beside it in words; the numbers themselves stand in the sheet as text.
 */
export function OrderCode({ order }: OrderCodeProps): ReactNode {
  const t = useT();
  const says = t('stuck.code');
  return (
    <figure className="order-code" data-testid="order-code" data-order-id={order.orderId}>
      <QrCode text={codeText(t, order)} label={says} />
      <figcaption>{says}</figcaption>
    </figure>
  );
}

/** One line each, in the words of the screen: a phone shows it as plain text, to copy from. */
export function codeText(t: Translate, { transactionId, outTradeNo, amountFen }: OrderView): string {
  const lines = [
    transactionId === null ? null : `${t('stuck.numbers.transactionId')} ${transactionId}`,
    outTradeNo === null ? null : `${t('stuck.numbers.outTradeNo')} ${outTradeNo}`,
    amountFen === null ? null : `${t('stuck.numbers.amount')} ¥${formatYuan(amountFen)}`,
  ];
  return lines.filter((line) => line !== null).join('\n');
}
