/** The watch over the screen, with made-up windows and a clock that stands still. */
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../electron/base/log.ts';
import {
  GRAPHICS_ENDS_MAX,
  GRAPHICS_LOOK_MS,
  HANG_PATIENCE_MS,
  LONG_LOOK_MS,
  PAGE_ENDS_MAX,
  QUICK_RELOADS_MAX,
  RELAUNCH_LOOK_MS,
  RELOAD_PAUSE_MS,
  SILENT_LOOKS_MAX,
} from '../../../electron/shell/kiosk/screen-troubles.ts';
import { watchScreen } from '../../../electron/shell/kiosk/screen-watch.ts';
import { ALIVE_EVERY_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';

class Contents extends EventEmitter {
  reloads = 0;
  reload(): void {
    this.reloads += 1;
  }
  /** As in Chromium: the end arrives as an event. */
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed' });
  }
}
class Window extends EventEmitter {
  readonly webContents = new Contents();
  gone = false;
  isDestroyed(): boolean {
    return this.gone;
  }
}

function watched({ isSoftware = false, free = true }: { readonly isSoftware?: boolean; readonly free?: boolean } = {}) {
  const window = new Window();
  const app = new EventEmitter();
  const clock = new FakeClock();
  const relaunched: string[] = [];
  const given: string[] = [];
  const state = { free };
  const watch = watchScreen({
    window,
    app,
    clock,
    log: silentLog,
    isSoftware,
    isFree: () => Promise.resolve(state.free),
    giveUpCard: () => given.push('card'),
    relaunch: () => relaunched.push('again'),
  });
  return {
    window,
    app,
    clock,
    relaunched,
    given,
    state,
    watch,
    pageEnds: (times = 1) => {
      for (let n = 0; n < times; n += 1) window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    },
    graphicsEnd: (reason = 'crashed') => app.emit('child-process-gone', {}, { type: 'GPU', reason }),
  };
}

/** Lets settled promises run their handlers. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a page whose process ended', () => {
  it('comes back at once', () => {
    const { window, pageEnds } = watched();
    pageEnds();
    expect(window.webContents.reloads).toBe(1);
  });

  it('waits after many in a minute', async () => {
    const { window, clock, pageEnds } = watched();
    pageEnds(QUICK_RELOADS_MAX + 1);
    expect(window.webContents.reloads).toBe(QUICK_RELOADS_MAX);
    await clock.advance(RELOAD_PAUSE_MS);
    expect(window.webContents.reloads).toBe(QUICK_RELOADS_MAX + 1);
  });

  it('makes the whole app start again when nothing helps, once, and only between orders', async () => {
    const { window, clock, pageEnds, relaunched, state } = watched({ free: false });
    pageEnds(PAGE_ENDS_MAX);
    await settled();
    expect(relaunched).toEqual([]);
    expect(window.webContents.reloads).toBe(QUICK_RELOADS_MAX + 1);
    state.free = true;
    await clock.advance(RELAUNCH_LOOK_MS);
    await settled();
    expect(relaunched).toEqual(['again']);
    pageEnds(PAGE_ENDS_MAX);
    await settled();
    expect(relaunched).toEqual(['again']);
  });

  it('is forgiven what was long ago', async () => {
    const { clock, pageEnds, relaunched } = watched();
    for (let n = 0; n < PAGE_ENDS_MAX * 2; n += 1) {
      pageEnds();
      await clock.advance(LONG_LOOK_MS / (PAGE_ENDS_MAX - 2));
    }
    await settled();
    expect(relaunched).toEqual([]);
  });

  it('stays away with its window', () => {
    const { window, pageEnds } = watched();
    window.gone = true;
    pageEnds();
    expect(window.webContents.reloads).toBe(0);
  });
});

describe('a page that hangs', () => {
  it('is ended and comes back once patience is over', async () => {
    const { window, clock } = watched();
    window.emit('unresponsive');
    await clock.advance(HANG_PATIENCE_MS - 1);
    expect(window.webContents.reloads).toBe(0);
    await clock.advance(1);
    expect(window.webContents.reloads).toBe(1);
  });

  it('is left alone where it answers again', async () => {
    const { window, clock } = watched();
    window.emit('unresponsive');
    await clock.advance(HANG_PATIENCE_MS - 1);
    window.emit('responsive');
    await clock.advance(HANG_PATIENCE_MS);
    expect(window.webContents.reloads).toBe(0);
  });
});

describe('a page that falls silent, though Chromium says nothing', () => {
  const step = ALIVE_EVERY_MS;

  it('is ended and loaded again, and is watched again only after its first message', async () => {
    const { window, clock, watch } = watched();
    watch.alive();
    await clock.advance(step * SILENT_LOOKS_MAX);
    expect(window.webContents.reloads).toBe(0);
    await clock.advance(step);
    expect(window.webContents.reloads).toBe(1);
    await clock.advance(step * 20);
    expect(window.webContents.reloads).toBe(1);
    watch.alive();
    await clock.advance(step * (SILENT_LOOKS_MAX + 1));
    expect(window.webContents.reloads).toBe(2);
  });

  it('is left alone as long as it speaks, even where a word is missing', async () => {
    const { window, clock, watch } = watched();
    for (let n = 0; n < 20; n += 1) {
      watch.alive();
      await clock.advance(step * (SILENT_LOOKS_MAX - 1));
    }
    expect(window.webContents.reloads).toBe(0);
  });

  it('is not watched before it has spoken', async () => {
    const { window, clock } = watched();
    await clock.advance(step * 20);
    expect(window.webContents.reloads).toBe(0);
  });
});

describe('graphics that keep ending', () => {
  it('make the next start do without the card, while Chromium helps itself in this one', async () => {
    const { graphicsEnd, given, relaunched } = watched();
    for (let n = 1; n < GRAPHICS_ENDS_MAX; n += 1) graphicsEnd();
    expect(given).toEqual([]);
    graphicsEnd();
    await settled();
    expect([given, relaunched]).toEqual([['card'], []]);
  });

  it('make the app start again, between orders, where they end without the card too', async () => {
    const { clock, graphicsEnd, relaunched, state } = watched({ free: false });
    for (let n = 0; n <= GRAPHICS_ENDS_MAX; n += 1) graphicsEnd();
    await settled();
    expect(relaunched).toEqual([]);
    state.free = true;
    await clock.advance(RELAUNCH_LOOK_MS);
    await settled();
    expect(relaunched).toEqual(['again']);
  });

  it('are forgiven after the hour in which Chromium counts', async () => {
    const { clock, given, graphicsEnd } = watched();
    for (let n = 0; n < GRAPHICS_ENDS_MAX * 2; n += 1) {
      graphicsEnd();
      await clock.advance(GRAPHICS_LOOK_MS / (GRAPHICS_ENDS_MAX - 1));
    }
    expect(given).toEqual([]);
  });

  it('change nothing where they are given up already, or ended as they should', async () => {
    const soft = watched({ isSoftware: true });
    const clean = watched();
    for (let n = 0; n < GRAPHICS_ENDS_MAX * 2; n += 1) {
      soft.graphicsEnd();
      clean.graphicsEnd('clean-exit');
    }
    await settled();
    expect([soft.relaunched, clean.relaunched, soft.given, clean.given]).toEqual([[], [], [], []]);
  });
});
