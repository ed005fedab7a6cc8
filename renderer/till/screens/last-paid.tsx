import { useEffect, useState, type ReactNode } from 'react';
import { formatYuan } from '../../../shared/money.ts';
import { Icon } from '../../components/icon.tsx';
import { useT } from '../../i18n/i18n.ts';
import { grouped } from '../../input/amount-entry.ts';
import { viewOrder } from '../../state/actions.ts';
import { lastPaidOrder, leavesAtMs } from '../../state/held-order.ts';
import { useKiosk } from '../../state/store.ts';
import './last-paid.css';

/** The order that was paid last: it names it on the keypad, and a tap shows it again. */
export function LastPaid(): ReactNode {
  const t = useT();
  const [nowMs, setNowMs] = useState(() => performance.now());
  const order = useKiosk((state) => lastPaidOrder(state.orders, nowMs));
  const goneAtMs = order === null ? null : leavesAtMs(order);
  useEffect(() => {
    if (goneAtMs === null) return undefined;
    const timer = setTimeout(() => setNowMs(performance.now()), Math.max(0, goneAtMs - performance.now()) + 2);
    return () => clearTimeout(timer);
  }, [goneAtMs]);
  if (order === null) return null;
  const { orderId, amountFen } = order.view;
  return (
    <button
      type="button"
      className="last-paid"
      data-testid="last-paid"
      data-order-id={orderId}
      onClick={() => viewOrder(orderId)}
    >
      {t('lastPaid.label')}
      <Icon name="moneyIn" />
      {amountFen !== null && <b>¥{grouped(formatYuan(amountFen))}</b>}
    </button>
  );
}
