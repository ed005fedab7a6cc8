import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useT } from '../../i18n/i18n.ts';
import { busyKey, stopPayment } from '../../state/actions.ts';
import { useKiosk } from '../../state/store.ts';

/** Ends a payment that waits for its customer: nothing has been charged. */
export function StopPayment(): ReactNode {
  const t = useT();
  const stopping = useKiosk((state) => state.busy.has(busyKey('payment.stop')));
  return (
    <Button
      size="money"
      label={t('stage.stop')}
      hint="Esc"
      busy={stopping}
      testId="stop"
      onPress={() => void stopPayment()}
    />
  );
}
