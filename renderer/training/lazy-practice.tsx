import type { ReactNode } from 'react';
import { FaultBoundary } from '../components/fault-boundary.tsx';
import { lazy } from '../components/lazy.tsx';
import { useKiosk } from '../state/store.ts';
import type { PracticeProps } from './practice.tsx';

/** A terminal for real money does not load it. */
const Practice = lazy(async () => (await import('./practice.tsx')).Practice);

/** Only a terminal with its own practice gateway can choose the scenario. All of it closes for the back office. */
const usePlays = (): boolean =>
  useKiosk(
    (state) => state.terminal?.environment === 'practice' && state.scenario !== null && state.backOfficePage === null,
  );

/** Everything that belongs to practising. A fault in it leaves the till as it is. */
export function LazyPractice(props: PracticeProps): ReactNode {
  return usePlays() ? (
    <FaultBoundary fallback={null}>
      <Practice {...props} />
    </FaultBoundary>
  ) : null;
}
