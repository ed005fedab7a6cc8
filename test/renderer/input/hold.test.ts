import { describe, expect, it } from 'vitest';
import { createHold, HOLD_MS, type Hold, type HoldState } from '../../../renderer/input/hold.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function held(): { hold: Hold; clock: FakeClock; states: HoldState[]; acts: () => number } {
  const clock = new FakeClock();
  const states: HoldState[] = [];
  let acts = 0;
  const hold = createHold((state) => states.push(state), () => (acts += 1), (ms, act) => clock.after(ms, act)); // prettier-ignore
  return { hold, clock, states, acts: () => acts };
}

describe('press and hold', () => {
  it('acts at 600 ms and not before, once, and letting go afterwards is nothing', async () => {
    const { hold, clock, states, acts } = held();
    hold.press('pointer 1');
    await clock.advance(HOLD_MS - 1);
    expect([acts(), states]).toEqual([0, ['holding']]);
    await clock.advance(1);
    expect([acts(), states]).toEqual([1, ['holding', 'idle']]);
    hold.release('pointer 1');
    await clock.advance(HOLD_MS);
    expect([acts(), states]).toEqual([1, ['holding', 'idle']]);
  });

  it('let go early does nothing, and says so', async () => {
    const { hold, clock, states, acts } = held();
    hold.press('key Enter');
    await clock.advance(HOLD_MS - 1);
    hold.release('key Enter');
    await clock.advance(HOLD_MS);
    expect([acts(), states]).toEqual([0, ['holding', 'too-short']]);
  });

  it('two short presses do not add up', async () => {
    const { hold, clock, acts } = held();
    for (let times = 0; times < 5; times += 1) {
      hold.press('key Space');
      await clock.advance(HOLD_MS - 10);
      hold.release('key Space');
    }
    expect(acts()).toBe(0);
  });

  it('belongs to what began it: a second finger neither ends nor lengthens it', async () => {
    const { hold, clock, acts } = held();
    hold.press('pointer 1');
    await clock.advance(300);
    hold.press('pointer 2');
    hold.release('pointer 2');
    await clock.advance(300);
    expect(acts()).toBe(1);
  });

  it('is off once the button loses the focus or goes away', async () => {
    const { hold, clock, states, acts } = held();
    hold.press('pointer 1');
    hold.cancel();
    await clock.advance(HOLD_MS);
    expect([acts(), states]).toEqual([0, ['holding', 'idle']]);
  });
});
