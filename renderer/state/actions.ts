/** What a cashier can do, as commands to main. An act that is still running is not sent a second time. */
import type { CommandCode, CommandInput, CommandName, CommandReply, NumberKind } from '../../shared/ipc.ts';
import { call } from '../bridge/api.ts';
import type { Action, OrderView } from '../../shared/order/order.ts';
import { amountFenSchema } from '../../shared/money.ts';
import { looksLikePaymentCode } from '../../shared/order/payment-code.ts';
import { needsDecision } from '../../shared/role.ts';
import type { Language, Sound } from '../../shared/settings.ts';
import { guidePageAt, type GuidePage } from './guide-pages.ts';
import {
  customerPays,
  kiosk,
  type KioskState,
  leftTill,
  NOTHING_OVER,
  type Place,
  type ScanNote,
  shownLink,
  tillOrder,
  tookView,
} from './store.ts';

const orderCommands = {
  cancel: 'order.cancel',
  withdraw: 'order.withdraw',
  keep: 'order.keep',
  refund: 'order.refund',
  ask: 'order.ask',
  'try-now': 'order.try-now',
} as const satisfies Record<Action, CommandName>;

/** The name of a running act: the same act on another order is another act. */
export const busyKey = (name: CommandName, orderId = ''): string => `${name} ${orderId}`;

/** The name of a running act on an order. */
export const orderActKey = (action: Action, orderId: string): string => busyKey(orderCommands[action], orderId);

/**
 * Sends one command and shows beside its button why it was refused. `null` if it was refused or was already running.
 */
export async function act<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
  place: Place,
  key = busyKey(name),
): Promise<Extract<CommandReply<Name>, { ok: true }> | null> {
  const { busy } = kiosk.getState();
  if (busy.has(key)) return null;
  kiosk.setState({ busy: new Set(busy).add(key), problem: null });
  const reply = await call(name, input);
  const rest = new Set(kiosk.getState().busy);
  rest.delete(key);
  kiosk.setState({ busy: rest });
  if (reply.ok) return reply;
  kiosk.setState({ problem: { place, code: reply.code, field: reply.field } });
  return null;
}

/** Shows an order as main has it now. */
export const takeIn = (view: OrderView): void => kiosk.setState((state) => tookView(state, view, performance.now()));

/** Starts a payment, as the till is set up or, where the customer shows no face, by code. */
export async function takePayment(fen: number, by?: 'code'): Promise<void> {
  const amount = amountFenSchema.safeParse(fen);
  if (amount.success)
    await act('payment.take', { amountFen: amount.data, ...(by === undefined ? {} : { by }) }, 'till');
  else {
    const code = amount.error.issues[0]?.message ?? 'not-a-number';
    kiosk.setState({ problem: { place: 'till', code, field: 'amountFen' } });
  }
}

/** Ends a payment whose customer has not paid yet. */
export async function stopPayment(): Promise<void> {
  await act('payment.stop', {}, 'till');
}

/** Does one of the acts that main allows for the order on the till. An act that decides about money asks first. */
export async function actOnOrder(action: Action, orderId: string): Promise<void> {
  const { terminal, orders } = kiosk.getState();
  const view = orders.get(orderId)?.view;
  if (terminal !== null && view !== undefined && needsDecision(terminal.role, action, view.phase.name)) {
    kiosk.setState({
      deciding: { orderId, action: action === 'try-now' ? null : 'cancel', leaves: false },
      problem: null,
    });
    return;
  }
  const done = await act(orderCommands[action], { orderId }, 'till', orderActKey(action, orderId));
  if (done !== null) takeIn(done.value);
}

/** The same from a function key: only if main offers it for the order on the till. */
export async function actByKey(action: Action): Promise<void> {
  const order = tillOrder(kiosk.getState());
  if (order?.view.actions.includes(action) === true) await actOnOrder(action, order.view.orderId);
}

/** What a manager may do with this order, in a sheet over whatever is shown; what its cause advises is chosen. */
export const decideOn = (orderId: string, leaves = false): void =>
  kiosk.setState({ deciding: { orderId, action: null, leaves }, problem: null });

/** A manager has read which records were lost. */
export const acknowledgeDamage = (): void => void act('manager.acknowledge-damage', {}, 'bar');

