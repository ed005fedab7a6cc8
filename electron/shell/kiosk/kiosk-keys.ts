/**
 * Which keys a kiosk lets through to its page. Pure: Electron's description of a key goes in, the decision comes out.
 */

/** The parts of Electron's `before-input-event` that matter here. */
export interface KeyPressed {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly modifiers: readonly string[];
}

/** Editing a field: select all, copy, cut, paste, undo, redo. */
const EDITING = ['a', 'c', 'v', 'x', 'y', 'z'];

/** The till's own (renderer/keyboard.ts). If Electron blocked them, the page would not get their keydown either. */
const TILL = ['F1', 'F2', 'F4', 'F6', 'F8', 'F9'];

/** Special keys of some keyboards: they leave the page, print it or open a menu. */
const LEAVING =
  /^(F\d{1,2}|Browser\w+|Launch\w+|ContextMenu|PrintScreen|Print|Help|Find|Open|Close|New|Save|Power|Sleep|WakeUp|Zoom\w*|AppSwitch|Exit)$/;

/**
 * Whether the page may get the key. Every key with Ctrl, Alt or the system's key is blocked, except those that edit a
 * field. A list of forbidden keys instead would miss the next browser's shortcut. Keys that the system itself takes
 * (Ctrl+Alt+Del, the system key on some desktops) never reach this function.
 */
export function isKeyAllowed({ key, control, alt, meta, modifiers }: KeyPressed): boolean {
  if (LEAVING.test(key) && !isTheTills({ key, control, alt, meta })) return false;
  // AltGr types characters; Windows reports it as Ctrl and Alt.
  if (modifiers.some((modifier) => modifier.toLowerCase() === 'altgr')) return true;
  if (alt || meta) return false;
  return !control || key === 'Control' || EDITING.includes(key.toLowerCase());
}

const isTheTills = ({ key, control, alt, meta }: Pick<KeyPressed, 'key' | 'control' | 'alt' | 'meta'>): boolean =>
  TILL.includes(key) && !control && !alt && !meta;
