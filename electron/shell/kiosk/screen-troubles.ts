/** What to do when the screen fails. Pure: events with their times go in, the remedy comes out. */

/** `page`: its process ended, by itself or because it hung. `graphics`: the process that draws ended. */
export type Trouble = 'page' | 'graphics';

export interface Troubled {
  readonly trouble: Trouble;
  /** Monotonic ms. */
  readonly atMs: number;
}

export type Remedy =
  | { readonly do: 'nothing' }
  | { readonly do: 'reload'; readonly afterMs: number }
  /** The next start does without the graphics card. Until then Chromium helps itself. */
  | { readonly do: 'give-up-card' }
  /** Between orders. */
  | { readonly do: 'relaunch' };

/** If a page ends this often within a minute, another reload at once will not help. */
export const QUICK_RELOADS_MAX = 5;
export const QUICK_MS = 60_000;
export const RELOAD_PAUSE_MS = 60_000;
/** If the page ends this many times within the long span, reloading has not helped: the whole app is restarted. */
export const PAGE_ENDS_MAX = 8;
export const LONG_LOOK_MS = 10 * 60_000;
/**
 * Chromium restarts its graphics process by itself, and after this many ends within an hour it draws without the card
 * (content/browser/gpu/gpu_process_host.cc). It forgets that at its own end, and the next start would flicker again.
 */
export const GRAPHICS_ENDS_MAX = 3;
export const GRAPHICS_LOOK_MS = 60 * 60_000;
/** How long a page may fail to answer before it is ended. Chromium reports it only after some seconds of its own. */
export const HANG_PATIENCE_MS = 10_000;
/**
 * If this many checks in a row find no sign of life, the page is stuck, whatever Chromium says. Checks are counted, not
 * time: after the machine has slept there is only one check before the page can report.
 */
export const SILENT_LOOKS_MAX = 3;
/** How often the app checks whether it may be relaunched now. */
export const RELAUNCH_LOOK_MS = 5_000;

const LOOK_MS: Readonly<Record<Trouble, number>> = { page: LONG_LOOK_MS, graphics: GRAPHICS_LOOK_MS };

/**
 * The remedy for the last of `troubles`, and the troubles that still count. `isSoftware`: the app already runs without
 * the graphics card, so giving it up again would change nothing.
 */
export function remedyFor(
  troubles: readonly Troubled[],
  now: Troubled,
  isSoftware: boolean,
): { readonly remedy: Remedy; readonly troubles: readonly Troubled[] } {
  const kept = [...troubles.filter(({ trouble, atMs }) => now.atMs - atMs < LOOK_MS[trouble]), now];
  const same = kept.filter(({ trouble }) => trouble === now.trouble);
  if (now.trouble === 'graphics') {
    return { remedy: isSoftware ? { do: 'nothing' } : graphicsRemedy(same.length), troubles: kept };
  }
  if (same.length >= PAGE_ENDS_MAX) return { remedy: { do: 'relaunch' }, troubles: [] };
  const quick = same.filter(({ atMs }) => now.atMs - atMs < QUICK_MS).length;
  return { remedy: { do: 'reload', afterMs: quick > QUICK_RELOADS_MAX ? RELOAD_PAUSE_MS : 0 }, troubles: kept };
}

/** At the one more that Chromium's own remedy did not prevent, a start without the card is all that is left. */
function graphicsRemedy(ends: number): Remedy {
  if (ends < GRAPHICS_ENDS_MAX) return { do: 'nothing' };
  return ends === GRAPHICS_ENDS_MAX ? { do: 'give-up-card' } : { do: 'relaunch' };
}
