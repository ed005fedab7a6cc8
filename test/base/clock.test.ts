import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elapsedSince, rebased, systemClock, type Timestamp } from '../../electron/base/clock.ts';

/** A machine as in reality: true time passes, people set the wall clock, processes and the machine start again. */
class Machine {
  truthMs = 0;
  #wallOffsetMs = 1_700_000_000_000;
  #bootedAtMs = -500_000;
  #runs = 1;

  read(): Timestamp {
    return {
      wallMs: this.truthMs + this.#wallOffsetMs,
      monoMs: this.truthMs - this.#bootedAtMs,
      run: `run-${String(this.#runs)}`,
    };
  }

  happen(event: Happening): void {
    switch (event.what) {
      case 'wait':
        this.truthMs += event.ms;
        break;
      case 'clock set':
        this.#wallOffsetMs += event.ms;
        break;
      case 'restart':
        this.truthMs += event.ms;
        this.#runs += 1;
        break;
      case 'reboot':
        this.truthMs += event.ms;
        this.#bootedAtMs = this.truthMs;
        this.#runs += 1;
        break;
    }
  }
}

interface Happening {
  readonly what: 'wait' | 'clock set' | 'restart' | 'reboot';
  readonly ms: number;
}

const span = fc.oneof(fc.nat(60_000), fc.nat(10 * 86_400_000));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ what: fc.constantFrom('wait' as const, 'restart' as const, 'reboot' as const), ms: span }),
  fc.record({
    what: fc.constant('clock set' as const),
    ms: fc.oneof(
      span,
      span.map((ms) => -ms),
    ),
  }),
);
const happenings = fc.array(happening, { maxLength: 12 });

describe('the time since a timestamp', () => {
  it('is never more than the truth, over restarts, reboots and clocks that people set', () => {
    fc.assert(
      fc.property(happenings, happenings, (before, after) => {
        const machine = new Machine();
        for (const event of before) machine.happen(event);
        const then = machine.read();
        const thenTruth = machine.truthMs;
        for (const event of after) {
          machine.happen(event);
          const elapsed = elapsedSince(then, machine.read());
          expect(elapsed).toBeGreaterThanOrEqual(0);
          expect(elapsed).toBeLessThanOrEqual(machine.truthMs - thenTruth);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('is never more than the truth when it is carried on from process to process', () => {
    fc.assert(
      fc.property(happenings, (events) => {
        const machine = new Machine();
        let carried = machine.read();
        for (const event of events) {
          machine.happen(event);
          const now = machine.read();
          carried = rebased(carried, now);
          expect(carried.run).toBe(now.run);
          expect(now.monoMs - carried.monoMs).toBeLessThanOrEqual(machine.truthMs);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('is the truth within one process, whatever people do to the clock', () => {
    const live = fc.array(
      happening.filter(({ what }) => what === 'wait' || what === 'clock set'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(live, (events) => {
        const machine = new Machine();
        const then = machine.read();
        for (const event of events) machine.happen(event);
        expect(elapsedSince(then, machine.read())).toBe(machine.truthMs);
        expect(rebased(then, machine.read())).toBe(then);
      }),
    );
  });

  const then: Timestamp = { wallMs: 1_000_000, monoMs: 500_000, run: 'a' };
  it.each<[string, Partial<Timestamp>, number]>([
    ['both clocks agree over a restart', { wallMs: 1_020_000, monoMs: 520_000 }, 20_000],
    ['the wall clock was set forward: the monotonic one counts', { wallMs: 9_000_000, monoMs: 520_000 }, 20_000],
    ['the wall clock was set back a little: what it still shows counts', { wallMs: 1_005_000, monoMs: 520_000 }, 5_000],
    ['the wall clock was set back far: nothing is proved', { wallMs: 900_000, monoMs: 520_000 }, 0],
    ['after a reboot the time up counts', { wallMs: 1_100_000, monoMs: 30_000 }, 30_000],
    ['after a reboot long ago the difference is proved still', { wallMs: 9_000_000, monoMs: 600_000 }, 100_000],
  ])('in another process, where %s', (_what, now, elapsed) => {
    expect(elapsedSince(then, { ...then, run: 'b', ...now })).toBe(elapsed);
  });
});

describe('the machine’s clock', () => {
  it('rises, under one name a process, and fires no sooner than asked', async () => {
    const clock = systemClock();
    // Work before the timer is set: Node would count from before that work, and fire at once.
    const busyUntil = clock.read().monoMs + 40;
    while (clock.read().monoMs < busyUntil);
    const before = clock.read();
    await new Promise<void>((resolve) => {
      clock.after(20, resolve);
    });
    expect(clock.read().monoMs - before.monoMs).toBeGreaterThanOrEqual(20);
    expect(clock.read().run).toBe(before.run);
    expect(systemClock().read().run).not.toBe(before.run);
  });

  it('does not fire what was called off', async () => {
    const fired: string[] = [];
    const clock = systemClock();
    clock.after(1, () => fired.push('called off'))();
    await new Promise<void>((resolve) => {
      clock.after(10, resolve);
    });
    expect(fired).toEqual([]);
  });
});
