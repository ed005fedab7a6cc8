/** Roles in dispatch: the table of shared/roles.ts, cell by cell, against one that is spelled out here. */
import { describe, expect, it } from 'vitest';
import { dispatch, type Desk } from '../../electron/app/dispatch.ts';
import { createHandlers } from '../../electron/app/handlers.ts';
import { silentLog } from '../../electron/base/log.ts';
import { commandNames, type CommandName } from '../../shared/ipc-names.ts';
import { roleSchema, type Role } from '../../shared/roles.ts';
import { idleStaff } from '../support/staff.ts';
import { idleSelfTest } from '../support/idle-self-test.ts';

/** c: cashier, m: manager, t: technician. */
const allowed: Readonly<Record<CommandName, string>> = {
  'app.snapshot': 'cmt',
  'app.set-language': 'cmt',
  'payment.take': 'cmt',
  'payment.stop': 'cmt',
  'payment.clear': 'cmt',
  'order.find': 'cmt',
  'order.cancel': 'cmt',
  'order.withdraw': 'cmt',
  'order.keep': 'cmt',
  'order.refund': 'cmt',
  'order.ask': 'cmt',
  'order.try-now': 'cmt',
  'order.timeline': 'cmt',
  'practice.set-scenario': 'cmt',
  'pos.status': 't',
  'pos.switch': 't',
  'pos.renew-token': 't',
  'pos.revoke-token': 't',
  'staff.state': 'cmt',
  'staff.sign-in': 'cmt',
  'staff.sign-out': 'cmt',
  'staff.touch': 'cmt',
  'staff.set-pin': 'cmt',
  'history.page': 'mt',
  'history.totals': 'mt',
  'history.order': 'mt',
  'history.cashiers': 'mt',
  'self-test.run': 't',
  'self-test.last': 'mt',
  'self-test.screen': 't',
  'self-test.print': 'mt',
};

const desk: Desk = {
  handlers: createHandlers({ app: { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } }, notices: () => [], staff: idleStaff, selfTest: idleSelfTest }),
  opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }),
  log: silentLog,
};

const cells = roleSchema.options.flatMap((role) => commandNames.map((name): [Role, CommandName, boolean] => [role, name, allowed[name].includes(role.charAt(0))]));

describe('a role', () => {
  it.each(cells)('%s may give %s: %s', async (role, name, may) => {
    // Input that no command takes: who may give the command hears of it, who may not learns nothing.
    const answer = await dispatch(desk, { who: 'screen', role }, name, { wrong: 1 });
    expect(answer).toMatchObject({ ok: false, code: may ? 'bad-input' : 'forbidden' });
  });
});
