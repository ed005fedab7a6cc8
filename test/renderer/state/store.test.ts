import { describe, expect, test } from 'vitest';
import {
  createKioskStore,
  forgotten,
  tillOrder,
  tookNotice,
  tookSnapshot,
  tookStage,
  tookView,
  type KioskState,
  type KioskStore,
} from '../../../renderer/state/store.ts';
import type { Snapshot } from '../../../shared/ipc.ts';
import { order } from '../../support/screen/fake-orders.ts';

const paying = order({ name: 'paying', windowEndsInMs: 12_000, declined: null, cancelFirst: false });
const other = { ...paying, orderId: 'other' };

const snapshot: Snapshot = {
  environment: 'practice',
  storeName: 'store',
  deviceId: 'kiosk-1',
  language: 'en',
  sound: { muted: false, volume: 'middle' },
  returnSeconds: 5,
  version: '1',
  build: { commit: 'abc1234', clean: true },
  host: { kind: 'stand-in', electron: '45.4.1' },
  role: 'cashier',
  scenario: 'paid',
  paySource: 'face',
  stage: { name: 'none' },
  orders: [paying, other],
  notices: [
    { code: 'offline', on: true, detail: null },
    { code: 'journal-failing', on: false, detail: null },
  ],
};

function started(): KioskStore {
  const store = createKioskStore();
  store.setState((state) => tookSnapshot(state, snapshot, 0));
  return store;
}

const take = (store: KioskStore, change: (state: KioskState) => Partial<KioskState>): KioskState => {
  store.setState(change);
  return store.getState();
};

describe('what is on the till', () => {
  test('is nothing, then the order of the stage, then whatever was tapped', () => {
    const store = started();
    expect(tillOrder(store.getState())).toBeNull();
    const order = take(store, (state) => tookStage(state, { name: 'order', amountFen: 1, orderId: paying.orderId }));
    expect(tillOrder(order)?.view).toBe(paying);
    expect(tillOrder(take(store, () => ({ viewing: 'other' })))?.view).toBe(other);
  });

  test('gives way to a payment that starts, and clears the amount for the one after it', () => {
    const store = started();
    take(store, () => ({ viewing: 'other', amount: '12' }));
    const looking = take(store, (state) => tookStage(state, { name: 'preparing', amountFen: 1 }));
    expect([looking.viewing, looking.amount]).toEqual([null, '']);
  });

  test('stays when the stage only goes on', () => {
    const store = started();
    take(store, (state) => tookStage(state, { name: 'preparing', amountFen: 1 }));
    take(store, () => ({ viewing: 'other' }));
    expect(take(store, (state) => tookStage(state, { name: 'look', amountFen: 1 })).viewing).toBe('other');
  });

  test('follows an order that proves to be another one', () => {
    const store = started();
    const twin = order({ name: 'settled', reason: 'same-as:other' }, { version: 2, standing: 'done' });
    take(store, () => ({ viewing: twin.orderId }));
    expect(tillOrder(take(store, (state) => tookView(state, twin, 0)))?.view).toBe(other);
  });
});

describe('what main says', () => {
  test('that came before the first whole picture is kept in it', () => {
    const store = createKioskStore();
    take(store, (state) => tookView(state, { ...paying, orderId: 'early' }, 0));
    expect(take(store, (state) => tookSnapshot(state, snapshot, 0)).orders.has('early')).toBe(true);
  });

  test('is believed about orders only if it is not older', () => {
    const store = started();
    const newer = { ...paying, version: 7 };
    take(store, (state) => tookView(state, newer, 0));
    expect(take(store, (state) => tookSnapshot(state, snapshot, 0)).orders.get(paying.orderId)?.view).toBe(newer);
  });

  test('keeps a notice once, until it is over', () => {
    const store = started();
    expect(store.getState().notices.map(({ code }) => code)).toEqual(['offline']);
    const twice = take(store, (state) => tookNotice(state, { code: 'offline', on: true, detail: 'x' }));
    expect(twice.notices).toEqual([{ code: 'offline', on: true, detail: 'x' }]);
    expect(take(store, (state) => tookNotice(state, { code: 'offline', on: false, detail: null })).notices).toEqual([]);
  });

  test('of an order that ends in the tray is kept to be announced', () => {
    const store = started();
    const ended = order({ name: 'cancelled', outcome: 'refunded', proof: 'REFUND' }, { version: 2, standing: 'done' });
    expect(take(store, (state) => tookView(state, ended, 0)).lastFinished).toBe(ended);
  });
});

describe('the about page and the guide', () => {
  const open = (): KioskStore => {
    const store = started();
    take(store, () => ({ about: true, help: 'cashier' }));
    return store;
  };
  const stuck = order(
    { name: 'attention', cause: 'expired', errCode: null, handedOver: false },
    { version: 2, standing: 'attention' },
  );
  const choosing = order({ name: 'choosing' }, { version: 2 });

  test.each([
    ['an order that comes before a manager', (state: KioskState) => tookView(state, stuck, 0)],
    ['an order that comes to a choice', (state: KioskState) => tookView(state, choosing, 0)],
    ['a payment that starts', (state: KioskState) => tookStage(state, { name: 'preparing', amountFen: 1 })],
    [
      'a notice that comes',
      (state: KioskState) => tookNotice(state, { code: 'journal-failing', on: true, detail: null }),
    ],
  ])('give way to %s', (_what, change) => {
    const { about, help } = take(open(), change);
    expect([about, help]).toEqual([false, null]);
  });

  test('stay while a notice that is there already is told again, or goes', () => {
    const store = open();
    for (const on of [true, false])
      expect(take(store, (state) => tookNotice(state, { code: 'offline', on, detail: null })).help).toBe('cashier');
  });

  test('stay while an order only goes on, and also over an order that was loud already when they were opened', () => {
    const store = open();
    expect(take(store, (state) => tookView(state, { ...paying, version: 2 }, 0)).about).toBe(true);
    take(store, (state) => tookView(state, { ...stuck, version: 3 }, 0));
    take(store, () => ({ about: true }));
    expect(take(store, (state) => tookView(state, { ...stuck, version: 4 }, 0)).about).toBe(true);
  });
});

test('a terminal that was opened with another set-up leaves no order of the one before on the screen', () => {
  const store = started();
  take(store, (state) => tookStage(state, { name: 'order', amountFen: 1, orderId: paying.orderId }));
  take(store, () => ({ viewing: 'other', backOfficePage: 'setup', language: 'zh-CN' }));
  const after = take(store, forgotten);
  expect([after.orders.size, tillOrder(after), after.viewing, after.notices, after.scenario]).toEqual([
    0,
    null,
    null,
    [],
    null,
  ]);
  expect([after.backOfficePage, after.language], 'and whoever is in the back office stays there').toEqual([
    'setup',
    'zh-CN',
  ]);
});
