import { useRef } from 'react';
import type { Confirm } from '../../../../shared/contract/stuck.ts';
import { call } from '../../../bridge/api.ts';
import { kiosk } from '../../../state/store.ts';

export interface Confirmation {
  /** The button went down: main starts to count. */
  readonly begin: () => void;
  /** What main gave for it; it is sent with the act. `null` if main gave nothing: the sheet then says so. */
  readonly given: () => Promise<string | null>;
}

/** Main's own measurement of how long the button of a sheet was held. `null`: the button takes no press yet. */
export function useConfirmation(about: Confirm | null): Confirmation {
  const asked = useRef<Promise<string | null>>(Promise.resolve(null));
  return {
    begin: () => {
      if (about === null) return;
      asked.current = call('manager.confirm', about).then((reply) => (reply.ok ? reply.value.confirmation : null));
    },
    given: async () => {
      const confirmation = await asked.current;
      if (confirmation === null) kiosk.setState({ problem: { place: 'back-office', code: 'not-held', field: null } });
      return confirmation;
    },
  };
}
