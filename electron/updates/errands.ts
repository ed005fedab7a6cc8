/** What is done again and again, each with its own pause, until all of it is stopped. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

export interface Errands {
  /** `act` in `firstMs`, and then `nextMs` after each end of it. One that breaks is in the log, and comes again. */
  every(name: string, firstMs: number, nextMs: number, act: () => Promise<void>): void;
  stop(): void;
}

export function createErrands(clock: Pick<Clock, 'after'>, log: Log): Errands {
  const stops = new Map<string, () => void>();
  const every: Errands['every'] = (name, firstMs, nextMs, act) => {
    const again = (): void => {
      void act()
        .catch((error: unknown) => {
          log.error({ error, name }, 'an errand of the updates broke');
        })
        .finally(() => {
          if (stops.has(name)) every(name, nextMs, nextMs, act);
        });
    };
    stops.set(name, clock.after(firstMs, again));
  };
  return {
    every,
    stop() {
      for (const stop of stops.values()) stop();
      stops.clear();
    },
  };
}
