/** Roles in dispatch: what each command of the contract says, cell by cell, against a table written by hand here. */
import { describe, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../electron/app/dispatch.ts';
import { createHandlers } from '../../electron/app/command-table.ts';
import { silentLog } from '../../electron/base/log.ts';
import type { CommandName } from '../../shared/ipc.ts';
import { roleSchema, type Role } from '../../shared/role.ts';
import { noExports } from '../support/terminal/no-host.ts';
import { idleStaff } from '../support/terminal/staff.ts';
import { idleSelfTest } from '../support/terminal/idle-self-test.ts';

/** c: cashier, m: manager, t: technician. */
const allowed: Readonly<Record<CommandName, string>> = {
  'app.snapshot': 'cmt',
  'app.set-language': 'cmt',
  'sound.set': 'cmt',
  'payment.take': 'cmt',
  'payment.show-code': 'cmt',
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
  'practice.set-source': 'cmt',
  'practice.codes': 'cmt',
  'manager.stuck': 'm',
  'manager.confirm': 'm',
  'manager.act': 'm',
  'manager.order': 'm',
  'manager.find-number': 'm',
  'manager.acknowledge-damage': 'm',
  'acceptance.read': 't',
  'acceptance.give-back': 't',
  'setup.state': 't',
  'setup.begin': 't',
  'setup.discard': 't',
  'setup.pick-certificate': 't',
  'setup.pick-key-file': 't',
  'setup.pick-authority': 't',
  'setup.set-passphrase': 't',
  'setup.set-api-key': 't',
  'setup.set-support-passphrase': 't',
  'setup.set-proxy-password': 't',
  'setup.check': 't',
  'setup.apply': 't',
  'setup.go-back': 't',
  'setup.find-provision': 't',
  'setup.pick-provision': 't',
  'setup.apply-provision': 't',
  'export.orders': 'm',
  'export.diagnostics': 'mt',
  'audit.verify': 'mt',
  'audit.export': 'mt',
  'slip.read': 'cmt',
  'slip.print': 'cmt',
  'slip.save': 'mt',
  'overview.read': 'm',
  'bill.compare': 'm',
  'bill.calendar': 'm',
  'bill.day': 'm',
  'bill.export': 'm',
  'bill.ask': 'm',
  'pos.status': 't',
  'pos.switch': 't',
  'pos.renew-token': 't',
  'pos.revoke-token': 't',
  'staff.state': 'cmt',
  'staff.sign-in': 'cmt',
  'staff.sign-out': 'cmt',
  'staff.touch': 'cmt',
  'staff.set-pin': 'cmt',
  'shift.state': 'cmt',
  'shift.sign-on': 'cmt',
  'shift.sign-off': 'cmt',
  'shift.sheet': 'cmt',
  'shift.sheets': 'm',
  'shift.print': 'cmt',
  'shift.save': 'm',
  'cashier.add': 'm',
  'cashier.remove': 'm',
  'training.state': 'cmt',
  'training.done': 'c',
  'training.begin-anew': 'c',
  'training.later': 'c',
  'training.tidy': 'cmt',
  'training.results': 'm',
  'history.page': 'mt',
  'history.totals': 'mt',
  'history.order': 'mt',
  'history.cashiers': 'mt',
  'self-test.run': 't',
  'self-test.last': 'mt',
  'self-test.screen': 't',
  'updates.state': 't',
  'updates.look': 't',
  'updates.set': 't',
  'self-test.print': 'mt',
  'printer.state': 't',
  'printer.choose': 't',
  'scanner.ports': 't',
  'scanner.try': 't',
  'scanner.end-try': 't',
  'customer-display.state': 't',
  'customer-display.switch': 't',
  'appearance.state': 'mt',
  'appearance.switch': 'mt',
  'till.set-return': 'mt',
  'kiosk.leave': 't',
  'kiosk.alive': 'cmt',
};

const context: DispatchContext = {
  handlers: createHandlers({
    app: { version: '1', build: null, host: { kind: 'stand-in', electron: '1' } },
    notices: () => [],
    staff: idleStaff,
    selfTest: idleSelfTest,
    exports: noExports(),
  }),
  opening: Promise.resolve({ ok: false, error: { part: 'journal', code: 'io' } }),
  log: silentLog,
};

const cells = roleSchema.options.flatMap((role) =>
  Object.entries(allowed).map(([name, may]): [Role, string, boolean] => [role, name, may.includes(role.charAt(0))]),
);

describe('a role', () => {
  it.each(cells)('%s may give %s: %s', async (role, name, may) => {
    // Input that no command accepts: people who may give the command learn what is wrong, all others learn nothing.
    const answer = await dispatch(context, { who: 'screen', role }, name, { wrong: 1 });
    expect(answer).toMatchObject({ ok: false, code: may ? 'bad-input' : 'forbidden' });
  });

  it('may set the terminal up, whichever it is, while it is fresh; and nothing more than that', async () => {
    for (const [role, name, may] of cells) {
      const answer = await dispatch({ ...context, isFresh: () => true }, { who: 'screen', role }, name, { wrong: 1 });
      expect(answer, `${role} ${name}`).toMatchObject({
        ok: false,
        code: may || /^(?:setup|scanner)\./.test(name) ? 'bad-input' : 'forbidden',
      });
    }
  });
});
