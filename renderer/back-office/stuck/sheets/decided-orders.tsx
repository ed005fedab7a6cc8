import { useState, type ReactNode } from 'react';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { formatYuan } from '../../../../shared/money.ts';
import type { OrderView } from '../../../../shared/order/order.ts';
import { useT, type Translate } from '../../../i18n/i18n.ts';
import { Icon } from '../../../components/icon.tsx';
import { OrderRows } from '../../../order/order-rows.tsx';
import { lookOf } from '../../../order/phase-appearance.ts';
import { answerLine, matterWords, todoWords } from '../stuck-words.ts';
import { OrderCode } from './order-code.tsx';
import { OrderNumbers } from './order-numbers.tsx';
import './decided-orders.css';

export interface DecidedOrdersProps {
  readonly rows: readonly StuckRow[];
  /** The numbers are needed elsewhere, on the merchant platform: they stand there as a code for a phone as well. */
  readonly withCode?: boolean;
}

/** What a decision is about: of each order the amount, the state and the time, before anybody can hold the button. */
export function DecidedOrders({ rows, withCode = false }: DecidedOrdersProps): ReactNode {
  const t = useT();
  const [atMs] = useState(() => performance.now());
  const [only] = rows;
  if (only !== undefined && rows.length === 1) return <OneOrder row={only} withCode={withCode} />;
  const orders = rows.map(({ order }) => order);
  return (
    <>
      <p className="sheet__sum">{sumWords(t, orders)}</p>
      {orders.length > 0 && <OrderRows orders={orders} atMs={atMs} label={sumWords(t, orders)} />}
    </>
  );
}

interface OneOrderProps {
  readonly row: StuckRow;
  readonly withCode: boolean;
}

function OneOrder({ row, withCode }: OneOrderProps): ReactNode {
  const t = useT();
  const { order } = row;
  const { phase } = order;
  const { tone, shape } = lookOf(phase, false);
  return (
    <section
      className="decided"
      aria-label={t('stuck.numbers.state')}
      data-testid="decided"
      data-order-id={order.orderId}
      data-phase={phase.name}
    >
      <p className="decided__state" data-tone={tone} role="status">
        <Icon name={shape} />
        <b>{order.amountFen === null ? t('stuck.unknownAmount') : `¥${formatYuan(order.amountFen)}`}</b>
        <span>{matterWords(t, order)}</span>
      </p>
      <p>{answerLine(t, row)}</p>
      {todoWords(t, row).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <div className="decided__numbers">
        <OrderNumbers row={row} />
        {withCode && <OrderCode order={order} />}
      </div>
    </section>
  );
}

function sumWords(t: Translate, orders: readonly OrderView[]): string {
  const unknown = orders.filter(({ amountFen }) => amountFen === null).length;
  const amount = formatYuan(orders.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0));
  return unknown === 0
    ? t('stuck.sum', { count: orders.length, amount })
    : t('stuck.sumUnknown', { count: orders.length, unknown, amount });
}
