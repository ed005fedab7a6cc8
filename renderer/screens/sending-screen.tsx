import type { ReactNode } from 'react';
import { useT } from '../i18n.ts';
import { looks } from '../outcomes.ts';
import { UnderWay } from '../parts/figure.tsx';
import { Story } from '../parts/story.tsx';
import { Verdict } from '../parts/verdict.tsx';

export interface SendingScreenProps {
  readonly amountFen: number;
}

/** The order exists and its first view is on the way: a moment, but its verdict is no other than that of the wait after it. */
export function SendingScreen({ amountFen }: SendingScreenProps): ReactNode {
  const t = useT();
  const { tone, shape } = looks.paying;
  return (
    <main className="till" data-testid="stage-order">
      <Verdict verdict="do-not-charge" tone={tone} amountFen={amountFen} tail={null} />
      <Story tone={tone} figure={<UnderWay icon={shape} />} headline={t('stage.sending')} lines={[t('phase.reversingSub')]} next={null} smallPrint={null} />
    </main>
  );
}
