// Runs in the stand-in's main process. Why it exists: Electron's `screen`, with one display.
import type * as Electron from 'electron';
import { readiness } from './readiness.ts';
import { DEFAULT_DISPLAY, settings } from './settings.ts';
import { StrictEmitter, strictAs } from './strict.ts';

/** The one display: as large as the launcher says, else a usual screen. */
export function display(): Electron.Display {
  const { width, height } = settings.viewport ?? DEFAULT_DISPLAY;
  const area = { x: 0, y: 0, width, height };
  return strictAs<Electron.Display>('Display', {
    id: 1, label: 'stand-in', bounds: area, workArea: area, size: { width, height }, workAreaSize: { width, height },
    scaleFactor: 1, rotation: 0, internal: true, touchSupport: 'available',
  });
}

class StandInScreen extends StrictEmitter implements Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'> {
  constructor() {
    super('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
  }

  getPrimaryDisplay(): Electron.Display {
    readiness.require("The 'screen' module can't be used before the app 'ready' event");
    return display();
  }

  getAllDisplays(): Electron.Display[] {
    return [this.getPrimaryDisplay()];
  }
}

/** `screen`. */
export const screen = new StandInScreen();
