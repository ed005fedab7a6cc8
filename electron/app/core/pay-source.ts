/** How customers pay at this till. */
import type { PaySource } from '../../../shared/ipc.ts';
import type { SetupState } from '../../../shared/contract/setup.ts';
import type { Merchant } from '../../../shared/settings.ts';
import { faceDeviceKind } from './face-device-kind.ts';

export interface PaySourceChoice {
  readonly now: () => PaySource;
  /** Practice without a merchant may try the other way, until the app ends. */
  readonly choose: (source: PaySource) => void;
}

const SOURCES: Readonly<Record<SetupState['faceDevice'], PaySource>> = {
  simulated: 'face',
  'sdk-bridge': 'face',
  code: 'code',
  absent: 'none',
};

/** As it is set up. `own` is `null` while the app practises by itself. */
export function paySourceOf(own: Merchant | null): PaySourceChoice {
  let source = SOURCES[faceDeviceKind(own)];
  return {
    now: () => source,
    choose: (next) => {
      source = next;
    },
  };
}
