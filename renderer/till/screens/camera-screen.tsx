import type { ReactNode } from 'react';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { useT } from '../../i18n/i18n.ts';
import { Amount } from '../../components/amount.tsx';
import { FaceFigure } from '../../components/face-figure.tsx';
import { Phrase } from '../../components/phrase.tsx';
import { ScanInstead } from './scan-instead.tsx';
import { StopPayment } from './stop-payment.tsx';
import { TillProblem } from './till-problem.tsx';
import './camera-screen.css';

export interface CameraScreenProps {
  readonly stage: Extract<PaymentStage, { name: 'preparing' | 'look' }>;
}

/** The customer is before the camera, or about to be. Nothing has been charged, and the screen says so. */
export function CameraScreen({ stage }: CameraScreenProps): ReactNode {
  const t = useT();
  const looking = stage.name === 'look';
  return (
    <main className="till camera-screen" data-testid={`stage-${stage.name}`}>
      <div className="camera-screen__middle">
        <FaceFigure looking={looking} />
        <div className="camera-screen__words">
          <h1 className="camera-screen__headline">
            <Phrase>{t(looking ? 'stage.look' : 'stage.preparing')}</Phrase>
          </h1>
          <Amount fen={stage.amountFen} />
          <p className="camera-screen__note">{t(looking ? 'stage.lookNote' : 'stage.preparingNote')}</p>
        </div>
      </div>
      <TillProblem />
      <div className="till__actions">
        <ScanInstead fen={stage.amountFen} />
        <StopPayment />
      </div>
    </main>
  );
}
