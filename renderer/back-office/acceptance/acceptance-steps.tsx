import { useCallback, type ReactNode } from 'react';
import type { AcceptanceState } from '../../../shared/contract/acceptance.ts';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { Icon } from '../../components/icon.tsx';
import { useTickingText } from '../../components/use-ticking.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { secondsLeft } from '../../i18n/seconds-left.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { phaseWords } from '../../order/phase-words.ts';
import { useKiosk } from '../../state/store.ts';
import { verdictOf } from './acceptance-verdicts.ts';

type Stopped = Extract<PaymentStage, { name: 'stopped' }>['code'];

export interface AcceptanceStepsProps {
  readonly orderId: string | null;
  /** `null` until main has read the order, and where there is none. */
  readonly state: AcceptanceState | null;
  readonly stopped: Stopped | null;
}

const STEPS = ['pay', 'wait', 'back'] as const;
const STEP_KEYS = {
  pay: 'acceptance.pay',
  wait: 'acceptance.wait',
  back: 'acceptance.back',
} as const satisfies KeysOf<'acceptance', (typeof STEPS)[number]>;

/** How many of the steps are done. */
const DONE: Readonly<Record<AcceptanceState, number>> = {
  taking: 0,
  paid: 1,
  returning: 1,
  accepted: 3,
  'not-charged': 0,
  stuck: 1,
};

/** The three things that must happen, how far they are, and in the end what that means. */
export function AcceptanceSteps({ orderId, state, stopped }: AcceptanceStepsProps): ReactNode {
  const t = useT();
  const done = state === null ? 0 : DONE[state];
  return (
    <>
      <Verdict state={state} stopped={stopped} />
      {stopped === null && (
        <ol className="acceptance__steps">
          {STEPS.map((step, index) => (
            <li key={step} data-tone={index < done ? 'clear' : 'process'} data-done={index < done}>
              <Icon name={index < done ? 'circleCheck' : 'hourglass'} />
              {t(STEP_KEYS[step])}
            </li>
          ))}
        </ol>
      )}
      {orderId !== null && state !== 'accepted' && <Now orderId={orderId} />}
    </>
  );
}

function Verdict({ state, stopped }: Pick<AcceptanceStepsProps, 'state' | 'stopped'>): ReactNode {
  const t = useT();
  const ended = verdictOf(state);
  const tone = ended?.tone ?? (stopped === null ? 'process' : 'clear');
  return (
    <p className="acceptance__verdict" role="status" data-tone={tone} data-testid="acceptance-verdict">
      <Icon name={ended?.icon ?? (stopped === null ? 'hourglass' : 'cross')} />
      {t(ended?.key ?? (stopped === null ? 'acceptance.working' : 'acceptance.stopped'))}
    </p>
  );
}

/** What the till says of the order, and the seconds until its cancel leaves. */
function Now({ orderId }: { readonly orderId: string }): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const held = useKiosk((state) => state.orders.get(orderId) ?? null);
  if (held === null) return null;
  if (held.view.phase.name === 'armed' && held.deadline !== null) return <Leaves atMs={held.deadline.atMs} />;
  const { headline, lines } = phaseWords(t, held.view, false, { role: reader, aged: false });
  return (
    <p className="acceptance__now">
      <strong>{headline}</strong> {lines.join(' ')}
    </p>
  );
}

function Leaves({ atMs }: { readonly atMs: number }): ReactNode {
  const t = useT();
  const ref = useTickingText<HTMLParagraphElement>(
    useCallback(
      (nowMs: number) => t('acceptance.leaves', { seconds: Math.max(0, secondsLeft(atMs - nowMs)) }),
      [t, atMs],
    ),
    atMs,
  );
  return <p ref={ref} className="acceptance__now" />;
}
