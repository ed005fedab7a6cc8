import type { ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { Amount } from '../parts/amount.tsx';
import './camera-screen.css';

export interface SendingScreenProps {
  readonly amountFen: number;
}

/** The order exists and its first view is on the way: a moment, but not an empty one. */
export function SendingScreen({ amountFen }: SendingScreenProps): ReactNode {
  const t = useT();
  return (
    <main className="till" data-testid="stage-order">
      <div className="camera-screen__middle">
        <div className="camera-screen__words">
          <h1 className="camera-screen__headline">{t('stage.sending')}</h1>
          <Amount fen={amountFen} />
        </div>
      </div>
    </main>
  );
}
