/** Scanners as shops have them set: plain keys, Alt with the numeric pad, and keys that pass through an input method. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { SCAN_GAP_MS, SCAN_JOIN_MS } from '../../../renderer/input/scan.ts';

export const SCANNER_MODES = [
  'plain keys',
  'Alt and the numeric pad',
  'an input method',
  'an input method that composes',
] as const;
export type ScannerMode = (typeof SCANNER_MODES)[number];

interface KeyEvent {
  readonly type: 'keyDown' | 'keyUp' | 'rawKeyDown' | 'char';
  readonly key?: string;
  readonly code?: string;
  readonly text?: string;
  readonly modifiers?: number;
  readonly windowsVirtualKeyCode?: number;
}
/** What the input method writes into the field. */
interface Written {
  readonly written: string;
}
/** What it shows there while it composes: all characters so far. */
interface Composed {
  readonly composed: string;
}

const KEY_GAP_S = 0.002;
const PERSON_GAP_S = 0.12;
/** Longer than the gap within a scan, shorter than the one between two. */
const PAUSE_S = (SCAN_GAP_MS + SCAN_JOIN_MS) / 2 / 1_000;
const ALT = 1;
const SHIFT = 8;
/** What Windows gives as the key code of a key that an input method has taken. */
const PROCESS_KEY = 229;

/**
 * Scans `code` in this mode and ends with Enter, all at a scanner's speed by the clock of the events; where `pauseAt` says so,
 * a wireless scanner loses a moment before that character.
 */
export const scanIn = (page: Page, mode: ScannerMode, code: string, pauseAt = code.length): Promise<void> =>
  typeIn(page, mode, `${code}\r`, KEY_GAP_S, pauseAt);

/** The same at another speed; with `enter` or without it, and perhaps several codes in one go. */
export const scanAt = (
  page: Page,
  codes: readonly string[],
  { gapMs, enter }: { readonly gapMs: number; readonly enter: boolean },
): Promise<void> => typeIn(page, 'plain keys', codes.map((code) => code + (enter ? '\r' : '')).join(''), gapMs / 2_000);

/** `eventGapS`: between two events; a plain key has two of them. */
async function typeIn(
  page: Page,
  mode: ScannerMode,
  text: string,
  eventGapS: number,
  pauseAt = text.length,
): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const signs = Array.from(text);
  const each = (sign: string, index: number): readonly (KeyEvent | Written | Composed)[] =>
    eventsOf[mode](sign, text.slice(0, index + 1));
  const all = signs.map(each);
  const before = all.slice(0, pauseAt).flat();
  const events = all.flat();
  const pauseS = pauseAt < text.length - 1 ? PAUSE_S : 0;
  const startS = Date.now() / 1_000;
  await Promise.all(
    events.map((event, index) => {
      if ('written' in event) return devtools.send('Input.insertText', { text: event.written });
      if ('composed' in event) {
        const { length } = event.composed;
        return devtools.send('Input.imeSetComposition', {
          text: event.composed,
          selectionStart: length,
          selectionEnd: length,
        });
      }
      const timestamp = startS + index * eventGapS + (index < before.length ? 0 : pauseS);
      return devtools.send('Input.dispatchKeyEvent', { ...event, timestamp });
    }),
  );
  await devtools.detach();
  // Their times are in the future: a key typed before the last of them would count as one of the scanner's.
  await sleep((events.length * eventGapS + pauseS) * 1_000 + 2 * SCAN_GAP_MS);
}

type Events = (character: string, soFar: string) => readonly (KeyEvent | Written | Composed)[];

const eventsOf: Readonly<Record<ScannerMode, Events>> = {
  'plain keys': (character) => {
    const key = character === '\r' ? 'Enter' : character;
    return [
      { type: 'keyDown', key, text: character, ...(key === 'Enter' ? { code: key } : {}) },
      { type: 'keyUp', key },
    ];
  },
  // The system makes the character when Alt is let go, and Chromium gives it to the page as a keypress without a key.
  'Alt and the numeric pad': (character) => [
    { type: 'rawKeyDown', key: 'Alt', code: 'AltLeft', windowsVirtualKeyCode: 18, modifiers: ALT },
    ...Array.from(String(character.charCodeAt(0)).padStart(4, '0')).flatMap((digit) => {
      const key = { key: digit, code: `Numpad${digit}`, windowsVirtualKeyCode: 96 + Number(digit), modifiers: ALT };
      return [{ ...key, type: 'rawKeyDown' } as const, { ...key, type: 'keyUp' } as const];
    }),
    { type: 'keyUp', key: 'Alt', code: 'AltLeft', windowsVirtualKeyCode: 18, modifiers: 0 },
    { type: 'char', text: character },
  ],
  // The page hears that there was a key, and a field gets what the input method makes of it. Enter passes through.
  'an input method': (character, soFar) => {
    if (character === '\r') return eventsOf['plain keys'](character, soFar);
    const key = processed(character);
    return [{ type: 'rawKeyDown', ...key }, { written: character }, { type: 'keyUp', ...key }];
  },
  // It takes the keys for the beginning of a word, and its Enter for the wish to have them as they are.
  'an input method that composes': (character, soFar) => {
    const key = processed(character);
    const shown = character === '\r' ? { written: soFar } : { composed: soFar };
    return [{ type: 'rawKeyDown', ...key }, shown, { type: 'keyUp', ...key }];
  },
};

/** A person who composes `word` from letters, at a person's speed by the clock of the events. */
export async function composeIn(page: Page, letters: string, word: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const startS = Date.now() / 1_000 - letters.length * PERSON_GAP_S;
  for (const [index, letter] of Array.from(letters).entries()) {
    const text = letters.slice(0, index + 1);
    const key = { ...processed(letter), timestamp: startS + index * PERSON_GAP_S };
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await devtools.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }
  await devtools.send('Input.insertText', { text: word });
  await devtools.detach();
}

/** A key that an input method has taken. */
function processed(character: string): Omit<KeyEvent, 'type'> {
  const { code, shifted } = physicalKey(character);
  return { key: 'Process', code, windowsVirtualKeyCode: PROCESS_KEY, modifiers: shifted ? SHIFT : 0 };
}

const SIGNS: Readonly<Record<string, readonly [code: string, shifted: boolean]>> = {
  '-': ['Minus', false],
  _: ['Minus', true],
  '|': ['Backslash', true],
  '@': ['Digit2', true],
  '*': ['Digit8', true],
};

function physicalKey(character: string): { readonly code: string; readonly shifted: boolean } {
  const sign = SIGNS[character];
  if (sign !== undefined) return { code: sign[0], shifted: sign[1] };
  if (character === '\r') return { code: 'Enter', shifted: false };
  if (/\d/.test(character)) return { code: `Digit${character}`, shifted: false };
  return { code: `Key${character.toUpperCase()}`, shifted: /[A-Z]/.test(character) };
}
