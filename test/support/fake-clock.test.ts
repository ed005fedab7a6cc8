import { describe, expect, it } from 'vitest';
import { elapsedSince } from '../../electron/base/clock.ts';
import { FakeClock } from './fake-clock.ts';

describe('the fake clock', () => {
  it('fires what falls due, in its order, at its moment, and nothing else', async () => {
    const clock = new FakeClock(0, 0);
    const fired: [string, number][] = [];
    const note = (name: string) => (): void => void fired.push([name, clock.read().monoMs]);
    clock.after(300, note('late'));
    clock.after(100, note('early'));
    clock.after(100, note('early too'));
    clock.after(500, note('never'));
    clock.after(200, note('called off'))();
    await clock.advance(400);
    expect(fired).toEqual([
      ['early', 100],
      ['early too', 100],
      ['late', 300],
    ]);
    expect(clock.pending).toBe(1);
    expect(clock.read()).toMatchObject({ wallMs: 400, monoMs: 400 });
  });

  it('fires timers that timers set, and lets promises settle in between', async () => {
    const clock = new FakeClock(0, 0);
    const at: number[] = [];
    const again = (): void => {
      void Promise.resolve().then(() => {
        at.push(clock.read().monoMs);
        clock.after(100, again);
      });
    };
    clock.after(100, again);
    await clock.advance(350);
    expect(at).toEqual([100, 200, 300]);
  });

  it('moves the wall clock alone where somebody sets it', () => {
    const clock = new FakeClock(1_000, 50);
    const then = clock.read();
    clock.jumpWall(-600);
    expect(clock.read()).toMatchObject({ wallMs: 400, monoMs: 50 });
    expect(elapsedSince(then, clock.read())).toBe(0);
  });

  it('begins another run, on the same machine or after a reboot', () => {
    const clock = new FakeClock(0, 500);
    const first = clock.read();
    clock.after(10, () => undefined);
    clock.restart(1_000);
    expect(clock.pending).toBe(0);
    expect(clock.read()).toMatchObject({ wallMs: 1_000, monoMs: 1_500 });
    expect(clock.read().run).not.toBe(first.run);
    expect(elapsedSince(first, clock.read())).toBe(1_000);
    clock.restart(60_000, true);
    expect(clock.read()).toMatchObject({ wallMs: 61_000, monoMs: 0 });
    expect(elapsedSince(first, clock.read())).toBe(0);
  });
});
