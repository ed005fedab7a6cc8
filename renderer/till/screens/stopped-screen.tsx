import { useState, type ReactNode } from 'react';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { FACE_FEN_MAX, formatYuan } from '../../../shared/money.ts';
import { CHARGE_AGAIN_FOR_MS } from '../../../shared/timing.ts';
import { usePassed } from '../../components/use-ticking.ts';
import { hourAndMinute } from '../../i18n/beijing-time.ts';
import { busyKey, nextCustomer, takePayment } from '../../state/actions.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { Button } from '../../components/button.tsx';
import { grouped } from '../../input/amount-entry.ts';
import { Figure } from '../../components/figure.tsx';
import { StatusPanel } from '../../order/status-panel.tsx';
import { Verdict } from '../../order/verdict.tsx';
import { useKiosk } from '../../state/store.ts';
import { ScanInstead } from './scan-instead.tsx';
import { TillProblem } from './till-problem.tsx';

type Stopped = Extract<PaymentStage, { name: 'stopped' }>;

export interface StoppedScreenProps {
  readonly stage: Stopped;
}

const STOPPED_KEYS = {
  'by-cashier': 'stopped.by-cashier',
  'by-customer': 'stopped.by-customer',
  'no-face': 'stopped.no-face',
  'no-code': 'stopped.no-code',
  'wants-scan': 'stopped.wants-scan',
  'not-permitted': 'stopped.not-permitted',
  device: 'stopped.device',
  'no-permit': 'stopped.no-permit',
  'not-saved': 'stopped.not-saved',
} as const satisfies KeysOf<'stopped', Stopped['code']>;

/** The terminal could not take the payment: something must be seen to before the same amount is tried again. */
const AT_FAULT: readonly Stopped['code'][] = ['not-permitted', 'device', 'no-permit', 'not-saved'];

/** The payment ended without an order, and nothing was charged. Says why, and offers the same amount again. */
export function StoppedScreen({ stage }: StoppedScreenProps): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  const clearing = useKiosk((state) => state.busy.has(busyKey('payment.clear')));
  const atFault = AT_FAULT.includes(stage.code);
  const byFace = useKiosk((state) => state.paySource === 'face');
  const isAboveFace = byFace && stage.code !== 'by-cashier' && stage.amountFen > FACE_FEN_MAX;
  const icon = atFault ? 'warning' : 'cross';
  const headline = t('stage.stopped');
  const [since] = useState(() => ({ pageMs: performance.now(), wallMs: Date.now() }));
  const aged = usePassed(since.pageMs + CHARGE_AGAIN_FOR_MS);
  return (
    <main className="till" data-testid="stage-stopped" data-code={stage.code}>
      <Verdict
        verdict="charge-again"
        tone="clear"
        amountFen={stage.amountFen}
        was={
          aged ? { words: t('verdict.was', { time: hourAndMinute(since.wallMs), state: headline }), shape: icon } : null
        }
        tail={null}
      />
      <StatusPanel
        tone={atFault ? 'wait' : 'clear'}
        figure={<Figure icon={icon} />}
        headline={headline}
        lines={[t(STOPPED_KEYS[stage.code], { reader }), ...(isAboveFace ? [t('stopped.aboveFace')] : [])]}
        next={null}
        codes={null}
      />
      <TillProblem />
      <div className="till__actions">
        <Button
          size="money"
          look="strong"
          label={t('stage.chargeAgain', { amount: `¥${grouped(formatYuan(stage.amountFen))}` })}
          busy={taking}
          testId="retry"
          onPress={() => void takePayment(stage.amountFen)}
        />
        <ScanInstead fen={stage.amountFen} />
        <Button
          size="money"
          label={t('action.next')}
          hint="Esc"
          busy={clearing}
          testId="next-customer"
          onPress={() => void nextCustomer()}
        />
      </div>
    </main>
  );
}
