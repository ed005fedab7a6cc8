/** Who is signed in at the screen. Kept in memory only: a restart signs everyone out. */
import type { PinRole, StaffView } from '../../shared/contract/staff.ts';
import { IDLE_WARNING_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';

/** Why a person is no longer signed in: they left, they did not touch the screen, or the machine slept. */
export type SessionEnd = 'ok' | 'idle' | 'slept' | 'replaced';

export interface Session {
  /** `null` while no one is signed in. */
  role(): PinRole | null;
  idle(): StaffView['idle'];
  start(role: PinRole): void;
  /** The time until they are signed out starts again. */
  touch(): void;
  /** Ends the session; returns whose it was. */
  end(): PinRole | null;
}

/** `idleMs` is read when a person signs in. `onIdle` is called when the screen was not touched for that long. */
export function createSession(clock: Clock, idleMs: () => number, onIdle: () => void): Session {
  let current: {
    readonly role: PinRole;
    readonly idleMs: number;
    readonly endsMonoMs: number;
    readonly stop: () => void;
  } | null = null;

  const begin = (role: PinRole, forMs: number): void => {
    current?.stop();
    const endsMonoMs = clock.read().monoMs + forMs;
    current = { role, idleMs: forMs, endsMonoMs, stop: clock.after(forMs, onIdle) };
  };

  return {
    role: () => current?.role ?? null,
    idle() {
      if (current === null) return null;
      const endsInMs = Math.max(0, Math.ceil(current.endsMonoMs - clock.read().monoMs));
      return { endsInMs, warnsInMs: Math.max(0, endsInMs - IDLE_WARNING_MS) };
    },
    start(role) {
      begin(role, idleMs());
    },
    touch() {
      if (current !== null) begin(current.role, current.idleMs);
    },
    end() {
      const role = current?.role ?? null;
      current?.stop();
      current = null;
      return role;
    },
  };
}
