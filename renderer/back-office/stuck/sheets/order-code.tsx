import type { ReactNode } from 'react';
import { encode } from 'uqr';
import type { OrderView } from '../../../../shared/order/order.ts';
import { formatYuan } from '../../../../shared/money.ts';
import { useT, type Translate } from '../../../i18n/i18n.ts';
import './order-code.css';

/** Clear space on each side, in modules, as ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;

export interface OrderCodeProps {
  readonly order: OrderView;
}

/**
 * The numbers and the amount of an order for the manager's phone: a till has nothing to paste a copied number into.
 * What the code holds is said beside it in words; the numbers themselves stand in the sheet as text.
 */
export function OrderCode({ order }: OrderCodeProps): ReactNode {
  const t = useT();
  const { size, data } = encode(codeText(t, order), { ecc: 'M', border: QUIET_MODULES });
  const says = t('stuck.code');
  return (
    <figure className="order-code" data-testid="order-code" data-order-id={order.orderId}>
      <svg className="order-code__code" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={says}>
        <path d={darkRuns(data)} />
      </svg>
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

/** The dark modules as runs along each row: one path instead of a thousand squares. */
const darkRuns = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        const width = (end === -1 ? row.length : end) - x;
        return [`M${String(x)} ${String(y)}h${String(width)}v1h-${String(width)}z`];
      }),
    )
    .join('');
