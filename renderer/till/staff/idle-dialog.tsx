import { useCallback, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useModal } from '../../components/use-modal.ts';
import { useTickingText } from '../../components/use-ticking.ts';
import { signOut, stay, useStaff } from '../../state/staff.ts';
import './idle-dialog.css';

/** Nobody has touched the screen for a while: the signed-in person is asked before they are signed out. */
export function IdleDialog(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const endsAtMs = useStaff(({ view, atMs }) => atMs + (view?.idle?.endsInMs ?? 0));
  const words = useCallback(
    (nowMs: number) => t('idle.note', { count: Math.max(0, Math.ceil((endsAtMs - nowMs) / 1_000)) }),
    [t, endsAtMs],
  );
  const note = useTickingText<HTMLParagraphElement>(words, endsAtMs);
  return (
    <dialog
      ref={dialog}
      className="idle-dialog"
      role="alertdialog"
      aria-label={t('idle.title')}
      data-testid="idle-dialog"
      onCancel={() => void stay()}
    >
      <div className="dialog__page">
        <h2 className="dialog__title">{t('idle.title')}</h2>
        <p ref={note} className="idle-dialog__note" data-testid="idle-note" />
        <div className="idle-dialog__acts">
          <Button
            size="money"
            look="strong"
            icon="person"
            label={t('idle.stay')}
            testId="idle-stay"
            onPress={() => void stay()}
          />
          <Button
            size="money"
            icon="leave"
            label={t('idle.signOut')}
            testId="idle-sign-out"
            onPress={() => void signOut()}
          />
        </div>
      </div>
    </dialog>
  );
}
