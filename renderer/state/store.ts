/** What the screen knows. Main decides everything; this only holds its latest word, and what the cashier has open. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenOrder } from '../../shared/contract/pos.ts';
import type { Notice, PaymentStage, Snapshot } from '../../shared/ipc.ts';
import type { OrderView } from '../../shared/order.ts';
import type { Scenario } from '../../shared/scenarios.ts';
import { SOUND_AT_FIRST, type Language, type Sound } from '../../shared/settings.ts';
import { sameAs, withViews, type HeldOrder, type HeldOrders } from './held-order.ts';
import type { GuidePage } from './guide-pages.ts';
import type { Cue } from '../sound/synth.ts';

/** Where a refused command is explained: beside the buttons it came from. */
export type Place = 'till' | 'number' | 'bar' | 'desk';

export interface Problem {
  readonly place: Place;
  readonly code: string;
  readonly field: string | null;
}

/** What belongs to the terminal as a whole. `null` until main has told it. */
export type Terminal = Pick<
  Snapshot,
  'environment' | 'storeName' | 'deviceId' | 'version' | 'build' | 'host' | 'signed' | 'role'
>;

/** A manager's act on the order on the till that decides on money: it is asked about before it is done. */
export interface Deciding {
  readonly action: 'cancel' | 'try-now';
  /** As it was shown when the act was chosen. */
  readonly view: OrderView;
}

export interface KioskState {
  readonly terminal: Terminal | null;
  readonly language: Language;
  readonly scenario: Scenario | null;
  readonly stage: PaymentStage;
  readonly orders: HeldOrders;
  readonly notices: readonly Notice[];
  /** An order taken from the tray or found by its number; it goes before the stage's own order. */
  readonly viewing: string | null;
  readonly amount: string;
  /** The number in the dialog, or `null` while the dialog is closed. */
  readonly number: string | null;
  /** An order that a link asked for while it had to wait: it stands in the tray until somebody taps it. */
  readonly asked: OpenOrder | null;
  /** Whether the about page lies over the till. It gives way to whatever the till must show. */
  readonly about: boolean;
  /** The page of the guide that lies over everything else; it gives way as the about page does. */
  readonly help: GuidePage | null;
  /** The page of the back office that is open in the till's place; `''` for the role's first, `null` for the till. */
  readonly desk: string | null;
  /** `null` until somebody opens or closes it: then the width of the screen decides. */
  readonly timelineOpen: boolean | null;
  readonly sound: Sound;
  readonly soundOpen: boolean;
  /** The sheet over the till that asks why; `null` while there is none. */
  readonly deciding: Deciding | null;
  /** What is shown as given just now, whether or not it is heard. */
  readonly cue: Cue | null;
  /** Acts whose answer is still out. Their buttons rest. */
  readonly busy: ReadonlySet<string>;
  readonly problem: Problem | null;
  /** The order that was last brought to an end while something else was on the till. */
  readonly lastFinished: OrderView | null;
  /** Why main could not answer the first question yet. */
  readonly startTrouble: Omit<Problem, 'place'> | null;
}

const initial: KioskState = {
  terminal: null,
  language: 'zh-CN',
  scenario: null,
  stage: { name: 'none' },
  orders: new Map(),
  notices: [],
  viewing: null,
  amount: '',
  number: null,
  asked: null,
  about: false,
  help: null,
  desk: null,
  timelineOpen: null,
  sound: SOUND_AT_FIRST,
  soundOpen: false,
  deciding: null,
  cue: null,
  busy: new Set(),
  problem: null,
  lastFinished: null,
  startTrouble: null,
};

/** A store of its own for each test; the app has the one below. */
export const createKioskStore = (): KioskStore => createStore<KioskState>(() => initial);
export type KioskStore = StoreApi<KioskState>;

/** The page's one store. */
export const kiosk: KioskStore = createKioskStore();

/** The thin hook: a screen reads what it needs and is drawn again when that changes. */
export const useKiosk = <Part>(select: (state: KioskState) => Part): Part => useStore(kiosk, select);

/** What is left of the picture when the terminal is opened with another set-up: nothing of orders, which may be another world's. */
export const forgotten = (): Partial<KioskState> => {
  const { stage, orders, notices, viewing, amount, lastFinished, scenario } = initial;
  return { stage, orders, notices, viewing, amount, lastFinished, scenario };
};

/** What lies over the screen to be read gives way to what must be seen there. */
export const NOTHING_OVER = { about: false, help: null } as const satisfies Partial<KioskState>;

