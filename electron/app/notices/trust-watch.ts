/**
 * Reports when the server that answers under WeChat Pay's name cannot prove its identity, also while nothing is being
 * paid or cancelled.
 */
import type { Notice } from '../../../shared/ipc.ts';
import { TRUST_FIRST_LOOK_MS, TRUST_LOOK_AGAIN_MS, TRUST_LOOK_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';

export interface TrustWatchParts {
  /**
   * Connects to the primary domain and requests nothing: whether it is trusted, `null` if it was not reached. If this
   * function itself is `null`, an idle terminal never checks.
   */
  readonly look: (() => Promise<boolean | null>) | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

export interface TrustWatch {
  /** What a call has shown. */
  report(isTrusted: boolean): void;
  stop(): void;
}

export function watchTrust({ look, clock, log, onNotice }: TrustWatchParts): TrustWatch {
  let trusted = true;
  let stopped = false;
  let callOff = (): void => undefined;

  const report = (isTrusted: boolean): void => {
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
        if (isTrusted !== null) report(isTrusted);
        lookIn(trusted ? TRUST_LOOK_MS : TRUST_LOOK_AGAIN_MS);
      });
    });
  };

  lookIn(TRUST_FIRST_LOOK_MS);
  return {
    report,
    stop() {
      stopped = true;
      callOff();
    },
  };
}
