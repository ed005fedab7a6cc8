import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { looks } from '../../order/phase-appearance.ts';
import { UnderWay } from '../../components/figure.tsx';
import { StatusPanel } from '../../order/status-panel.tsx';
import { Verdict } from '../../order/verdict.tsx';

export interface SendingScreenProps {
  readonly amountFen: number;
}

/**
 * The order exists and its first view will arrive in a moment. The verdict shown is the same as during the wait after
 * it.
 */
export function SendingScreen({ amountFen }: SendingScreenProps): ReactNode {
  const t = useT();
  const { tone, shape } = looks.paying;
  return (
    <main className="till" data-testid="stage-order">
      <Verdict verdict="do-not-charge" tone={tone} amountFen={amountFen} tail={null} />
      <StatusPanel
        tone={tone}
        figure={<UnderWay icon={shape} />}
        headline={t('stage.sending')}
        lines={[t('phase.reversingSub')]}
        next={null}
        codes={null}
      />
    </main>
  );
}
