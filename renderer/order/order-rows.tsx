import { useCallback, type ReactNode } from 'react';
import { formatYuan } from '../../shared/money.ts';
import type { OrderView } from '../../shared/order/order.ts';
import { tailOf } from '../state/held-order.ts';
import { useT } from '../i18n/i18n.ts';
import { splitNumber } from '../input/number-entry.ts';
import { lookOf } from './phase-appearance.ts';
import { ageWords, stateWords } from '../i18n/code-words.ts';
import { Icon } from '../components/icon.tsx';
import { useTickingText } from '../components/use-ticking.ts';
import './order-rows.css';

export interface OrderRowsProps {
  readonly orders: readonly OrderView[];
  /** When they arrived, on this page's clock: their ages count from that moment. */
  readonly atMs: number;
  readonly label: string;
}

/** A list of orders to read, one per line: the number, the amount, the age and the state. */
export function OrderRows({ orders, atMs, label }: OrderRowsProps): ReactNode {
  return (
    <ul className="order-rows" aria-label={label} tabIndex={0} data-testid="order-rows">
      {orders.map((view) => (
        <OrderRow key={view.orderId} view={view} bornAtMs={atMs - view.ageMs} />
      ))}
    </ul>
  );
}

interface OrderRowProps {
  readonly view: OrderView;
  readonly bornAtMs: number;
}

function OrderRow({ view, bornAtMs }: OrderRowProps): ReactNode {
  const t = useT();
  const age = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => ageWords(t, nowMs - bornAtMs), [t, bornAtMs]),
    bornAtMs,
  );
  const { tone, shape } = lookOf(view.phase, false);
  const number = view.outTradeNo ?? view.transactionId;
  return (
    <li
      className="order-row"
      data-tone={tone}
      data-testid="order-row"
      data-order-id={view.orderId}
      data-phase={view.phase.name}
    >
      <Icon name={shape} />
      <span className="order-row__number">
        {number !== null && splitNumber(number).head.map((group, index) => <span key={index}>{group}</span>)}
        <b>{tailOf(view)}</b>
      </span>
      <span className="order-row__amount">
        {view.amountFen === null ? t('facts.amountUnknown') : `¥${formatYuan(view.amountFen)}`}
      </span>
      <span ref={age} className="order-row__age" />
      <span className="order-row__state tone-word">{stateWords(t, view.phase)}</span>
    </li>
  );
}
