/** The physical keyboard, and the scanner that acts as one. See [Note: Scanner bursts]. */
import {
  actByKey,
  closeBackOffice,
  closeHelp,
  findOrder,
  nextCustomer,
  openHelp,
  openNumber,
  stopPayment,
} from './state/actions.ts';
import { inputListener, type InputListener } from './input/input-listeners.ts';
import { withoutLast } from './input/amount-entry.ts';
import { withText } from './input/number-entry.ts';
import { afterKey, released, SCAN_GAP_MS, noBurst, type Recognized, type Step } from './input/scan.ts';
import { altKey, meantKey, withAltDigit } from './input/scanner-keys.ts';
import { clearAmount, takeTyped, typeAmount, unTypeAmount } from './order/typed-amount.ts';
import { isServed, shift } from './state/shift.ts';
import {
  hearsScans,
  isLeftOut,
  keyboardOwner,
  takesAmount,
  type KeyboardOwner,
  type OnScreen,
} from './keyboard-owner.ts';
import { callManager, staff, submitPin, typePin, unTypePin } from './state/staff.ts';
import { SETUP } from './state/back-office-tabs.ts';
import type { PaymentStage } from '../shared/ipc.ts';
import type { HeldOrder } from './state/held-order.ts';
import { cameraIsOn, kiosk, tillOrder } from './state/store.ts';
import { DOUBLE_TAP_MS } from './input/tap-guard.ts';
import { showKeyHints } from './input/key-hints.ts';
import { isTextField, realKeyPressed } from './input/touch-input.ts';

/** Timers sometimes fire a little early; when this one fires, the held keys must be old enough. */
const RELEASE_AFTER_MS = SCAN_GAP_MS + 5;

/** Starts to listen, before any button gets a key. Returns a function that stops it. */
export function listenToKeyboard(): () => void {
  let burst = noBurst;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const swallowed = new Set<string>();
  let altDigits = '';

  const hear = (key: string, event: KeyboardEvent): Step => {
    const step = afterKey(burst, key, event.timeStamp);
    burst = step.burst;
    step.recognized.forEach((recognized) => handleInput(recognized, isTextField(event.target)));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const late = released(burst, performance.now());
      burst = late.burst;
      late.recognized.forEach((recognized) => handleInput(recognized, isTextField(document.activeElement)));
    }, RELEASE_AFTER_MS);
    return step;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    altDigits = event.altKey && event.key !== 'Alt' ? withAltDigit(altDigits, event.code) : '';
    // Keys of an input method choose among its candidates.
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.repeat) {
      onRepeat(event, swallowed);
      return;
    }
    const step = hear(isTextField(event.target) ? event.key : meantKey(event), event);
    if (step.swallow && !(isTextField(event.target) && event.key.length === 1)) swallow(event, swallowed);
    else onSingleKey(event);
  };
  // A button acts on the keyup of Space, so a Space swallowed on keydown is swallowed on keyup too.
  const onKeyUp = (event: KeyboardEvent): void => {
    if (swallowed.delete(event.code)) stop(event);
    if (event.key !== 'Alt') return;
    const key = altKey(altDigits);
    altDigits = '';
    if (key !== null) hear(key, event);
  };

  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('keyup', onKeyUp, true);
  return () => {
    clearTimeout(timer);
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('keyup', onKeyUp, true);
  };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function swallow(event: KeyboardEvent, swallowed: Set<string>): void {
  swallowed.add(event.code);
  stop(event);
}

/** A key that is held down repeats a deletion; everything else it does once. */
function onRepeat(event: KeyboardEvent, swallowed: Set<string>): void {
  if (swallowed.has(event.code) || (event.key !== 'Backspace' && event.key !== 'Tab')) {
    if (!isTextField(event.target)) stop(event);
  } else if (event.key === 'Backspace') onSingleKey(event);
}

const isControl = (target: EventTarget | null): boolean =>
  target instanceof HTMLButtonElement || target instanceof HTMLSelectElement;

/** Acts on what became clear about held keys. In a text field the characters are there already. */
function handleInput(recognized: Recognized, inTextField: boolean): void {
  if (recognized.kind === 'typed') showKeyHints();
  const { number, backOfficePage } = kiosk.getState();
  const owner = ownerNow();
  if (owner === 'pin') handlePin(recognized);
  else if (recognized.kind === 'scan') {
    if (hearsScans(owner, backOfficePage !== null)) handleScan(recognized, inTextField, owner);
  } else if (inTextField) {
    if (recognized.kind === 'typed') realKeyPressed();
  } else if (owner === 'number' && number !== null) kiosk.setState({ number: withText(number, recognized.text) });
  else if (owner === 'back-office') listeningPage()?.onTyped?.(recognized.text);
  else if (recognized.kind === 'typed') typeForSale(recognized.text, owner);
}

