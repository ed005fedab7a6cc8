import { useMemo, type ReactNode } from 'react';
import { viewOrder } from '../acts.ts';
import { trayOrders } from '../held-order.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { useKiosk, waitsForSomebody } from '../store.ts';

/** The tray behind a page that covers the screen, where somebody is needed there; one tap goes to the first of them. */
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
