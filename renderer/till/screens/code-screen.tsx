import { useLayoutEffect, type ReactNode } from 'react';
import { Amount } from '../../components/amount.tsx';
import { PhoneFigure } from '../../components/phone-figure.tsx';
import { Phrase } from '../../components/phrase.tsx';
import { useT } from '../../i18n/i18n.ts';
import { ScanWords } from '../../i18n/scan-words.tsx';
import { codeHearer } from '../../input/code-listener.ts';
import { hearFirst } from '../../input/first-hearer.ts';
import { showCode } from '../../state/show-code.ts';
import { sayOfScan } from '../../state/actions.ts';
import { kiosk, useKiosk } from '../../state/store.ts';
import {
  PracticeCodeChoice,
  PracticeCodeFigure,
  PracticeCodeNote,
  UsePracticeCode,
  usePracticeCodes,
} from '../../training/practice-codes.tsx';
import { StopPayment } from './stop-payment.tsx';
import { TillProblem } from './till-problem.tsx';
import './camera-screen.css';
import './code-screen.css';

/** One for all payments: a code that is still being typed when its screen goes must be heard to its end. */
const hearer = codeHearer({
  isWanted: (isUppermost) => {
    const { stage, viewing } = kiosk.getState();
    return stage.name === 'code' && viewing === null && isUppermost;
  },
  tell: (shown, _keys, wanted) => {
    if (shown.what !== 'code') sayOfScan(shown.what);
    else if (wanted) void showCode(shown.code);
    else sayOfScan(kiosk.getState().stage.name === 'order' ? 'second-code' : 'no-payment');
  },
});

export interface CodeScreenProps {
  readonly amountFen: number;
}

/** The customer is to show a payment code, on a phone or to a face device. Nothing has been charged, and the screen says so. */
export const CodeScreen = ({ amountFen }: CodeScreenProps): ReactNode => (
  <ScanWords>
    <Waiting amountFen={amountFen} />
  </ScanWords>
);

function Waiting({ amountFen }: CodeScreenProps): ReactNode {
  // The app's own practice gateway: only it knows what its codes do.
  const practises = useKiosk((state) => state.terminal?.environment === 'practice' && state.scenario !== null);
  useLayoutEffect(() => hearFirst(hearer), []);
  return practises ? <Practising amountFen={amountFen} /> : <Live amountFen={amountFen} />;
}

function Live({ amountFen }: CodeScreenProps): ReactNode {
  const t = useT();
  const isRead = useKiosk(({ notices }) => notices.every(({ code }) => code !== 'scanner-not-connected'));
  return (
    <main
      className="till camera-screen code-screen"
      data-testid="stage-code"
      data-scanner={isRead ? undefined : 'gone'}
    >
      <Middle
        amountFen={amountFen}
        figure={<PhoneFigure />}
        how={<Phrase>{t(isRead ? 'codeStage.how' : 'codeStage.notConnected')}</Phrase>}
      />
      <TillProblem />
      <div className="till__actions">
        <StopPayment />
      </div>
    </main>
  );
}

/** With codes to scan where there is no customer. */
function Practising({ amountFen }: CodeScreenProps): ReactNode {
  const codes = usePracticeCodes();
  return (
    <main className="till camera-screen code-screen" data-practises data-testid="stage-code">
      <Middle
        amountFen={amountFen}
        figure={<PracticeCodeFigure codes={codes} />}
        how={<PracticeCodeNote codes={codes} />}
      />
      <TillProblem />
      <PracticeCodeChoice codes={codes} />
      <div className="till__actions">
        <UsePracticeCode codes={codes} />
        <StopPayment />
      </div>
    </main>
  );
}

interface MiddleProps extends CodeScreenProps {
  readonly figure: ReactNode;
  readonly how: ReactNode;
}

function Middle({ amountFen, figure, how }: MiddleProps): ReactNode {
  const t = useT();
  return (
    <div className="camera-screen__middle">
      {figure}
      <div className="camera-screen__words">
        <h1 className="camera-screen__headline">
          <Phrase>{t('codeStage.show')}</Phrase>
        </h1>
        <Amount fen={amountFen} />
        <p className="camera-screen__note camera-screen__how">{how}</p>
        <p className="camera-screen__note">{t('codeStage.note')}</p>
      </div>
    </div>
  );
}
