/**
 * Leaving the kiosk: when it is refused for the moment, and what is recorded about it. test/app/roles.test.ts says who
 * may do it.
 */
import { describe, expect, it } from 'vitest';
import { heldBy, kioskHandlers, type Going, type Held } from '../../../electron/app/kiosk/kiosk-handlers.ts';
import type { KioskExit } from '../../../shared/contract/kiosk.ts';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { OneOrder } from '../../support/orders/one-order.ts';

const going = (stage: PaymentStage, ...orders: readonly OneOrder[]): Going => ({
  till: { stage: () => stage },
  journal: { open: () => ({ orders }) },
});
const none: PaymentStage = { name: 'none' };

describe('the app', () => {
  it.each(['preparing', 'look'] as const)('goes on while a payment is at "%s"', (name) => {
    expect(heldBy(going({ name, amountFen: 1 }))).toBe('customer-at-camera');
  });
  it('goes on while a reverse is out', () => {
    expect(heldBy(going(none, OneOrder.hanging(), OneOrder.reversing()))).toBe('cancel-going-out');
  });
  it('may be left over what only waits: the journal has it', () => {
    expect(heldBy(going(none, OneOrder.hanging(), OneOrder.armed()))).toBeNull();
    expect(heldBy(going({ name: 'stopped', amountFen: 1, code: 'by-cashier' }))).toBeNull();
  });
});

async function leave(how: KioskExit, held: Held | null) {
  const noted: string[] = [];
  const left: KioskExit[] = [];
  const handler = kioskHandlers({
    held: () => Promise.resolve(held),
    note: ({ role }, outcome, about) => noted.push(`${role} ${outcome} ${about}`),
    leave: (chosen) => left.push(chosen),
  })['kiosk.leave'];
  if (!('withoutServices' in handler)) throw new Error('it must work where the terminal could not be opened');
  return { reply: await handler.withoutServices({ how }, { who: 'screen', role: 'technician' }), noted, left };
}

describe('a technician', () => {
  it.each(['close', 'restart', 'window'] as const)('leaves by "%s", and it is written down', async (how) => {
    expect(await leave(how, null)).toEqual({
      reply: { ok: true, value: null },
      noted: [`technician ok ${how}`],
      left: [how],
    });
  });
  it.each(['close', 'restart'] as const)('is told why "%s" has to wait, which is written down too', async (how) => {
    expect(await leave(how, 'cancel-going-out')).toEqual({
      reply: { ok: false, error: 'cancel-going-out' },
      noted: [`technician cancel-going-out ${how}`],
      left: [],
    });
  });
  it('gets a window at any time: the app goes on in it', async () => {
    expect((await leave('window', 'customer-at-camera')).left).toEqual(['window']);
  });
});
