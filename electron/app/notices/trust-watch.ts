/** Says when whoever answers under WeChat Pay's name cannot prove to be it, also while nothing is being paid or cancelled. */
import type { Notice } from '../../../shared/ipc.ts';
import { TRUST_FIRST_LOOK_MS, TRUST_LOOK_AGAIN_MS, TRUST_LOOK_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

export interface TrustWatchParts {
  /** Asks the primary domain for nothing: whether it is trusted, `null` where it was not reached. `null` itself: never looks at rest. */
  readonly look: (() => Promise<boolean | null>) | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

export interface TrustWatch {
  /** What a call has shown. */
  heard(isTrusted: boolean): void;
  stop(): void;
}

export function watchTrust({ look, clock, log, onNotice }: TrustWatchParts): TrustWatch {
  let trusted = true;
  let stopped = false;
  let callOff = (): void => undefined;

  const heard = (isTrusted: boolean): void => {
    if (stopped || isTrusted === trusted) return;
    trusted = isTrusted;
    if (!trusted) log.warn({}, 'the server is not trusted');
    onNotice({ code: 'server-not-trusted', on: !trusted, detail: null });
    lookIn(trusted ? TRUST_LOOK_MS : TRUST_LOOK_AGAIN_MS);
  };

  const lookIn = (ms: number): void => {
    callOff();
    if (look === null || stopped) return;
    callOff = clock.after(ms, () => {
      void look().then((isTrusted) => {
        if (isTrusted !== null) heard(isTrusted);
        lookIn(trusted ? TRUST_LOOK_MS : TRUST_LOOK_AGAIN_MS);
      });
    });
  };

  lookIn(TRUST_FIRST_LOOK_MS);
  return {
    heard,
    stop() {
      stopped = true;
      callOff();
    },
  };
}
