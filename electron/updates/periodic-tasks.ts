/** Tasks that are repeated, each with its own pause, until all are stopped. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';

export interface PeriodicTasks {
  /**
   * Runs `act` after `firstMs`, and then `nextMs` after each end of it. If it fails, the log has the error, and it runs
   * again.
   */
  every(name: string, firstMs: number, nextMs: number, act: () => Promise<void>): void;
  stop(): void;
}

export function createPeriodicTasks(clock: Pick<Clock, 'after'>, log: Log): PeriodicTasks {
  const stops = new Map<string, () => void>();
  const every: PeriodicTasks['every'] = (name, firstMs, nextMs, act) => {
    const again = (): void => {
      void act()
        .catch((error: unknown) => {
          log.error({ error, name }, 'a periodic task of the updates broke');
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
