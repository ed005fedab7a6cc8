import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { useT } from '../../i18n/i18n.ts';
import { busyKey, takePayment } from '../../state/actions.ts';
import { useKiosk } from '../../state/store.ts';

export interface ScanInsteadProps {
  readonly fen: number;
}

/** No face has paid, and nothing was charged: the same amount by payment code. Only on a till that takes faces. */
export function ScanInstead({ fen }: ScanInsteadProps): ReactNode {
  const t = useT();
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  const byFace = useKiosk((state) => state.paySource === 'face');
  if (!byFace) return null;
  return (
    <Button
      size="money"
      label={t('stage.scanInstead')}
      busy={taking}
      testId="scan-instead"
      onPress={() => void takePayment(fen, 'code')}
    />
  );
}
