import { useMemo, type ReactNode } from 'react';
import { viewOrder } from '../state/actions.ts';
import { trayOrders } from '../state/held-order.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { useKiosk, waitsForSomebody } from '../state/store.ts';

/** The tray behind a page that covers the screen, if an order there needs a person; one tap opens the first of them. */
export function LoudOrders({ testId }: { readonly testId: string }): ReactNode {
  const t = useT();
  const orders = useKiosk((state) => state.orders);
  const loud = useMemo(() => trayOrders(orders).filter(({ view }) => waitsForSomebody(view)), [orders]);
  const [first] = loud;
  if (first === undefined) return null;
  return (
    <Button
      look="alarm"
      icon="person"
      label={t('about.attention', { count: loud.length })}
      testId={testId}
      onPress={() => viewOrder(first.view.orderId)}
    />
  );
}
