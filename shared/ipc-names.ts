export const exportsCommandNames = [
  'export.orders',
  'export.diagnostics',
  'audit.verify',
  'audit.export',
  'slip.read',
  'slip.print',
  'slip.save',
] as const;
export type ExportsCommandName = (typeof exportsCommandNames)[number];

export const billCommandNames = ['bill.compare', 'bill.export', 'bill.ask'] as const;
export type BillCommandName = (typeof billCommandNames)[number];

/** The names alone, so that the sandboxed preload can list them without carrying the schemas. */
export const setupCommandNames = [
  'setup.state',
  'setup.begin',
  'setup.discard',
  'setup.pick-certificate',
  'setup.pick-key-file',
  'setup.pick-authority',
  'setup.set-passphrase',
  'setup.set-api-key',
  'setup.set-support-passphrase',
  'setup.check',
  'setup.apply',
  'setup.go-back',
  'setup.find-provision',
  'setup.pick-provision',
  'setup.apply-provision',
] as const;
export type SetupCommandName = (typeof setupCommandNames)[number];
export const posCommandNames = ['pos.status', 'pos.switch', 'pos.renew-token', 'pos.revoke-token'] as const;

export const staffCommandNames = [
  'staff.state',
  'staff.sign-in',
  'staff.sign-out',
  'staff.touch',
  'staff.set-pin',
] as const;
export const shiftCommandNames = [
  'shift.state',
  'shift.sign-on',
  'shift.sign-off',
  'cashier.add',
  'cashier.remove',
] as const;
export const trainingCommandNames = [
  'training.state',
  'training.done',
  'training.begin-anew',
  'training.later',
  'training.results',
] as const;
export const soundCommandNames = ['sound.set'] as const;
export const selfTestCommandNames = ['self-test.run', 'self-test.last', 'self-test.screen', 'self-test.print'] as const;

export const updatesCommandNames = ['updates.state', 'updates.look', 'updates.set'] as const;

export const managerCommandNames = [
  'manager.stuck',
  'manager.confirm',
  'manager.act',
  'manager.cancel-number',
  'manager.acknowledge-damage',
] as const;
/** Looking for orders of any age. */
export const historyCommandNames = ['history.page', 'history.totals', 'history.order', 'history.cashiers'] as const;
export type HistoryCommandName = (typeof historyCommandNames)[number];

export const customerDisplayCommandNames = ['customer-display.state', 'customer-display.switch'] as const;
export const kioskCommandNames = ['kiosk.leave', 'kiosk.alive'] as const;

export const commandNames = [
  'app.snapshot',
  'app.set-language',
  'payment.take',
  'payment.stop',
  'payment.clear',
  'order.find',
  'order.cancel',
  'order.withdraw',
  'order.keep',
  'order.refund',
  'order.ask',
  'order.try-now',
  'order.timeline',
  'practice.set-scenario',
  ...managerCommandNames,
  ...setupCommandNames,
  ...exportsCommandNames,
  ...billCommandNames,
  ...posCommandNames,
  ...staffCommandNames,
  ...shiftCommandNames,
  ...trainingCommandNames,
  ...soundCommandNames,
  ...historyCommandNames,
  ...selfTestCommandNames,
  ...updatesCommandNames,
  ...customerDisplayCommandNames,
  ...kioskCommandNames,
] as const;
export type CommandName = (typeof commandNames)[number];

export const eventNames = [
  'orders.changed',
  'payment.stage',
  'app.notice',
  'app.reopened',
  'app.open-order',
  'staff.changed',
  'self-test.line',
] as const;
export type EventName = (typeof eventNames)[number];

/** What the preload puts on `window.kiosk`: two functions that know these names and nothing else. */
export interface KioskBridge {
  invoke(name: CommandName, input: unknown): Promise<unknown>;
  subscribe(name: EventName, listener: (payload: unknown) => void): () => void;
}

/** The one channel each way; the name of the command or event travels as its first argument. */
export const COMMAND_CHANNEL = 'kiosk:command';
export const EVENT_CHANNEL = 'kiosk:event';

/** What the customer's screen hears: the one thing main tells it. It has no way to answer. */
export const CUSTOMER_CHANNEL = 'customer:shown';

/** What its preload puts on `window.customer`. */
export interface CustomerBridge {
  subscribe(listener: (shown: unknown) => void): void;
}
