// Runs in the stand-in's main process. Why it exists: Electron's `screen`, with one display, or two.
import type * as Electron from 'electron';
import { readiness } from '../base/readiness.ts';
import { DEFAULT_DISPLAY, settings } from '../base/settings.ts';
import { StrictEmitter, strictAs } from '../base/strict.ts';

/** The first display: in the launcher's size, otherwise in a usual size. */
export function display(): Electron.Display {
  const { width, height } = settings.viewport ?? DEFAULT_DISPLAY;
  return displayOf(1, { x: 0, y: 0, width, height });
}

/** The present displays. */
export function displays(): Electron.Display[] {
  const first = display();
  if (settings.secondDisplay === null) return [first];
  return [first, displayOf(2, { x: first.bounds.width, y: 0, ...settings.secondDisplay })];
}

function displayOf(id: number, area: Electron.Rectangle): Electron.Display {
  const { width, height } = area;
  return strictAs<Electron.Display>('Display', {
    id,
    label: 'stand-in',
    bounds: area,
    workArea: area,
    size: { width, height },
    workAreaSize: { width, height },
    scaleFactor: 1,
    rotation: 0,
    internal: id === 1,
    touchSupport: 'available',
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
    readiness.require("The 'screen' module can't be used before the app 'ready' event");
    return displays();
  }
}

/** `screen`. */
export const screen = new StandInScreen();
