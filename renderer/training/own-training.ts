/** The course results that main keeps under the name of the cashier who serves. */
import { useEffect } from 'react';
import { act } from '../state/actions.ts';
import { call } from '../bridge/api.ts';
import { useStaff, type StaffState } from '../state/staff.ts';
import { trainingStore } from './training-store.ts';

/** The person at the till, for the results: another person has results of their own. */
const whoServes = ({ view }: StaffState): string => JSON.stringify([view?.role, view?.crew.on]);

/** Keeps `trainingStore.own` equal to the results of the person at the till. Their course ends with their shift. */
export function useOwnTraining(): void {
  const who = useStaff(whoServes);
  useEffect(() => {
    let wanted = true;
    void call('training.state', {}).then((reply) => {
      if (wanted) trainingStore.setState({ own: reply.ok ? reply.value : null });
    });
    return () => {
      wanted = false;
      trainingStore.setState({ own: undefined, course: null, panel: false });
    };
  }, [who]);
}

/** "Later". On this page it has effect even if it could not be saved. */
export async function putOffCourse(): Promise<void> {
  trainingStore.setState(({ own }) => (own === undefined || own === null ? {} : { own: { ...own, offered: false } }));
  await act('training.later', {}, 'bar');
}

/** Archives what was done; says whether that was possible. */
export async function beginAnew(): Promise<boolean> {
  const begun = await act('training.begin-anew', {}, 'bar');
  if (begun !== null) trainingStore.setState({ own: begun.value });
  return begun !== null;
}
