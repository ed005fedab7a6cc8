import type { ReactNode } from 'react';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { BECAME, becameCounts, type Became } from './became.ts';
import { dismissResults, useStuck } from './stuck-list.ts';

const BECAME_KEYS = {
  begun: 'stuck.became.begun',
  ended: 'stuck.became.ended',
  stays: 'stuck.became.stays',
  noted: 'stuck.became.noted',
  refused: 'stuck.became.refused',
} as const satisfies KeysOf<'stuck.became', Became>;

/** The last one that applies: what was refused is seen before what is under way, and that before an end. */
function lookOf(counts: Record<Became, number>): { readonly tone: Tone; readonly icon: IconName } {
  if (counts.refused > 0) return { tone: 'alarm', icon: 'warning' };
  if (counts.begun > 0) return { tone: 'process', icon: 'dots' };
  return counts.stays > 0 ? { tone: 'wait', icon: 'hourglass' } : { tone: 'clear', icon: 'circleCheck' };
}

/** What was begun, in neutral words, and then how many became what; each row says it of its own order. */
export function ResultsBar(): ReactNode {
  const t = useT();
  const state = useStuck((all) => all);
  if (state.results.size === 0) return null;
  const counts = becameCounts(state);
  const { tone, icon } = lookOf(counts);
  return (
    <div
      className="stuck__results"
      data-tone={tone}
      role="status"
      data-testid="stuck-results"
      data-taken={state.results.size - counts.refused}
      data-begun={counts.begun}
      data-refused={counts.refused}
    >
      <Icon name={icon} />
      <b>
        {BECAME.filter((became) => counts[became] > 0)
          .map((became) => t(BECAME_KEYS[became], { count: counts[became] }))
          .join(' · ')}
      </b>
      <Button label={t('stuck.dismiss')} testId="stuck-dismiss" onPress={() => void dismissResults()} />
    </div>
  );
}