const dialogIsOpen = (): boolean => document.querySelector('dialog[open]') !== null;

function dialogNow(): OnScreen['dialog'] {
  if (document.querySelector('dialog[open][role="alertdialog"]') !== null) return 'alert';
  if (document.querySelector('dialog[open][data-own-keys]') !== null) return 'own-keys';
  return dialogIsOpen() ? 'other' : 'none';
}

function ownerNow(): KeyboardOwner {
  const state = kiosk.getState();
  const order = tillOrder(state);
  return keyboardOwner({
    dialog: dialogNow(),
    staff: staff.getState().open,
    leaving: shift.getState().leaving,
    help: state.help !== null,
    number: state.number !== null,
    about: state.about,
    backOffice: state.backOfficePage !== null,
    served: isServed(staff.getState()),
    till: onTill(state.stage.name, order),
    opened: state.viewing !== null,
  });
}

function onTill(stage: PaymentStage['name'], order: HeldOrder | null): OnScreen['till'] {
  if (order !== null) return order.view.phase.name === 'paid' ? 'paid' : 'order';
  switch (stage) {
    case 'none':
      return 'keypad';
    case 'preparing':
    case 'look':
      return 'camera';
    case 'order':
      return 'order';
    case 'stopped':
      return 'stopped';
  }
}

/** When a key was typed while nothing took it. */
let unheardAtMs = Number.NEGATIVE_INFINITY;

/** Into the amount. After a paid order the first digit of the next one is "next customer" as well. */
function typeForSale(text: string, owner: KeyboardOwner): void {
  const nowMs = performance.now();
  const { amount } = kiosk.getState();
  if (isLeftOut(owner, amount, nowMs - unheardAtMs)) {
    unheardAtMs = nowMs;
    return;
  }
  const keys = Array.from(text).filter(isForAmount);
  if (owner === 'paid' && amount === '') {
    if (!/^[\d.]/.test(keys[0] ?? '')) return;
    void nextCustomer();
  }
  keys.forEach(typeAmount);
}

/** A scan fills in a number and never presses a button. */
function handleScan(recognized: Recognized & { kind: 'scan' }, inTextField: boolean, owner: KeyboardOwner): void {
  const page = listeningPage();
  const text = recognized.text.trim();
  if (page?.onTyped !== undefined) {
    page.onScan(recognized.text);
    return;
  }
  if (!isForAnOrder(inTextField)) return;
  if (takesAmount(owner)) takeBack(recognized.text.slice(0, recognized.typed));
  const listener = kiosk.getState().number === null ? inputListener(dialogIsOpen()) : null;
  if (listener === null) openNumber(withText('', text));
  else if (listener !== 'nobody') listener.onScan(text);
}

/**
 * A scan into a field of the back office belongs to that field. A code scanned during set-up may be a secret key: if no
 * field takes it, it is not shown as an order number either.
 */
function isForAnOrder(inTextField: boolean): boolean {
  const { number, backOfficePage } = kiosk.getState();
  return number !== null || (!inTextField && backOfficePage !== SETUP.id);
}

/** A listener of the back office, when nothing covers it. */
function listeningPage(): InputListener | null {
  const listener = inputListener(dialogIsOpen());
  return listener === 'nobody' || listener?.of !== 'page' ? null : listener;
}

/** A PIN is never scanned. */
function handlePin(recognized: Recognized): void {
  if (recognized.kind === 'scan') unTypePin(recognized.typed);
  else if (recognized.kind === 'typed' && /^\d+$/.test(recognized.text)) typePin(recognized.text);
}

/** Every sign counts: one that is left out would leave another amount. Only a blank is nothing. */
const isForAmount = (key: string): boolean => key.trim() !== '';

/** The first keys of a scan, which were taken for an amount. */
const takeBack = (typed: string): void => Array.from(typed).filter(isForAmount).forEach(unTypeAmount);

/** A scanner sends Enter, Tab and shift keys as well, but none of these. */
const PERSONS_KEYS = /^(?:F\d+|Escape|Backspace|Arrow\w+)$/;

