/** Which keys a kiosk lets through to its page. Pure: what Electron says of a key goes in, the decision comes out. */

/** What Electron's `before-input-event` tells of a key, as far as it matters here. */
export interface KeyPressed {
  readonly key: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly modifiers: readonly string[];
}

/** Editing a field: all, copy, cut, paste, undo, redo. */
const EDITING = ['a', 'c', 'v', 'x', 'y', 'z'];

/** The till's own (renderer/keyboard.ts). Electron prevents the page's keydown as well, so these must not be. */
const TILL = ['F1', 'F2', 'F4', 'F6', 'F8'];

/** Keys of their own on some keyboards: they leave the page, print it or open a menu. */
const LEAVING =
  /^(F\d{1,2}|Browser\w+|Launch\w+|ContextMenu|PrintScreen|Print|Help|Find|Open|Close|New|Save|Power|Sleep|WakeUp|Zoom\w*|AppSwitch|Exit)$/;

/**
 * Whether the page may hear the key. Everything with Ctrl, Alt or the system's key is kept from it but what edits a field:
 * a list of what is forbidden would miss the next browser's shortcut. What the system itself takes (Ctrl+Alt+Del, the
 * system key on some desktops) never comes by here.
 */
export function mayBeHeard({ key, control, alt, meta, modifiers }: KeyPressed): boolean {
  if (LEAVING.test(key) && !isTheTills({ key, control, alt, meta })) return false;
  // AltGr types characters; Windows says Ctrl and Alt of it.
  if (modifiers.some((modifier) => modifier.toLowerCase() === 'altgr')) return true;
  if (alt || meta) return false;
  return !control || key === 'Control' || EDITING.includes(key.toLowerCase());
}

const isTheTills = ({ key, control, alt, meta }: Pick<KeyPressed, 'key' | 'control' | 'alt' | 'meta'>): boolean =>
  TILL.includes(key) && !control && !alt && !meta;
