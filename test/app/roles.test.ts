/** Roles in dispatch. As yet every command is the cashier's, so the contract is changed for these tests. */
import { describe, expect, it, vi } from 'vitest';
import { dispatch, type Desk } from '../../electron/app/dispatch.ts';
import { createHandlers } from '../../electron/app/handlers.ts';
import { silentLog } from '../../electron/base/log.ts';

vi.mock(import('../../shared/ipc.ts'), async (original) => {
  const ipc = await original();
  const manager = { ...ipc.commands['order.ask'], role: 'manager' };
  const technician = { ...ipc.commands['order.try-now'], role: 'technician' };
  return { ...ipc, commands: { ...ipc.commands, 'order.ask': manager, 'order.try-now': technician } } as unknown as typeof ipc;
});

const desk: Desk = {
  handlers: createHandlers({ app: { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } }, notices: () => [] }),
  opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }),
  log: silentLog,
};

describe('a role', () => {
  it.each([
    ['cashier', 'order.cancel', 'not-started'],
    ['cashier', 'order.ask', 'forbidden'],
    ['cashier', 'order.try-now', 'forbidden'],
    ['manager', 'order.ask', 'not-started'],
    ['manager', 'order.try-now', 'forbidden'],
    ['technician', 'order.try-now', 'not-started'],
    ['technician', 'order.ask', 'not-started'],
  ] as const)('%s comes as far with %s as %s', async (role, name, code) => {
    expect(await dispatch(desk, role, name, { orderId: 'pos-1' })).toMatchObject({ ok: false, code });
  });

  it('is checked before the input: who may not ask learns nothing of it', async () => {
    expect(await dispatch(desk, 'cashier', 'order.ask', { wrong: 1 })).toEqual({ ok: false, code: 'forbidden', field: null });
  });
});