function onSingleKey(event: KeyboardEvent): void {
  if (PERSONS_KEYS.test(event.key)) showKeyHints();
  if (event.key === 'Tab') realKeyPressed();
  // Whoever presses one of these has seen what is on the screen: what is typed next was begun there.
  if (event.key === 'Enter' || event.key === 'Escape') unheardAtMs = Number.NEGATIVE_INFINITY;
  const owner = ownerNow();
  if (/^F\d+$/.test(event.key)) event.preventDefault();
  if (event.key === 'F1' && owner !== 'alert' && owner !== 'pin' && owner !== 'hand-over')
    once(event, owner === 'help' ? closeHelp : openHelp);
  else keysOf[owner](event);
}

const ownKeysOnly = (): void => undefined;

/** A dialog closes by Escape through the platform, and its buttons take Enter themselves. */
const keysOf: Readonly<Record<KeyboardOwner, (event: KeyboardEvent) => void>> = {
  alert: ownKeysOnly,
  'hand-over': ownKeysOnly,
  help: ownKeysOnly,
  about: ownKeysOnly,
  dialog: ownKeysOnly,
  pin: onStaffKey,
  number: onDialogKey,
  'back-office': onBackOfficeKey,
  keypad: (event) => onTillKey(event, onKeypadKey),
  paid: (event) => onTillKey(event, onSaleOverKey),
  till: (event) => onTillKey(event, ownKeysOnly),
};

function onTillKey(event: KeyboardEvent, others: (event: KeyboardEvent) => void): void {
  const act = keysOfTheTill[event.key];
  if (act === undefined) {
    others(event);
    return;
  }
  event.preventDefault();
  once(event, act);
}

let lastKey = { key: '', atMs: Number.NEGATIVE_INFINITY };

/**
 * A key that bounces or is hit twice acts once: the second stroke would act on something that has only just appeared.
 */
function once({ key, timeStamp }: KeyboardEvent, act: (() => void) | undefined): void {
  if (key === lastKey.key && timeStamp - lastKey.atMs < DOUBLE_TAP_MS) return;
  lastKey = { key, atMs: timeStamp };
  act?.();
}

function onDialogKey(event: KeyboardEvent): void {
  const { number } = kiosk.getState();
  if (number === null || isTextField(event.target)) return;
  if (event.key === 'Backspace') kiosk.setState({ number: withoutLast(number) });
  if (event.key === 'Enter' && !isControl(event.target)) void findOrder();
}

function onStaffKey(event: KeyboardEvent): void {
  if (event.key === 'Backspace') unTypePin();
  if (event.key === 'Enter' && !isControl(event.target)) void submitPin();
}

/** No key of the till acts behind the back office. */
function onBackOfficeKey(event: KeyboardEvent): void {
  if (event.key === 'Escape') closeBackOffice();
  if (event.key === 'Backspace' && !isTextField(event.target)) listeningPage()?.onBack?.();
}

const keysOfTheTill: Readonly<Record<string, () => void>> = {
  F2: () => void actByKey('ask'),
  F4: () => void actByKey('cancel'),
  F6: () => openNumber(''),
  F8: () => document.querySelector<HTMLElement>('[data-tray-order]')?.focus(),
  F9: decideByKey,
  Escape: back,
};

/** The function keys that do something here; a kiosk lets no other function key through to the page. */
export const functionKeys: readonly string[] = [
  'F1',
  ...Object.keys(keysOfTheTill).filter((key) => /^F\d+$/.test(key)),
];

/** A manager comes to the order on the till, if it is before one. */
function decideByKey(): void {
  const order = tillOrder(kiosk.getState());
  if (order?.view.phase.name === 'attention') callManager(order.view.orderId);
}

function onKeypadKey(event: KeyboardEvent): void {
  if (event.key === 'Backspace') unTypeAmount();
  if (event.key === 'Enter' && !isControl(event.target)) void takeTyped();
}

/** Enter is "next customer", or takes the amount if its digits were faster than the screen. */
function onSaleOverKey(event: KeyboardEvent): void {
  const state = kiosk.getState();
  if (state.amount !== '') {
    onKeypadKey(event);
    return;
  }
  // An impatient second Enter must not take the result away that has only just appeared.
  const paidAtMs = tillOrder(state)?.endedAtMs ?? 0;
  if (event.key === 'Enter' && !isControl(event.target) && event.timeStamp - paidAtMs >= DOUBLE_TAP_MS)
    once(event, () => void nextCustomer());
}

/** One step back. It never loses anything: an unresolved order goes on in the tray. */
function back(): void {
  const state = kiosk.getState();
  if (tillOrder(state) === null && cameraIsOn(state)) void stopPayment();
  else if (ownerNow() === 'keypad') clearAmount();
  else void nextCustomer();
}
