/**
 * How all windows look. The theme is Electron's, so every page follows at once and none is painted in another one
 * first. The size of the text is written into each page that is served, for the same reason.
 */
import { nativeTheme } from 'electron';
import type { Appearance } from '../../../shared/contract/appearance.ts';

let text: Appearance['text'] = 'usual';

/** From now on. A page that is open already keeps its size of text until it is loaded again. */
export function wear(appearance: Appearance): void {
  nativeTheme.themeSource = appearance.theme;
  text = appearance.text;
}

/** A page as it is served now: tokens.css finds the size of the text at its root. */
export const dressed = (page: string): string =>
  text === 'large' ? page.replace('<html ', '<html data-text="large" ') : page;
