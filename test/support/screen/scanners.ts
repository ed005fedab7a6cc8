/** Scanners as shops have them set: plain keys, Alt with the numeric pad, and keys that pass through an input method. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { SCAN_GAP_MS, SCAN_JOIN_MS } from '../../../renderer/input/scan.ts';

export const SCANNER_MODES = ['plain keys', 'Alt and the numeric pad', 'an input method'] as const;
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

const KEY_GAP_S = 0.002;
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
export async function scanIn(page: Page, mode: ScannerMode, code: string, pauseAt = code.length): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const signs = Array.from(`${code}\r`);
  const before = signs.slice(0, pauseAt).flatMap(eventsOf[mode]);
  const events = [...before, ...signs.slice(pauseAt).flatMap(eventsOf[mode])];
  const pauseS = pauseAt < code.length ? PAUSE_S : 0;
  const startS = Date.now() / 1_000;
  await Promise.all(
    events.map((event, index) => {
      if ('written' in event) return devtools.send('Input.insertText', { text: event.written });
      const timestamp = startS + index * KEY_GAP_S + (index < before.length ? 0 : pauseS);
      return devtools.send('Input.dispatchKeyEvent', { ...event, timestamp });
    }),
  );
  await devtools.detach();
  // Their times are in the future: a key typed before the last of them would count as one of the scanner's.
  await sleep((events.length * KEY_GAP_S + pauseS) * 1_000 + 2 * SCAN_GAP_MS);
}

const eventsOf: Readonly<Record<ScannerMode, (character: string) => readonly (KeyEvent | Written)[]>> = {
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
  'an input method': (character) => {
    if (character === '\r') return eventsOf['plain keys'](character);
    const { code, shifted } = physicalKey(character);
    const key = { key: 'Process', code, windowsVirtualKeyCode: PROCESS_KEY, modifiers: shifted ? SHIFT : 0 };
    return [{ type: 'rawKeyDown', ...key }, { written: character }, { type: 'keyUp', ...key }];
  },
};

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
  if (/\d/.test(character)) return { code: `Digit${character}`, shifted: false };
  return { code: `Key${character.toUpperCase()}`, shifted: /[A-Z]/.test(character) };
}
