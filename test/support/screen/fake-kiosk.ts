/**
 * Puts a `window.kiosk` with made-up data on a page, so that every screen can be seen without main. `show` names an
 * order of fake-orders.ts or a stage; the commands answer, and a few of them change what is shown.
 */
import type { PinView, StaffView } from '../../../shared/contract/staff.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import type { KioskBridge } from '../../../shared/ipc-channels.ts';
import type { Notice, PaymentStage, Snapshot } from '../../../shared/ipc.ts';
import { order, orders, timeline, tray } from './fake-orders.ts';

export interface FakeKioskOptions {
  readonly show: string;
  readonly language: 'zh-CN' | 'en';
  readonly live?: boolean;
  readonly busyTray?: boolean;
  /** This many more open orders in the tray. */
  readonly trayOf?: number;
  readonly notices?: readonly Notice['code'][];
}

const stages: Readonly<Record<string, PaymentStage>> = {
  idle: { name: 'none' },
  preparing: { name: 'preparing', amountFen: 12_800 },
  look: { name: 'look', amountFen: 12_800 },
  code: { name: 'code', amountFen: 12_800 },
  stopped: { name: 'stopped', amountFen: 12_800, code: 'no-face' },
};

/** Installs the fake before the page's own scripts run. */
export function installFakeKiosk(options: FakeKioskOptions): void {
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const emit = (name: string, payload: unknown): void => listeners.get(name)?.forEach((listener) => listener(payload));
  const kiosk: KioskBridge = {
    invoke: (name, input) => Promise.resolve(answer(name, input, options, emit)),
    subscribe: (name, listener) => {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      return () => heard.delete(listener);
    },
  };
  Object.defineProperty(window, 'kiosk', { value: kiosk });
  Object.defineProperty(window, 'fakeKiosk', { value: { emit } });
}

const ok = (value: unknown): unknown => ({ ok: true, value });
const refused = (code: string, field: string | null = null): unknown => ({ ok: false, code, field });

function answer(
  name: string,
  input: unknown,
  options: FakeKioskOptions,
  emit: (name: string, payload: unknown) => void,
): unknown {
  switch (name) {
    case 'app.snapshot':
      if (options.show === 'not-started') return refused('not-started', 'journal:disk-full');
      return ok(snapshot(options));
    case 'staff.state':
    case 'staff.touch':
    case 'staff.sign-out':
      return ok(nobodySignedIn);
    case 'shift.state':
      return ok({ ...nobodySignedIn.crew, left: null, orders: [], payingNow: false });
    case 'training.state':
      return ok(null);
    case 'order.timeline':
      return ok(timeline);
    case 'order.find':
      return refused('bad-characters', 'number');
    case 'order.cancel': {
      const armed = {
        ...order({ name: 'armed', firesInMs: 9_000, lastLook: false }, { actions: ['withdraw'] }),
        version: 2,
      };
      return ok(armed);
    }
    case 'order.ask':
      return refused('bug');
    case 'payment.take':
      emit('payment.stage', { name: 'look', amountFen: amountOf(input) });
      return ok(null);
    case 'payment.stop':
    case 'payment.clear':
      emit('payment.stage', { name: 'none' });
      return ok(null);
    case 'app.set-language':
    case 'sound.set':
    case 'kiosk.alive':
    case 'practice.set-scenario':
      return ok(null);
    default:
      return refused('too-late');
  }
}

const pin: PinView = { set: true, maySet: 'no', triesLeft: 5, lockedForMs: 0 };
const nobodySignedIn: StaffView = {
  who: 'screen',
  role: 'cashier',
  idle: null,
  crew: { names: [], on: { name: null } },
  knownNumbers: [],
  pins: { manager: pin, technician: pin },
  trouble: null,
};

const amountOf = (input: unknown): number =>
  typeof input === 'object' && input !== null && 'amountFen' in input ? Number(input.amountFen) : 1;

const manyOpen = (count: number): OrderView[] =>
  Array.from({ length: count }, (_, index) => {
    const model = tray[index % 3];
    if (model === undefined) throw new Error('fake-orders.ts has three open orders');
    return {
      ...model,
      orderId: `many-${String(index)}`,
      outTradeNo: `2026112315${String(1_000_000_000 + index)}`,
      ageMs: (index + 1) * 61_000,
    };
  });

function snapshot({
  show,
  language,
  live = false,
  busyTray = false,
  trayOf = 0,
  notices = [],
}: FakeKioskOptions): Snapshot {
  const shown = orders[show];
  return {
    environment: live ? 'live' : 'practice',
    storeName: language === 'en' ? 'Riverside Store' : '江边便利店',
    deviceId: 'kiosk-1',
    language,
    sound: { muted: false, volume: 'middle' },
    returnSeconds: 5,
    version: '0.1.0',
    build: { commit: 'abc1234', clean: false },
    host: live
      ? { kind: 'electron', electron: '45.4.1', chromium: '156.0.8078.79' }
      : { kind: 'stand-in', electron: '45.4.1' },
    role: 'cashier',
    scenario: live ? null : 'recall-twice',
    paySource: 'face',
    stage:
      shown === undefined
        ? (stages[show] ?? { name: 'none' })
        : { name: 'order', amountFen: 12_800, orderId: shown.orderId },
    orders: [...(busyTray ? tray : []), ...manyOpen(trayOf), ...(shown === undefined ? [] : [shown])],
    notices: notices.map((code) => ({
      code,
      on: true,
      detail: code === 'offline' ? null : '/var/lib/facepay/journal.db',
    })),
  };
}
