import { systemClock, type Clock } from '../../electron/base/clock.ts';

/**
 * The machine's clock, running `factor` times as fast from now on: a wait of 2 s lasts 20 ms at 100. It rises as
 * steadily as the real one, and on it no timer fires before its time. But everything timed on it is shorter in real
 * life: a call's deadline of 60 s is 600 ms for a real network. Choose deadlines that leave real calls enough time.
 */
export function fastClock(factor: number, real: Clock = systemClock()): Clock {
  const start = real.read();
  const passed = (): number => (real.read().monoMs - start.monoMs) * factor;
  return {
    read: () => ({ wallMs: Math.round(start.wallMs + passed()), monoMs: start.monoMs + passed(), run: start.run }),
    after: (ms, act) => real.after(ms / factor, act),
  };
}
