import { useState, type ReactNode } from 'react';
import type { OrderView } from '../../shared/order.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { later } from '../components/later.tsx';

/** Few orders need a slip, so the till starts without this code. */
const SlipDialog = later(async () => (await import('./slip-dialog.tsx')).SlipDialog);

/** Whether a slip can state how the order ended. */
export const hasSlip = ({ phase }: Pick<OrderView, 'phase'>): boolean =>
  phase.name === 'cancelled' || phase.name === 'settled' || phase.name === 'attention';

/** Opens the slip of an order, to print or to save. For the till and for the back office alike. */
export function SlipButton({ orderId }: { readonly orderId: string }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon="receipt" label={t('slip.open')} testId="slip-open" onPress={() => setOpen(true)} />
      {open && <SlipDialog orderId={orderId} onClose={() => setOpen(false)} />}
    </>
  );
}
