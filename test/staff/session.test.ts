import { beforeEach, describe, expect, it } from 'vitest';
import { createSession, type Session } from '../../electron/staff/session.ts';
import { FakeClock } from '../support/fake-clock.ts';

let clock: FakeClock;
let session: Session;
let idled: number;
beforeEach(() => {
  clock = new FakeClock();
  idled = 0;
  session = createSession(
    clock,
    () => 180_000,
    () => {
      idled += 1;
      session.end();
    },
  );
});

describe('a session', () => {
  it('ends when nobody has touched the screen for so long, and is warned more than 20 s before', async () => {
    session.start('manager');
    expect([session.role(), session.idle()]).toEqual(['manager', { endsInMs: 180_000, warnsInMs: 158_000 }]);
    await clock.advance(165_000);
    expect(session.idle()).toEqual({ endsInMs: 15_000, warnsInMs: 0 });
    await clock.advance(14_999);
    expect(session.role()).toBe('manager');
    await clock.advance(1);
    expect([session.role(), session.idle(), idled]).toEqual([null, null, 1]);
  });

  it('begins again with each touch, also during the warning', async () => {
    session.start('technician');
    for (let touch = 0; touch < 20; touch += 1) {
      await clock.advance(179_000);
      session.touch();
      expect(session.idle()?.endsInMs).toBe(180_000);
    }
    await clock.advance(180_000);
    expect([session.role(), idled]).toEqual([null, 1]);
  });

  it('does not mind the wall clock', async () => {
    session.start('manager');
    clock.jumpWall(1e10);
    expect(session.idle()?.endsInMs).toBe(180_000);
    clock.jumpWall(-2e10);
    await clock.advance(180_000);
    expect(session.role()).toBeNull();
  });

  it('that was ended ends once, and a touch brings nothing back', async () => {
    session.start('manager');
    expect([session.end(), session.end()]).toEqual(['manager', null]);
    session.touch();
    await clock.advance(1e6);
    expect([session.role(), idled]).toEqual([null, 0]);
  });
});
