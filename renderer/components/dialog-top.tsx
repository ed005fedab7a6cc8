import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { Icon } from './icon.tsx';

export interface DialogTopProps {
  readonly title: string;
  readonly closeTestId: string;
  readonly onClose: () => void;
}

/** A dialog's name, with the close button beside it. */
export function DialogTop({ title, closeTestId, onClose }: DialogTopProps): ReactNode {
  const t = useT();
  return (
    <header className="dialog__top">
      <h2 className="dialog__title">{title}</h2>
      <button
        type="button"
        className="header__button"
        data-testid={closeTestId}
        aria-label={t('app.close')}
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
