/** What main keeps of the course under the name of whoever serves. */
import { useEffect } from 'react';
import { act } from '../state/actions.ts';
import { call } from '../bridge/api.ts';
import { useStaff, type StaffState } from '../state/staff.ts';
import { door } from './door.ts';

/** Who is at the till, as far as results go: another one has results of their own. */
const whoServes = ({ view }: StaffState): string => JSON.stringify([view?.role, view?.crew.on]);

/** Keeps `door.own` that of whoever is at the till. The course of the one before ends with their shift. */
export function useOwnTraining(): void {
  const who = useStaff(whoServes);
  useEffect(() => {
    let wanted = true;
    void call('training.state', {}).then((reply) => {
      if (wanted) door.setState({ own: reply.ok ? reply.value : null });
    });
    return () => {
      wanted = false;
      door.setState({ own: undefined, course: null, panel: false });
    };
  }, [who]);
}

/** "Later". On this page it is heeded even where it could not be saved. */
export async function putOffCourse(): Promise<void> {
  door.setState(({ own }) => (own === undefined || own === null ? {} : { own: { ...own, offered: false } }));
  await act('training.later', {}, 'bar');
}

/** Puts what was done aside; whether it could be. */
export async function beginAnew(): Promise<boolean> {
  const begun = await act('training.begin-anew', {}, 'bar');
  if (begun !== null) door.setState({ own: begun.value });
  return begun !== null;
}
