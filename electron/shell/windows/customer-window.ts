/**
 * The customer's window. It exists while there is a display that the till does not use. It never takes the till's keys,
 * and nothing can be operated in it.
 */
import { screen, type BrowserWindow, type Display, type Rectangle } from 'electron';
import type { CustomerShown } from '../../../shared/contract/customer.ts';
import { CUSTOMER_CHANNEL } from '../../../shared/ipc-channels.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { openPage } from './page-window.ts';

/** A page that fails at once must not take the processor from the till. */
const RELOAD_PAUSE_MS = 5_000;

export interface CustomerScreenParts {
  readonly till: BrowserWindow;
  readonly bundleFolder: string;
  /** Whether a free display is used at the start. */
  readonly isUsed: boolean;
  /** Like the till: in an ordinary window on a developer's machine. */
  readonly windowed: boolean;
  readonly shownNow: () => CustomerShown;
  readonly clock: Clock;
  readonly log: Log;
}

export interface CustomerScreen {
  show(shown: CustomerShown): void;
  /** The display that the till leaves free now, whether or not it is used. */
  found(): { readonly width: number; readonly height: number } | null;
  /** Uses a free display from now on, or stops using it. */
  turn(on: boolean): void;
  /** Loads its page again, which is served as all pages look now. */
  reload(): void;
}

/** Opens, closes and moves the window as displays come, go and turn, until the till closes. */
export function keepCustomerScreen(parts: CustomerScreenParts): CustomerScreen {
  const { till, shownNow, clock, log } = parts;
  let isUsed = parts.isUsed;
  let window: BrowserWindow | null = null;
  let place = '';

  const close = (): void => {
    const closing = window;
    // This comes first, because the events of destroying it come back to this function.
    window = null;
    place = '';
    if (closing !== null && !closing.isDestroyed()) closing.destroy();
  };
  const free = (): Display | null =>
    till.isDestroyed() ? null : freeDisplay(screen.getAllDisplays(), till.getBounds());
  const follow = (): void => {
    const display = isUsed ? free() : null;
    const next = display === null ? '' : placeOf(display);
    if (next === place) return;
    close();
    if (display === null) return;
    log.info({ place: next }, 'the customer has a screen');
    const opened = openOn(display.bounds, parts);
    window = opened;
    place = next;
    opened.webContents.on('did-finish-load', () => {
      opened.webContents.send(CUSTOMER_CHANNEL, shownNow());
    });
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error({ reason }, 'the customer’s screen failed');
      clock.after(RELOAD_PAUSE_MS, () => {
        if (!opened.isDestroyed()) opened.webContents.reload();
      });
    });
    opened.on('closed', () => {
      if (window === opened) close();
    });
  };

  screen.on('display-added', follow);
  screen.on('display-removed', follow);
  screen.on('display-metrics-changed', follow);
  till.once('closed', () => {
    screen.off('display-added', follow);
    screen.off('display-removed', follow);
    screen.off('display-metrics-changed', follow);
    close();
  });
  follow();
  return {
    show: (shown) => {
      window?.webContents.send(CUSTOMER_CHANNEL, shown);
    },
    found: () => {
      const display = free();
      return display === null ? null : { width: display.bounds.width, height: display.bounds.height };
    },
    turn: (on) => {
      isUsed = on;
      follow();
    },
    reload: () => {
      window?.webContents.reload();
    },
  };
}

function openOn({ x, y, width, height }: Rectangle, { bundleFolder, windowed }: CustomerScreenParts): BrowserWindow {
  // A scanner's keys go to the window that has the focus.
  const place = { x, y, width, height, frame: windowed, fullscreen: !windowed, focusable: false, skipTaskbar: true };
  const window = openPage({ bundleFolder, preload: 'customer-preload', path: '/customer/index.html', place });
  window.once('ready-to-show', () => {
    window.showInactive();
  });
  return window;
}

type Shown = Pick<Display, 'id' | 'bounds'>;

/** The first display that no part of the till is on; none if the second one only mirrors the first. */
export const freeDisplay = <Any extends Shown>(displays: readonly Any[], till: Rectangle): Any | null =>
  displays.find(({ bounds }) => !overlap(bounds, till)) ?? null;

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const placeOf = ({ id, bounds: { x, y, width, height } }: Shown): string => [id, x, y, width, height].join(' ');
