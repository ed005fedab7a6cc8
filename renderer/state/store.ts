/**
 * The state of the screen. Main decides everything; this only holds main's latest messages, and what the cashier has
 * open.
 */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenOrder } from '../../shared/contract/pos.ts';
import type { HeldAction } from '../../shared/contract/stuck.ts';
import {
  waitsForCustomer,
  type Notice,
  type PaymentStage,
  type PaySource,
  type ScanSaid,
  type Snapshot,
} from '../../shared/ipc.ts';
import type { OrderView } from '../../shared/order/order.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { RETURN_SECONDS_AT_FIRST, SOUND_AT_FIRST, type Language, type Sound } from '../../shared/settings.ts';
import { sameAs, withViews, type HeldOrder, type HeldOrders } from './held-order.ts';
import type { GuidePage } from './guide-pages.ts';
import type { Cue } from '../sound/synth.ts';

/** Where a refused command is explained: beside its buttons. */
export type Place = 'till' | 'number' | 'bar' | 'back-office';

export interface Problem {
  readonly place: Place;
  readonly code: string;
  readonly field: string | null;
  /** A scan that the message is about and that is shown nowhere, since it may be a secret. It goes with the message. */
  readonly held?: string;
}

/**
 * What the screen says about a scan that nothing took. `payment-code`: a customer's, and it is kept nowhere; `no-number`: no
 * order number either; `no-badge`: somebody scanned where a PIN is typed. Where payments are taken by code: `no-payment`:
 * none waits for this code; `second-code`: the payment has one already; `other-scan`: a payment waits, and this is no whole
 * code; `alipay`, `unionpay`: a code of that wallet.
 */
export interface ScanNote {
  readonly what: 'payment-code' | 'no-number' | 'no-badge' | ScanSaid;
}

/** Facts about the terminal as a whole. `null` until main has sent them. */
export type Terminal = Pick<
  Snapshot,
  'environment' | 'storeName' | 'deviceId' | 'version' | 'build' | 'host' | 'signed' | 'role'
>;

/** A manager decides about money: a sheet asks before anything is done. */
export interface Deciding {
  readonly orderId: string;
  /** `null`: what the order's cause advises. */
  readonly action: HeldAction | null;
  /** The manager signed in for this order alone, and is signed out when the sheet closes. */
  readonly leaves: boolean;
}

export interface KioskState {
  readonly terminal: Terminal | null;
  readonly language: Language;
  readonly scenario: Scenario | null;
  readonly paySource: PaySource;
  readonly stage: PaymentStage;
  readonly orders: HeldOrders;
  readonly notices: readonly Notice[];
  /** An order taken from the tray or found by its number; it is shown before the stage's own order. */
  readonly viewing: string | null;
  /** How many links have shown their order: one may show the order that is just being left. */
  readonly linksShown: number;
  /** The text on the keypad, for example `20+5.5`: see renderer/input/amount-entry.ts. */
  readonly amount: string;
  /** The amount that the screen asks about, because it is far above the usual, and since when. */
  readonly asking: { readonly amount: string; readonly atMs: number } | null;
  /** How many keys of the keypad could not be taken; each of them shakes the amount. */
  readonly refusedKeys: number;
  /** The number in the dialog, or `null` while the dialog is closed. */
  readonly number: string | null;
  /** The number that the dialog was opened with by a scan, or `''`. */
  readonly scannedNumber: string;
  /** An order of a link that had to wait: it stands in the tray until a person taps it. */
  readonly asked: OpenOrder | null;
  /** Whether the about page covers the till. It closes when the till must show something. */
  readonly about: boolean;
  /** The page of the guide that covers everything else; it closes as the about page does. */
  readonly help: GuidePage | null;
  /** The open page of the back office, in the till's place; `''` for the role's first page, `null` for the till. */
  readonly backOfficePage: string | null;
  /** `null` until a person opens or closes it; until then the width of the screen decides. */
  readonly timelineOpen: boolean | null;
  readonly sound: Sound;
  readonly soundOpen: boolean;
  /** How long the till shows a paid order before it returns to the keypad; 0: until it is told to. */
  readonly returnSeconds: number;
  /** The sheet over the till that asks for a reason; `null` while there is none. */
  readonly deciding: Deciding | null;
  /** The cue that the screen shows at this moment, also when the sound is off. */
  readonly cue: Cue | null;
  /** Acts that have no answer yet. Their buttons take no press. */
  readonly busy: ReadonlySet<string>;
  readonly problem: Problem | null;
  /** Said for a moment, over whatever is open; a new object for each scan. */
  readonly scanNote: ScanNote | null;
  /** The last order that ended while something else was on the till. */
  readonly lastFinished: OrderView | null;
  /** Why main could not answer the first question yet. */
  readonly startTrouble: Omit<Problem, 'place'> | null;
}

