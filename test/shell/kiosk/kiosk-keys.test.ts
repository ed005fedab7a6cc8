/** Which keys reach the page. */
import { describe, expect, it } from 'vitest';
import { functionKeys } from '../../../renderer/keyboard.ts';
import { isKeyAllowed, type KeyPressed } from '../../../electron/shell/kiosk/kiosk-keys.ts';

const pressed = (key: string, held: Partial<KeyPressed> = {}): KeyPressed => ({
  key,
  control: false,
  alt: false,
  meta: false,
  modifiers: [],
  ...held,
});

describe('the page hears', () => {
  it.each([
    'a',
    'A',
    '5',
    '支',
    '.',
    'Enter',
    'Escape',
    'Backspace',
    'Tab',
    ' ',
    'ArrowLeft',
    'Shift',
    'Control',
    'Process',
    'Fn',
  ])('%s', (key) => {
    expect(isKeyAllowed(pressed(key))).toBe(true);
  });
  it.each(functionKeys)('%s, which the till acts on', (key) => {
    expect(isKeyAllowed(pressed(key))).toBe(true);
    for (const held of [{ control: true }, { alt: true }, { meta: true }])
      expect(isKeyAllowed(pressed(key, held))).toBe(false);
  });
  it.each(['a', 'c', 'v', 'X', 'z', 'y'])('Ctrl+%s, which edits a field', (key) => {
    expect(isKeyAllowed(pressed(key, { control: true }))).toBe(true);
  });
  it('what AltGr types', () => {
    expect(isKeyAllowed(pressed('@', { control: true, alt: true, modifiers: ['altgr'] }))).toBe(true);
  });
});

describe('the page never hears', () => {
  it.each([
    'F3',
    'F5',
    'F11',
    'F12',
    'F24',
    'BrowserBack',
    'BrowserRefresh',
    'BrowserHome',
    'LaunchMail',
    'ContextMenu',
    'PrintScreen',
    'ZoomIn',
  ])('%s', (key) => {
    expect(isKeyAllowed(pressed(key))).toBe(false);
  });
  it.each(['r', 'R', 'w', 'p', 'o', 'I', 'J', 'u', 'n', 't', 'q', '+', '-', '=', '0', 'Tab', 'F4', 'F5'])(
    'Ctrl+%s',
    (key) => {
      expect(isKeyAllowed(pressed(key, { control: true }))).toBe(false);
    },
  );
  it.each(['F4', 'ArrowLeft', 'ArrowRight', 'Home', 'd', ' ', 'Tab'])('Alt+%s', (key) => {
    expect(isKeyAllowed(pressed(key, { alt: true }))).toBe(false);
  });
  it.each(['q', 'w', 'r', 'Meta'])('the system key with %s', (key) => {
    expect(isKeyAllowed(pressed(key, { meta: true }))).toBe(false);
  });
  it('Ctrl+Alt without AltGr', () => {
    expect(isKeyAllowed(pressed('v', { control: true, alt: true }))).toBe(false);
  });
});
