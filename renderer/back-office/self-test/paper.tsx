import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useT } from '../../i18n/i18n.ts';
import './paper.css';

export interface PaperProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page as it is laid out for paper: black on white, to be signed, beside the app and seen only by a printer. */
export function Paper({ title, children }: PaperProps): ReactNode {
  const t = useT();
  return createPortal(
    <article className="paper" aria-hidden="true" data-testid="paper">
      <h1>FacePay Kiosk · {title}</h1>
      {children}
      <footer>
        <span>{t('selfTest.paperNote')}</span>
        <span className="paper__sign">{t('selfTest.signature')}</span>
      </footer>
    </article>,
    document.body,
  );
}
