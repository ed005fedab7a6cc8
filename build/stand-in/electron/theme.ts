// Runs in the stand-in's main process. Why it exists: Electron's nativeTheme, which decides prefers-color-scheme.
import type * as Electron from 'electron';
import { settings } from '../base/settings.ts';
import { StrictEmitter } from '../base/strict.ts';

class StandInTheme extends StrictEmitter implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'> {
  #source: Electron.NativeTheme['themeSource'] = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    const before = this.shouldUseDarkColors;
    this.#source = source;
    if (before !== this.shouldUseDarkColors) this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return (this.#source === 'system' ? settings.colorScheme : this.#source) === 'dark';
  }
}

/** `nativeTheme`. */
export const nativeTheme = new StandInTheme();

/** The theme that pages get. */
export function effectiveColorScheme(): 'light' | 'dark' {
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
}

/** Windows are notified of a change here, so that the app's own listeners stay separate. */
export function onThemeChange(listener: () => void): void {
  nativeTheme.on('updated', listener);
}