const initial: KioskState = {
  terminal: null,
  language: 'zh-CN',
  scenario: null,
  paySource: 'none',
  stage: { name: 'none' },
  orders: new Map(),
  notices: [],
  viewing: null,
  linksShown: 0,
  amount: '',
  asking: null,
  refusedKeys: 0,
  number: null,
  scannedNumber: '',
  asked: null,
  about: false,
  help: null,
  backOfficePage: null,
  timelineOpen: null,
  sound: SOUND_AT_FIRST,
  soundOpen: false,
  returnSeconds: RETURN_SECONDS_AT_FIRST,
  deciding: null,
  cue: null,
  busy: new Set(),
  problem: null,
  scanNote: null,
  lastFinished: null,
  startTrouble: null,
};

/** A new store, for tests; the app has the one below. */
export const createKioskStore = (): KioskStore => createStore<KioskState>(() => initial);
export type KioskStore = StoreApi<KioskState>;

/** The page's one store. */
export const kiosk: KioskStore = createKioskStore();

/** The hook for components: it reads a part of the state, and the component renders again when that part changes. */
export const useKiosk = <Part>(select: (state: KioskState) => Part): Part => useStore(kiosk, select);

/** What stays when the terminal is opened with another set-up: no orders, since they may be another merchant's. */
export const forgotten = (): Partial<KioskState> => {
  const { stage, orders, notices, viewing, amount, lastFinished, scenario, paySource } = initial;
  return { stage, orders, notices, viewing, amount, lastFinished, scenario, paySource };
};

/** Dialogs for reading close when something behind them must be seen. */
export const NOTHING_OVER = { about: false, help: null } as const satisfies Partial<KioskState>;

/** Takes in a whole state from main. Views that are newer than this state stay. */
export function tookSnapshot(state: KioskState, snapshot: Snapshot, nowMs: number): Partial<KioskState> {
  const {
    environment,
    storeName,
    deviceId,
    version,
    build,
    host,
    signed,
    role,
    language,
    sound,
    returnSeconds,
    scenario,
    paySource,
    stage,
    notices,
  } = snapshot;
  return {
    terminal: {
      environment,
      storeName,
      deviceId,
      version,
      build,
      host,
      role,
      ...(signed === undefined ? {} : { signed }),
    },
    language,
    sound,
    returnSeconds,
    scenario,
    paySource,
    stage,
    notices: notices.filter((notice) => notice.on),
    orders: withViews(state.orders, snapshot.orders, nowMs),
  };
}

/** A payment that starts takes the till, whatever was shown there; so does the order that results from it. */
export function tookStage(state: KioskState, stage: PaymentStage): Partial<KioskState> {
  const starts = waitsForCustomer(stage) && !waitsForCustomer(state.stage);
  const becomesOrder = stage.name === 'order' && stageOrderId(state) !== stage.orderId;
  return starts || becomesOrder
    ? { stage, viewing: null, amount: '', asking: null, problem: null, ...NOTHING_OVER }
    : { stage };
}

