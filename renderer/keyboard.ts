/** The physical keyboard, and the scanner that acts as one. See [Note: Scanner bursts]. */
import {
  actByKey,
  closeBackOffice,
  closeHelp,
  closeNumber,
  findOrder,
  nextCustomer,
  openHelp,
  openNumber,
  openNumberUnshown,
  sayOfScan,
  stopPayment,
} from './state/actions.ts';
import { inputListener, type InputListener } from './input/input-listeners.ts';
import { withoutLast } from './input/amount-entry.ts';
import { withText } from './input/number-entry.ts';
import { watchComposition } from './input/composition.ts';
import { textsBefore } from './input/field-text.ts';
import { afterKey, isFirstOfScan, released, SCAN_GAP_MS, noBurst, type Recognized, type Step } from './input/scan.ts';
import { firstHearer } from './input/first-hearer.ts';
import { whatIsScanned } from './input/scanned.ts';
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
import { customerPays, kiosk, tillOrder } from './state/store.ts';
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
  /** The character that Alt and digits have made comes as a keypress without a key: it must have no effect. */
  let noPress = false;
  const texts = textsBefore();
  const composition = watchComposition();
  const recognize = (recognized: readonly Recognized[], target: EventTarget | null): void => {
    if (recognized.some(({ kind }) => kind === 'scan')) composition.end();
    for (const input of recognized) handleInput(input, isTextField(target), texts.restore);
  };

  const hearAlways = (key: string, event: KeyboardEvent): Step => {
    const first = isFirstOfScan(burst, event.timeStamp);
    const step = afterKey(burst, key, event.timeStamp);
    burst = step.burst;
    recognize(step.recognized, event.target);
    if (first) texts.begin();
    if (isTextField(event.target)) texts.keep(event.target);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const late = released(burst, performance.now());
      burst = late.burst;
      recognize(late.recognized, document.activeElement);
    }, RELEASE_AFTER_MS);
    return step;
  };
  const hear = (key: string, event: KeyboardEvent): Pick<Step, 'swallow'> =>
    hearFirst(key, event) ?? hearAlways(key, event);
  const onKeyDown = (event: KeyboardEvent): void => {
    noPress = false;
    altDigits = event.altKey && event.key !== 'Alt' ? withAltDigit(altDigits, event.code) : '';
    if (event.key === 'Alt' || altDigits !== '') hear('Alt', event);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.repeat && !event.isComposing) {
      onRepeat(event, swallowed);
      return;
    }
    const key = meantKey(event);
    if (mustNotAct(hear(key, event), key, event)) swallow(event, swallowed);
    // A person's keys that are being composed choose among the input method's candidates.
    else if (!event.isComposing) onSingleKey(event);
  };
  // A button acts on the keyup of Space, so a Space swallowed on keydown is swallowed on keyup too.
  const onKeyUp = (event: KeyboardEvent): void => {
    if (swallowed.delete(event.code)) stop(event);
    if (event.key !== 'Alt') return;
    const key = altKey(altDigits);
    altDigits = '';
    noPress = key !== null && mustNotAct(hear(key, event), key, event);
  };
  const onKeyPress = (event: KeyboardEvent): void => {
    if (noPress) stop(event);
  };

  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('keyup', onKeyUp, true);
  window.addEventListener('keypress', onKeyPress, true);
  return () => {
    clearTimeout(timer);
    composition.stop();
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('keyup', onKeyUp, true);
    window.removeEventListener('keypress', onKeyPress, true);
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
function handleInput(recognized: Recognized, inTextField: boolean, restoreFields: () => void): void {
  const owner = ownerNow();
  if (recognized.kind === 'scan') handleScan(recognized, { owner, inTextField, restoreFields });
  else handleTyped(recognized.text, inTextField, owner);
}

function handleTyped(text: string, inTextField: boolean, owner: KeyboardOwner): void {
  showKeyHints();
  const { number } = kiosk.getState();
  if (owner === 'pin') {
    if (/^\d+$/.test(text)) typePin(text);
  } else if (inTextField) realKeyPressed();
  else if (owner === 'number' && number !== null) kiosk.setState({ number: withText(number, text), problem: null });
  else if (owner === 'back-office') listeningPage()?.onTyped?.(text);
  else typeForSale(text, owner);
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

/** Whether a key must have no effect. Characters of a scan may go into a text field. */
const mustNotAct = ({ swallow }: Pick<Step, 'swallow'>, key: string, { target }: KeyboardEvent): boolean =>
  swallow && !(isTextField(target) && key.length === 1);

const hearFirst = (key: string, { timeStamp }: KeyboardEvent): Pick<Step, 'swallow'> | null =>
  firstHearer()?.(key, timeStamp, isTillUppermost) ?? null;

const isTillUppermost = (): boolean => ownerNow() === 'till';

function onTill(stage: PaymentStage['name'], order: HeldOrder | null): OnScreen['till'] {
  if (order !== null) return order.view.phase.name === 'paid' ? 'paid' : 'order';
  switch (stage) {
    case 'none':
      return 'keypad';
    case 'preparing':
    case 'look':
    case 'code':
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

type Scan = Recognized & { kind: 'scan' };

/** Where a scan arrives. */
interface ScanPlace {
  readonly owner: KeyboardOwner;
  readonly inTextField: boolean;
  /** Takes the scan out of the fields that it was typed into. */
  readonly restoreFields: () => void;
}

/** A scan fills in a number and never presses a button. What nothing may take is said. */
function handleScan(scan: Scan, place: ScanPlace): void {
  takeBackTyped(scan.text.slice(0, scan.typed), place);
  // It began before the payment did, so its first keys went elsewhere: no part of a code may be shown as a number.
  if (kiosk.getState().stage.name === 'code' && place.owner === 'till') {
    sayOfScan('other-scan');
    return;
  }
  const scanned = whatIsScanned(scan);
  const forOrder = isForAnOrder(place);
  if (scanned.what !== 'number' && scan.again) takeBackFirstPart();
  if (scanned.what === 'payment-code') refuseCode(scanned.code, forOrder, place);
  else if (place.owner === 'pin') sayOfScan('no-badge');
  else if (forOrder) {
    if (scanned.what === 'number') takeNumber(scan.text);
    else {
      place.restoreFields();
      sayOfScan('no-number');
    }
  }
}

/** The first keys of a scan, where they were taken for typing. In a text field they go with the others. */
function takeBackTyped(typed: string, { owner, inTextField }: ScanPlace): void {
  const keys = Array.from(typed);
  if (owner === 'pin') unTypePin(keys.length);
  else if (takesAmount(owner)) keys.filter(isForAmount).forEach(unTypeAmount);
  else if (owner === 'number' && !inTextField) keys.forEach(unTypeNumber);
  else if (owner === 'back-office' && !inTextField) keys.forEach(() => listeningPage()?.onBack?.());
}

/** What came first was taken for a number of its own. */
function takeBackFirstPart(): void {
  const listener = scanListener();
  if (listener === null) closeNumber();
  else if (listener !== 'nobody') listener.onScan('');
}

/** Into the till's dialog, or to the page or sheet that listens. */
function takeNumber(scanned: string): void {
  const listener = scanListener();
  if (listener === null) openNumber(withText('', scanned.trim()));
  else if (listener !== 'nobody') listener.onScan(scanned.trim());
}

/**
 * A customer's payment code is taken out of every field and given to nobody. Where no payment is taken by code, the till's
 * dialog offers to look it up, for shops whose order numbers look the same.
 */
function refuseCode(code: string, forOrder: boolean, place: ScanPlace): void {
  place.restoreFields();
  if (kiosk.getState().paySource === 'code') sayOfScan('no-payment');
  else if (forOrder && scanListener() === null) openNumberUnshown(code);
  else sayOfScan('payment-code');
}

const scanListener = (): InputListener | 'nobody' | null =>
  kiosk.getState().number === null ? inputListener(dialogIsOpen()) : null;

/**
 * A scan into a field of the back office belongs to that field. A code scanned during set-up may be a secret key: if no
 * field takes it, it is not shown as an order number either.
 */
function isForAnOrder({ owner, inTextField }: ScanPlace): boolean {
  const { number, backOfficePage } = kiosk.getState();
  if (!hearsScans(owner, backOfficePage !== null)) return false;
  if (listeningPage()?.onTyped !== undefined) return true;
  return number !== null || (!inTextField && backOfficePage !== SETUP.id);
}

/** A listener of the back office, when nothing covers it. */
function listeningPage(): InputListener | null {
  const listener = inputListener(dialogIsOpen());
  return listener === 'nobody' || listener?.of !== 'page' ? null : listener;
}

/** Every sign counts: one that is left out would leave another amount. Only a blank is nothing. */
const isForAmount = (key: string): boolean => key.trim() !== '';

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

const unTypeNumber = (): void =>
  kiosk.setState(({ number }) => ({ number: number === null ? null : withoutLast(number), problem: null }));

function onDialogKey(event: KeyboardEvent): void {
  const { number } = kiosk.getState();
  if (number === null || isTextField(event.target)) return;
  if (event.key === 'Backspace') unTypeNumber();
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
  if (tillOrder(state) === null && customerPays(state)) void stopPayment();
  else if (ownerNow() === 'keypad') clearAmount();
  else void nextCustomer();
}