/** Back to the keypad, or to the camera where it is on. An unresolved order goes on in the tray. */
export async function nextCustomer(): Promise<void> {
  const state = kiosk.getState();
  if (customerPays(state)) {
    kiosk.setState({ viewing: null, problem: null });
    return;
  }
  if ((await act('payment.clear', {}, 'till')) === null) return;
  kiosk.setState((now) => leftTill(now, state));
}

/** Puts an order from the tray on the till. */
export const viewOrder = (orderId: string): void =>
  kiosk.setState({ viewing: orderId, problem: null, ...NOTHING_OVER, backOfficePage: null });

/**
 * Looks up the number in the dialog. The order found goes on the till, and the dialog closes. `kind`: what the person said
 * that it is, where its shape does not tell.
 */
export async function findOrder(kind?: NumberKind): Promise<void> {
  const { number: shown, problem } = kiosk.getState();
  const number = problem?.held ?? shown;
  // A scanned payment code is sent only when a person has said that it is none.
  if (shown === null || number === null || (kind === undefined && problem?.held !== undefined)) return;
  const found = await act('order.find', { number, ...(kind === undefined ? {} : { kind }) }, 'number');
  if (found === null) return;
  takeIn(found.value);
  kiosk.setState({ viewing: found.value.orderId, number: null, backOfficePage: null });
}

/** Puts the order with this number on the till, from a page of the back office that knows which number it is. */
export async function findNumber(number: string, kind: NumberKind): Promise<void> {
  const found = await act('order.find', { number, kind }, 'back-office');
  if (found === null) return;
  takeIn(found.value);
  kiosk.setState({ viewing: found.value.orderId, backOfficePage: null });
}

/** Opens the dialog, with a number where one was scanned. */
export const openNumber = (number: string): void =>
  kiosk.setState({ number, scannedNumber: number, problem: null, ...NOTHING_OVER });

/** The same for a scan that looks like a payment code: the dialog says so, and does not show it. */
export const openNumberUnshown = (held: string): void =>
  kiosk.setState({
    number: '',
    problem: { place: 'number', code: 'payment-code', field: null, held },
    ...NOTHING_OVER,
  });

/** Says for a moment what a scan was that nothing took. */
export const sayOfScan = (what: ScanNote['what']): void => kiosk.setState({ scanNote: { what } });

/** Shows the order of a link that arrived while something else was on the till. */
export const openAsked = (): void =>
  kiosk.setState((state) => (state.asked === null ? {} : shownLink(state, state.asked, performance.now())));

/** A payment code, or a number that may be of either kind, is not looked up before a person has said what it is. */
export function numberDoubt({ number, problem }: Pick<KioskState, 'number' | 'problem'>): NumberDoubt | null {
  if (number !== null && (problem?.held !== undefined || looksLikePaymentCode(number))) return 'payment-code';
  return problem?.place === 'number' && problem.code === 'which-number' ? 'which-number' : null;
}
export type NumberDoubt = Extract<CommandCode<'order.find'>, 'payment-code' | 'which-number'>;

export const closeNumber = (): void => kiosk.setState({ number: null, problem: null });

export const openAbout = (): void => kiosk.setState({ about: true, help: null });

/** Opens the guide at the page for the work of the present screen. */
export const openHelp = (): void =>
  kiosk.setState(({ backOfficePage, terminal }) => ({
    help: guidePageAt({ backOfficePage, role: terminal?.role ?? null }),
    about: false,
  }));

export const openHelpAt = (help: GuidePage): void => kiosk.setState({ help });

export const closeHelp = (): void => kiosk.setState({ help: null });

/** Opens the back office, at one of its pages. The till goes on working behind it. */
export const openBackOffice = (tab = ''): void =>
  kiosk.setState({ backOfficePage: tab, problem: null, ...NOTHING_OVER, number: null });

export const closeBackOffice = (): void => kiosk.setState({ backOfficePage: null, problem: null });

export const closeAbout = (): void => kiosk.setState({ about: false });

/** The screen changes at once; main stores it for the next start. */
export async function setLanguage(language: Language): Promise<void> {
  kiosk.setState({ language });
  await act('app.set-language', { language }, 'bar');
}

/** Sets the volume of this terminal; main stores it. */
export async function setSound(sound: Sound): Promise<void> {
  kiosk.setState({ sound });
  await act('sound.set', { sound }, 'bar');
}

export const openSound = (): void => kiosk.setState({ soundOpen: true });
export const closeSound = (): void => kiosk.setState({ soundOpen: false });
