import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterWrong, lockLeftMs, noTries, rebasedTries, triesLeft, type Tries } from '../../electron/staff/pin-lock.ts';
import { PIN_LOCKS_MS, PIN_TRIES } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';

const MINUTE = 60_000;

function wrong(clock: FakeClock, tries: Tries, count = PIN_TRIES): Tries {
  return Array.from({ length: count }).reduce<Tries>((left) => afterWrong(left, clock.read()), tries);
}

describe('wrong PINs', () => {
  it('may be five in a row; then the PIN is locked for 1, 5, 30, and again 30 minutes', async () => {
    const clock = new FakeClock();
    let tries = wrong(clock, noTries, 4);
    expect([triesLeft(tries), lockLeftMs(tries, clock.read())]).toEqual([1, 0]);
    tries = afterWrong(tries, clock.read());
    for (const minutes of [1, 5, 30, 30, 30]) {
      expect(lockLeftMs(tries, clock.read())).toBe(minutes * MINUTE);
      await clock.advance(minutes * MINUTE - 1);
      expect(lockLeftMs(tries, clock.read())).toBe(1);
      await clock.advance(1);
      expect([lockLeftMs(tries, clock.read()), triesLeft(tries)]).toEqual([0, PIN_TRIES]);
      tries = wrong(clock, tries);
    }
  });
});

/** What can happen to a locked terminal. The app takes over the lock at each start. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('waits' as const), ms: fc.integer({ min: 0, max: 20 * MINUTE }) }),
    fc.record({ kind: fc.constant('clock set' as const), ms: fc.integer({ min: -1e12, max: 1e12 }) }),
    fc.record({
      kind: fc.constant('started again' as const),
      ms: fc.integer({ min: 0, max: 20 * MINUTE }),
      reboot: fc.boolean(),
    }),
  ),
  { maxLength: 12 },
);

describe('a lock', () => {
  it('is never shortened: not by setting the clock, not by starting the app or the machine again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PIN_LOCKS_MS.entries()), happenings, async ([locks, wholeMs], all) => {
        const clock = new FakeClock();
        let tries = wrong(clock, { ...noTries, locks });
        let passedMs = 0;
        for (const happening of all) {
          if (happening.kind === 'clock set') clock.jumpWall(happening.ms);
          else {
            passedMs += happening.ms;
            if (happening.kind === 'waits') await clock.advance(happening.ms);
            else {
              clock.restart(happening.ms, happening.reboot);
              tries = rebasedTries(tries, clock.read());
            }
          }
          expect(lockLeftMs(tries, clock.read())).toBeGreaterThanOrEqual(Math.max(0, wholeMs - passedMs));
        }
      }),
    );
  });

  it('is never longer than it was at first, and ends while the app runs, whatever was done to the clock', async () => {
    await fc.assert(
      fc.asyncProperty(
        happenings,
        fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 4 }),
        async (all, jumps) => {
          const clock = new FakeClock();
          let tries = wrong(clock, noTries);
          for (const happening of all) {
            if (happening.kind === 'clock set') clock.jumpWall(happening.ms);
            else if (happening.kind === 'waits') await clock.advance(happening.ms);
            else {
              clock.restart(happening.ms, happening.reboot);
              tries = rebasedTries(tries, clock.read());
            }
            expect(lockLeftMs(tries, clock.read())).toBeLessThanOrEqual(PIN_LOCKS_MS[0]);
          }
          for (const ms of jumps) {
            clock.jumpWall(ms);
            await clock.advance(PIN_LOCKS_MS[0] / 4);
          }
          await clock.advance(PIN_LOCKS_MS[0] - (jumps.length * PIN_LOCKS_MS[0]) / 4);
          expect(lockLeftMs(tries, clock.read())).toBe(0);
        },
      ),
    );
  });

  it('counts the time for which the machine was off, where the clock was left alone', () => {
    const clock = new FakeClock();
    const tries = wrong(clock, { ...noTries, locks: 2 });
    clock.restart(20 * MINUTE);
    expect(lockLeftMs(rebasedTries(tries, clock.read()), clock.read())).toBe(10 * MINUTE);
  });
});
