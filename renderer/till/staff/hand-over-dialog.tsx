import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { OrderRows } from '../../order/order-rows.tsx';
import { useModal } from '../../components/use-modal.ts';
import { signOff, stayOnShift, useShift } from '../../state/shift.ts';
import { useAskAgain } from './use-ask-again.ts';
import { refusalWords } from '../../i18n/code-words.ts';
import './tone-note.css';
import './hand-over-dialog.css';

/** The cashier who leaves reads what is not settled, and confirms it. Shown while somebody leaves. */
export function HandOverDialog(): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const dialog = useModal();
  const view = useShift((state) => state.view);
  const atMs = useShift((state) => state.atMs);
  const busy = useShift((state) => state.busy);
  const problem = useShift((state) => state.problem);
  useAskAgain();
  if (view === null) return null;
  const count = view.orders.length;
  return (
    <dialog
      ref={dialog}
      className="hand-over"
      aria-label={t('shift.title')}
      data-testid="hand-over"
      onCancel={stayOnShift}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <h2 className="dialog__title">{t('shift.title')}</h2>
        {view.payingNow ? (
          <p className="tone-note" data-tone="wait" role="alert" data-testid="hand-over-paying">
            <Icon name="hourglass" />
            {t('refusal.payment-under-way')}
          </p>
        ) : (
          <p className="hand-over__ask">{t(count === 0 ? 'shift.nothingLeft' : 'shift.look', { count })}</p>
        )}
        {problem !== null && problem !== 'payment-under-way' && (
          <p className="tone-note" data-tone="wait" role="alert" data-testid="hand-over-problem" data-code={problem}>
            <Icon name="warning" />
            {refusalWords(t, problem, null, reader)}
          </p>
        )}
        <OrderRows orders={view.orders} atMs={atMs} label={t('shift.title')} />
        <div className="hand-over__acts">
          {/*
           * The list has changed: the button pauses again, so that a finger already on its way does not confirm it
           * unread.
           */}
          <Button
            key={view.orders.map(({ orderId, version }) => `${orderId}:${String(version)}`).join()}
            size="money"
            look="strong"
            icon="leave"
            label={count === 0 ? t('shift.leave') : t('shift.handOver', { count })}
            testId="hand-over-confirm"
            disabled={view.payingNow}
            busy={busy}
            onPress={() => void signOff()}
          />
          <Button size="money" label={t('shift.stay')} testId="hand-over-stay" onPress={stayOnShift} />
        </div>
      </div>
    </dialog>
  );
}