/** Takes in a whole picture from main. Views that are newer than the picture stay. */
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
    scenario,
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
    scenario,
    stage,
    notices: notices.filter((notice) => notice.on),
    orders: withViews(state.orders, snapshot.orders, nowMs),
  };
}

/** A payment that starts takes the till, whatever was being looked at, and so does the order that comes of it. */
export function tookStage(state: KioskState, stage: PaymentStage): Partial<KioskState> {
  const starts = isUnderWay(stage) && !isUnderWay(state.stage);
  const becomesOrder = stage.name === 'order' && stageOrderId(state) !== stage.orderId;
  return starts || becomesOrder ? { stage, viewing: null, amount: '', problem: null, ...NOTHING_OVER } : { stage };
}

export const isUnderWay = ({ name }: PaymentStage): boolean => name === 'preparing' || name === 'look';

/** Replaces what is held of these orders; a view that is older than what is held is ignored. */
export function tookViews(state: KioskState, views: readonly OrderView[], nowMs: number): Partial<KioskState> {
  const orders = withViews(state.orders, views, nowMs);
  if (orders === state.orders) return {};
  const news = views.filter(({ orderId }) => orders.get(orderId) !== state.orders.get(orderId));
  const onTill = tillOrder(state)?.view.orderId;
  const before = ({ orderId }: OrderView): OrderView | undefined => state.orders.get(orderId)?.view;
  const finished = news.findLast(
    (view) => view.standing === 'done' && view.orderId !== onTill && (before(view)?.standing ?? 'done') !== 'done',
  );
  const calls = news.some((view) => waitsForSomebody(view) && !isWaitingForSomebody(before(view)));
  return { orders, ...(finished === undefined ? {} : { lastFinished: finished }), ...(calls ? NOTHING_OVER : {}) };
}

/** The same for one order. */
export const tookView = (state: KioskState, view: OrderView, nowMs: number): Partial<KioskState> =>
  tookViews(state, [view], nowMs);

export const isWaitingForSomebody = (view: OrderView | undefined): boolean =>
  view !== undefined && waitsForSomebody(view);

/** Nothing goes on by itself with such an order: it is loud until a person decides. */
export const waitsForSomebody = (view: OrderView): boolean =>
  view.standing === 'attention' || view.phase.name === 'choosing';

/**
 * A link asks for an order. It may not take the screen from a customer before the camera, nor from somebody at the back
 * office, at a dialog of their own (`dialogIsOpen`) or typing a number: then it waits in the tray. An order that is not known only fills the dialog; nothing is asked
 * of WeChat until somebody presses.
 */
export function tookLink(state: KioskState, link: OpenOrder, nowMs: number, dialogIsOpen = false): Partial<KioskState> {
  const isBusy =
    dialogIsOpen || isUnderWay(state.stage) || state.desk !== null || state.number !== null || tillIsAtWork(state);
  return isBusy ? { asked: link } : shownLink(state, link, nowMs);
}

/** Puts what a link asked for on the till, or its number into the dialog. */
export function shownLink(state: KioskState, { number, order }: OpenOrder, nowMs: number): Partial<KioskState> {
  const clear = { asked: null, problem: null, ...NOTHING_OVER };
  if (order === null) return { ...clear, number };
  return { ...clear, ...tookView(state, order, nowMs), viewing: order.orderId };
}

/** A payment whose result the cashier is watching, and the amount for the next one. */
const tillIsAtWork = (state: KioskState): boolean =>
  state.amount !== '' ||
  (state.viewing === null && state.stage.name === 'order' && tillOrder(state)?.view.standing !== 'done');

/** A notice that is over goes; one that is on stands once, and is seen when it comes. */
export const tookNotice = (state: KioskState, notice: Notice): Partial<KioskState> => ({
  notices: [...state.notices.filter((known) => known.code !== notice.code), ...(notice.on ? [notice] : [])],
  ...(notice.on && !state.notices.some((known) => known.code === notice.code) ? NOTHING_OVER : {}),
});

const stageOrderId = (state: KioskState): string | null => (state.stage.name === 'order' ? state.stage.orderId : null);

/** The order on the till, or the one it proved to be the same as. */
export function tillOrder(state: KioskState): HeldOrder | null {
  const id = state.viewing ?? stageOrderId(state);
  const held = id === null ? undefined : state.orders.get(id);
  if (held === undefined) return null;
  const other = sameAs(held.view);
  return (other === null ? undefined : state.orders.get(other)) ?? held;
}

/** Whether the camera is on behind the order that is being looked at. */
export const cameraIsOn = (state: KioskState): boolean =>
  state.stage.name === 'preparing' || state.stage.name === 'look';