/** Replaces what is held of these orders; a view that is older than the held one is ignored. */
export function tookViews(state: KioskState, views: readonly OrderView[], nowMs: number): Partial<KioskState> {
  const orders = withViews(state.orders, views, nowMs);
  if (orders === state.orders) return {};
  const changed = views.filter(({ orderId }) => orders.get(orderId) !== state.orders.get(orderId));
  const onTill = tillOrder(state)?.view.orderId;
  const before = ({ orderId }: OrderView): OrderView | undefined => state.orders.get(orderId)?.view;
  const finished = changed.findLast(
    (view) => view.standing === 'done' && view.orderId !== onTill && (before(view)?.standing ?? 'done') !== 'done',
  );
  const calls = changed.some((view) => waitsForSomebody(view) && !isWaitingForSomebody(before(view)));
  return { orders, ...(finished === undefined ? {} : { lastFinished: finished }), ...(calls ? NOTHING_OVER : {}) };
}

/** The same for one order. */
export const tookView = (state: KioskState, view: OrderView, nowMs: number): Partial<KioskState> =>
  tookViews(state, [view], nowMs);

export const isWaitingForSomebody = (view: OrderView | undefined): boolean =>
  view !== undefined && waitsForSomebody(view);

/** Such an order does not go on by itself: it is loud until a person decides. */
export const waitsForSomebody = (view: OrderView): boolean => needsManager(view) || view.phase.name === 'choosing';

/** It is before a manager, and none has taken it in hand. */
export const needsManager = ({ phase }: OrderView): boolean => phase.name === 'attention' && !phase.handedOver;

/**
 * A link asks for an order. It may not take the screen from a customer before the camera, from a person in the back
 * office, or from one at a dialog (`dialogIsOpen`) or typing a number: then the order waits in the tray. An unknown
 * order only fills the dialog; WeChat is asked only when a person presses the button.
 */
export function tookLink(state: KioskState, link: OpenOrder, nowMs: number, dialogIsOpen = false): Partial<KioskState> {
  const isBusy =
    dialogIsOpen ||
    waitsForCustomer(state.stage) ||
    state.backOfficePage !== null ||
    state.number !== null ||
    tillIsAtWork(state);
  return isBusy ? { asked: link } : shownLink(state, link, nowMs);
}

/** Puts the order of a link on the till, or its number into the dialog. */
export function shownLink(state: KioskState, { number, order }: OpenOrder, nowMs: number): Partial<KioskState> {
  const clear = { asked: null, problem: null, ...NOTHING_OVER };
  if (order === null) return { ...clear, number };
  const linksShown = state.linksShown + 1;
  return { ...clear, ...tookView(state, order, nowMs), viewing: order.orderId, linksShown };
}

/**
 * "Next customer", once main has taken it; `before`: the state when it was pressed. What came meanwhile stays: an order of
 * a link or from the tray, and the first digits of the next amount.
 */
export const leftTill = (state: KioskState, before: KioskState): Partial<KioskState> => ({
  viewing: state.viewing === before.viewing && state.linksShown === before.linksShown ? null : state.viewing,
  amount: state.amount === before.amount ? '' : state.amount,
});

/** A payment whose result the cashier is watching, and the amount for the next one. */
const tillIsAtWork = (state: KioskState): boolean =>
  state.amount !== '' ||
  (state.viewing === null && state.stage.name === 'order' && tillOrder(state)?.view.standing !== 'done');

/** A notice that has ended is removed; a notice that is active stands once, and is visible when it starts. */
export const tookNotice = (state: KioskState, notice: Notice): Partial<KioskState> => ({
  notices: [...state.notices.filter((known) => known.code !== notice.code), ...(notice.on ? [notice] : [])],
  ...(notice.on && !state.notices.some((known) => known.code === notice.code) ? NOTHING_OVER : {}),
});

const stageOrderId = (state: KioskState): string | null => (state.stage.name === 'order' ? state.stage.orderId : null);

/** The order on the till, or the order it proved to be the same as. */
export function tillOrder(state: KioskState): HeldOrder | null {
  const id = state.viewing ?? stageOrderId(state);
  const held = id === null ? undefined : state.orders.get(id);
  if (held === undefined) return null;
  const other = sameAs(held.view);
  return (other === null ? undefined : state.orders.get(other)) ?? held;
}

/** Whether a customer is about to pay, perhaps behind the order that is shown. */
export const customerPays = (state: KioskState): boolean => waitsForCustomer(state.stage);
