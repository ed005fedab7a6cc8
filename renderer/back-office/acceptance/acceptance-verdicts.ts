import type { AcceptanceState } from '../../../shared/contract/acceptance.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';

interface Verdict {
  readonly key: 'acceptance.accepted' | 'acceptance.notCharged' | 'acceptance.stuck';
  readonly tone: Tone;
  readonly icon: IconName;
}

const VERDICTS: Readonly<Partial<Record<AcceptanceState, Verdict>>> = {
  accepted: { key: 'acceptance.accepted', tone: 'clear', icon: 'circleCheck' },
  'not-charged': { key: 'acceptance.notCharged', tone: 'wait', icon: 'warning' },
  stuck: { key: 'acceptance.stuck', tone: 'alarm', icon: 'warning' },
};

/** What an acceptance that is over has shown; `null` while it goes on. */
export const verdictOf = (state: AcceptanceState | null): Verdict | null =>
  (state === null ? undefined : VERDICTS[state]) ?? null;
