/** Who is at the screen, and the terminal they stand at. Made up. */
import type { RosterView } from '../../shared/contract/shift.ts';
import type { PinView, StaffView } from '../../shared/contract/staff.ts';
import type { Role } from '../../shared/role.ts';
import type { PinEntry } from '../../renderer/state/staff.ts';
import type { Terminal } from '../../renderer/state/store.ts';

export const terminal = (role: Role = 'cashier', environment: 'practice' | 'live' = 'practice'): Terminal => ({
  environment,
  storeName: '江边便利店 一号店',
  deviceId: 'kiosk-1',
  version: '0.1.0',
  build: { commit: 'abc1234', clean: true },
  host: { kind: 'electron', electron: '45.4.1', chromium: '156.0' },
  role,
});

const pin: PinView = { set: true, maySet: 'no', triesLeft: 5, lockedForMs: 0 };

export const crew: RosterView = { names: ['王芳', '李强', 'Maria'], on: { name: '王芳' } };

export const staffView = (role: Role = 'cashier', more: Partial<StaffView> = {}): StaffView => ({
  who: 'screen',
  role,
  idle: role === 'cashier' ? null : { warnsInMs: 100_000, endsInMs: 120_000 },
  pins: { manager: pin, technician: pin },
  crew,
  knownNumbers: ['1900000109', 'store-1', 'kiosk-1'],
  trouble: null,
  ...more,
});

/** `more` is for the manager's PIN. */
export const staffWithPin = (more: Partial<PinView>): StaffView =>
  staffView('cashier', { pins: { manager: { ...pin, ...more }, technician: pin } });

export const pinEntry = (more: Partial<PinEntry> = {}): PinEntry => ({
  role: 'manager',
  step: { name: 'sign-in' },
  digits: '',
  busy: false,
  problem: null,
  ...more,
});
