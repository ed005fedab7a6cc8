import type { ReactNode } from 'react';
import type { Action, OrderView } from '../../../shared/order/order.ts';
import { formatYuan } from '../../../shared/money.ts';
import { actOnOrder, busyKey, nextCustomer, orderActKey, takePayment } from '../../state/actions.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button, type ButtonProps } from '../../components/button.tsx';
import { roleIcons } from '../../components/icon.tsx';
import { callManager } from '../../state/staff.ts';
import { usePassed } from '../../components/use-ticking.ts';
import { grouped } from '../../input/amount-entry.ts';
import { agesAtMs, chargesAgainFen, type HeldOrder } from '../../state/held-order.ts';
import { useKiosk } from '../../state/store.ts';

export interface OrderActionsProps {
  readonly order: HeldOrder;
  /** A cancel would be sent at once now, and the colour of the button says so. */
  readonly ready: boolean;
  readonly cameraOn: boolean;
}

const looks: Readonly<Record<Action, Pick<ButtonProps, 'size' | 'look' | 'icon' | 'hint'>>> = {
  cancel: { size: 'money', hint: 'F4' },
  withdraw: { size: 'money' },
  keep: { size: 'money', look: 'paid', icon: 'moneyIn' },
  refund: { size: 'money', look: 'wait', icon: 'returned' },
  ask: { size: 'tall', hint: 'F2' },
  'try-now': { size: 'tall', icon: 'again' },
};

const ACTION_KEYS = {
  cancel: 'action.cancel',
  withdraw: 'action.withdraw',
  keep: 'action.keep',
  refund: 'action.refund',
  ask: 'action.ask',
  'try-now': 'action.try-now',
} as const satisfies KeysOf<'action', Action>;

/** Cancelling is the main button while the result is open. A failed payment may be cancelled, but need not be. */
function cancelLook(view: OrderView, ready: boolean): 'strong' | 'wait' | 'quiet' {
  if (ready) return 'wait';
  return view.standing === 'done' ? 'quiet' : 'strong';
}

/** The acts that main allows for this order, and the button for the next customer, which is always there. */
export function OrderActions({ order, ready, cameraOn }: OrderActionsProps): ReactNode {
  const t = useT();
  const { view } = order;
  const busy = useKiosk((state) => state.busy);
  const before = view.phase.name === 'attention' ? view.phase : null;
  // A manager's own try stands in the sheet that this button opens, beside what the cause advises.
  const actions = before === null ? view.actions : view.actions.filter((action) => action !== 'try-now');
  const free = view.standing === 'done' || view.phase.name === 'reversing' || view.phase.name === 'confirming';
  const isSaleOver = useKiosk((state) => state.viewing === null) && view.phase.name === 'paid';
  const aged = usePassed(agesAtMs(order));
  const againFen = aged || cameraOn ? null : chargesAgainFen(view);
  // When one button goes, the others slide under the finger: then all of them pause, as if they had just appeared.
  const arrangement = `${view.actions.join(' ')} ${String(free)} ${String(againFen)}`;
  return (
    <div key={arrangement} className="till__actions">
      {before !== null && (
        <Button
          size="money"
          look={before.handedOver ? 'quiet' : 'strong'}
          icon={roleIcons.manager}
          label={t('action.decide')}
          hint="F9"
          testId="decide"
          onPress={() => callManager(view.orderId)}
        />
      )}
      {actions.map((action) => (
        <Button
          key={action}
          {...looks[action]}
          {...(action === 'cancel' ? { look: cancelLook(view, ready) } : {})}
          {...(againFen === null ? {} : { size: 'tall' })}
          label={t(ACTION_KEYS[action])}
          busy={busy.has(orderActKey(action, view.orderId))}
          testId={action}
          onPress={() => void actOnOrder(action, view.orderId)}
        />
      ))}
      {againFen !== null && <ChargeAgain fen={againFen} />}
      <Button
        size={free && (againFen === null || view.actions.length === 0) ? 'money' : 'tall'}
        look={free && againFen === null ? 'strong' : 'quiet'}
        label={t(cameraOn ? 'action.back' : 'action.next')}
        hint={isSaleOver ? 'Enter' : 'Esc'}
        busy={busy.has(busyKey('payment.clear'))}
        testId="next-customer"
        onPress={() => void nextCustomer()}
      />
    </div>
  );
}

/** The same customer, the same amount, a new order. */
function ChargeAgain({ fen }: { readonly fen: number }): ReactNode {
  const t = useT();
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  return (
    <Button
      size="money"
      look="strong"
      label={t('stage.chargeAgain', { amount: `¥${grouped(formatYuan(fen))}` })}
      busy={taking}
      testId="charge-again"
      onPress={() => void takePayment(fen)}
    />
  );
}
