import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import './practice-band.css';

export interface PracticeBandProps {
  readonly children: ReactNode;
}

/**
 * Hatched, across the whole screen, so that nobody ever mistakes practice for real money or real money for practice.
 */
export function PracticeBand({ children }: PracticeBandProps): ReactNode {
  const t = useT();
  return (
    <div className="practice-band" data-testid="practice-band">
      <strong className="practice-band__word">{t('app.practice')}</strong>
      {children}
    </div>
  );
}
