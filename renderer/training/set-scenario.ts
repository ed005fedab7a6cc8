import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { PaySource } from '../../shared/ipc.ts';
import { act } from '../state/actions.ts';
import { kiosk } from '../state/store.ts';

/** What the practice gateway does to the next payment. */
export async function setScenario(scenario: Scenario): Promise<void> {
  if ((await act('practice.set-scenario', { scenario }, 'bar')) !== null) kiosk.setState({ scenario });
}

/** How the next customers pay. */
export async function setSource(source: Exclude<PaySource, 'none'>): Promise<void> {
  if ((await act('practice.set-source', { source }, 'bar')) !== null) kiosk.setState({ paySource: source });
}
