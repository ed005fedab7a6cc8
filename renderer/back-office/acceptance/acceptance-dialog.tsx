import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react';
import { ACCEPTANCE_FEN, type Acceptance } from '../../../shared/contract/acceptance.ts';
import { waitsForCustomer, type PaymentStage } from '../../../shared/ipc.ts';
import { call } from '../../bridge/api.ts';
import { Button } from '../../components/button.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { useModal } from '../../components/use-modal.ts';
import { useT } from '../../i18n/i18n.ts';
import { codeHearer } from '../../input/code-listener.ts';
import { firstHearer, hearFirst } from '../../input/first-hearer.ts';
import { act, busyKey, sayOfScan, stopPayment } from '../../state/actions.ts';
import { showCode } from '../../state/show-code.ts';
import { kiosk, useKiosk } from '../../state/store.ts';
import { usePracticeCodes } from '../../training/practice-codes.tsx';
import { AcceptancePaper } from './acceptance-paper.tsx';
import { AcceptanceSteps } from './acceptance-steps.tsx';
import { verdictOf } from './acceptance-verdicts.ts';
import './acceptance-dialog.css';

const isOurs = (stage: PaymentStage): boolean => stage.name !== 'none' && stage.amountFen === ACCEPTANCE_FEN;

/** The customer's code goes to the payment that this dialog has begun. */
const hearer = codeHearer({
  isWanted: () => kiosk.getState().stage.name === 'code',
  tell: (shown, _keys, wanted) => {
    if (shown.what !== 'code') sayOfScan(shown.what);
    else if (wanted) void showCode(shown.code);
    else sayOfScan('no-payment');
  },
});

export interface AcceptanceDialogProps {
  readonly onEnd: () => void;
}

/**
 * Takes one fen from the technician's own phone or face, gives it back as soon as it is paid, and shows the proof. While
 * money is on its way the dialog stays: it is what gives the fen back.
 */
export function AcceptanceDialog({ onEnd }: AcceptanceDialogProps): ReactNode {
  const t = useT();
  const stage = useKiosk((state) => state.stage);
  const [begun, setBegun] = useState(false);
  const orderId = begun && stage.name === 'order' && isOurs(stage) ? stage.orderId : null;
  const acceptance = useAcceptance(orderId);
  const state = acceptance?.state ?? null;
  const isOver = verdictOf(state) !== null;
  const mayClose = !begun || isOver || !isOurs(stage) || stage.name === 'stopped';
  const close = (): void => {
    if (!mayClose) return;
    if (begun) void act('payment.clear', {}, 'back-office');
    onEnd();
  };
  const dialog = useModal();
  useLayoutEffect(() => {
    const before = firstHearer();
    hearFirst(hearer);
    return () => hearFirst(before);
  }, []);
  const begin = async (): Promise<void> => {
    if (begun) await act('payment.clear', {}, 'back-office');
    setBegun((await act('payment.take', { amountFen: ACCEPTANCE_FEN }, 'back-office')) !== null);
  };
  return (
    <dialog
      ref={dialog}
      className="acceptance"
      aria-labelledby="acceptance-title"
      data-testid="acceptance"
      data-state={state ?? stage.name}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 id="acceptance-title" className="dialog__title">
            {t('acceptance.title')}
          </h2>
          <Button
            icon="close"
            label={t('acceptance.close')}
            hint="Esc"
            disabled={!mayClose}
            testId="acceptance-close"
            onPress={close}
          />
        </header>
        {!begun && <p>{t('acceptance.what')}</p>}
        {begun && waitsForCustomer(stage) && <Waiting stage={stage} />}
        {begun && !waitsForCustomer(stage) && (
          <AcceptanceSteps orderId={orderId} state={state} stopped={stage.name === 'stopped' ? stage.code : null} />
        )}
        <div className="acceptance__acts">
          {(!begun || isOver || stage.name === 'stopped') && (
            <Begin again={begun} looks={state === 'accepted' ? 'quiet' : 'strong'} onPress={() => void begin()} />
          )}
          {isOver && orderId !== null && <Print />}
        </div>
        {isOver && acceptance !== null && orderId !== null && (
          <AcceptancePaper orderId={orderId} acceptance={acceptance} />
        )}
      </div>
    </dialog>
  );
}

/** What main says of this order's acceptance, read again at each of its changes; a paid fen is given back at once. */
function useAcceptance(orderId: string | null): Acceptance | null {
  const version = useKiosk((state) => (orderId === null ? null : (state.orders.get(orderId)?.view.version ?? null)));
  const [read, setRead] = useState<{ readonly orderId: string; readonly value: Acceptance } | null>(null);
  useEffect(() => {
    let isShown = true;
    if (orderId !== null)
      void call('acceptance.read', { orderId }).then((reply) => {
        if (!isShown || !reply.ok) return;
        setRead({ orderId, value: reply.value });
        if (reply.value.state === 'paid') void act('acceptance.give-back', { orderId }, 'back-office');
      });
    return () => {
      isShown = false;
    };
  }, [orderId, version]);
  return read?.orderId === orderId ? read.value : null;
}

/** The technician is the customer now. */
function Waiting({ stage }: { readonly stage: PaymentStage }): ReactNode {
  const t = useT();
  const stopping = useKiosk((state) => state.busy.has(busyKey('payment.stop')));
  const practises = useKiosk((state) => state.terminal?.environment === 'practice' && state.scenario !== null);
  return (
    <div className="acceptance__waiting">
      {stage.name === 'code' && practises && <PracticeCode />}
      <p className="acceptance__cue" role="status">
        {t(stage.name === 'code' ? 'acceptance.showCode' : stage.name === 'look' ? 'stage.look' : 'stage.preparing')}
      </p>
      <Button
        size="tall"
        label={t('acceptance.stop')}
        busy={stopping}
        testId="acceptance-stop"
        onPress={() => void stopPayment()}
      />
    </div>
  );
}

function PracticeCode(): ReactNode {
  const t = useT();
  const { code } = usePracticeCodes();
  if (code === null) return null;
  return (
    <>
      <div className="practice-code">
        <QrCode text={code} label={t('acceptance.practiceCode')} />
      </div>
      <Button
        size="tall"
        label={t('acceptance.useCode')}
        testId="acceptance-use-code"
        onPress={() => void showCode(code)}
      />
    </>
  );
}

interface BeginProps {
  readonly again: boolean;
  readonly looks: 'strong' | 'quiet';
  readonly onPress: () => void;
}

function Begin({ again, looks, onPress }: BeginProps): ReactNode {
  const t = useT();
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  return (
    <Button
      size="money"
      look={looks}
      label={t(again ? 'acceptance.again' : 'acceptance.start')}
      busy={taking}
      testId="acceptance-begin"
      onPress={onPress}
    />
  );
}

function Print(): ReactNode {
  const t = useT();
  const [printed, setPrinted] = useState(false);
  const print = async (): Promise<void> => {
    setPrinted((await act('self-test.print', { onto: 'printer' }, 'back-office')) !== null);
  };
  return (
    <>
      <Button size="tall" label={t('acceptance.print')} testId="acceptance-print" onPress={() => void print()} />
      {printed && <span role="status">{t('acceptance.printed')}</span>}
    </>
  );
}
