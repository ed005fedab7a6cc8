import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { callManager, setPinOf, staff, submitPin, typePin, type PinEntry } from '../../../renderer/state/staff.ts';
import { kiosk } from '../../../renderer/state/store.ts';
import { staffView } from '../../gallery/people.ts';
import { order } from '../../support/screen/fake-orders.ts';

const sent = vi.fn((name: string, input: unknown) => ({
  ok: false,
  code: name === 'staff.state' ? 'bug' : 'not-saved',
  field: null,
  name,
  input,
}));

beforeEach(() => {
  vi.stubGlobal('window', { kiosk: { invoke: (name: string, input: unknown) => Promise.resolve(sent(name, input)) } });
  const view = staffView('cashier', { knownNumbers: ['1900482615'] });
  staff.setState({
    view: { ...view, pins: { ...view.pins, manager: { ...view.pins.manager, maySet: 'with-current' } } },
  });
});

afterEach(() => {
  sent.mockClear();
  vi.unstubAllGlobals();
  staff.setState({ view: null, open: false, entry: null });
});

async function typed(...pins: readonly string[]): Promise<PinEntry | null> {
  for (const pin of pins) {
    typePin(pin);
    await submitPin();
  }
  return staff.getState().entry;
}

describe('a new PIN', () => {
  test.each([
    ['is a row', '123456', 'pin-trivial'],
    ['can be read on the terminal', '482615', 'pin-trivial'],
    ['is the present one', '905183', 'pin-same'],
  ])('that %s is refused when it was typed once, and never sent', async (_why, pin, problem) => {
    setPinOf('manager');
    expect(await typed('905183', pin)).toMatchObject({ step: { name: 'new' }, digits: '', busy: false, problem });
    expect(sent).not.toHaveBeenCalled();
  });

  test('that may be one is asked for again, and sent when both are the same', async () => {
    setPinOf('manager');
    expect(await typed('905183', '739264')).toMatchObject({ step: { name: 'again', first: '739264' }, problem: null });
    await typed('739264');
    expect(sent).toHaveBeenCalledExactlyOnceWith('staff.set-pin', {
      role: 'manager',
      pin: '739264',
      currentPin: '905183',
    });
  });

  test('whose dialog was closed while it was looked at opens no other', async () => {
    setPinOf('manager');
    await typed('905183');
    typePin('739264');
    const looking = submitPin();
    staff.setState({ open: false, entry: null });
    await looking;
    expect(staff.getState()).toMatchObject({ open: false, entry: null });
  });
});

test('every PIN that is typed to prove who is there goes to main, which counts it and writes it down: also for the red screen', async () => {
  setPinOf('manager');
  await typed('905183', '739264', '739264');
  const view = order(
    { name: 'attention', cause: 'signature', errCode: null, handedOver: false },
    { standing: 'attention' },
  );
  kiosk.setState({ orders: new Map([[view.orderId, { view, bornAtMs: 0, deadline: null, endedAtMs: null }]]) });
  callManager(view.orderId);
  await typed('905183');
  expect(sent.mock.calls.filter(([name]) => name !== 'staff.state')).toEqual([
    ['staff.set-pin', { role: 'manager', pin: '739264', currentPin: '905183' }],
    ['staff.sign-in', { role: 'manager', pin: '905183' }],
  ]);
});
