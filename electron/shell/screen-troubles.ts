/** What to do when the screen fails. Pure: what happened and when goes in, the remedy comes out. */

/** `page`: its process ended, by itself or ended as hung. `graphics`: the process that draws ended. */
export type Trouble = 'page' | 'graphics';

export interface Troubled {
  readonly trouble: Trouble;
  /** Monotonic ms. */
  readonly atMs: number;
}

export type Remedy =
  | { readonly do: 'nothing' }
  | { readonly do: 'reload'; readonly afterMs: number }
  /** Between orders. `software`: from then on without the graphics card. */
  | { readonly do: 'relaunch'; readonly software: boolean };

/** A page that ends this often in a minute will not be saved by another reload at once. */
export const QUICK_RELOADS_MAX = 5;
export const QUICK_MS = 60_000;
export const RELOAD_PAUSE_MS = 60_000;
/** This many ends of the page within the long look, and reloading has not helped: the whole app begins anew. */
export const PAGE_ENDS_MAX = 8;
/** Chromium starts its graphics process again by itself; one that keeps ending has a driver it can't live with. */
export const GRAPHICS_ENDS_MAX = 3;
export const LONG_LOOK_MS = 10 * 60_000;
/** How long a page may not answer before it is ended. Chromium says so after some seconds of its own. */
export const HANG_PATIENCE_MS = 10_000;
/**
 * So many looks in a row without a word from the page, and it is stuck, whatever Chromium says. Looks are counted, not
 * time: after the machine has slept there is only one of them before the page speaks.
 */
export const SILENT_LOOKS_MAX = 3;
/** How often is looked whether the app may be relaunched now. */
export const RELAUNCH_LOOK_MS = 5_000;

/**
 * The remedy for the last of `troubles`, and those of them that still count. `isSoftware`: the app runs without the
 * graphics card already, so giving it up again would change nothing.
 */
export function remedyFor(
  troubles: readonly Troubled[],
  now: Troubled,
  isSoftware: boolean,
): { readonly remedy: Remedy; readonly troubles: readonly Troubled[] } {
  const kept = [...troubles.filter(({ atMs }) => now.atMs - atMs < LONG_LOOK_MS), now];
  const same = kept.filter(({ trouble }) => trouble === now.trouble);
  if (now.trouble === 'graphics') {
    const tooMany = same.length >= GRAPHICS_ENDS_MAX && !isSoftware;
    return { remedy: tooMany ? { do: 'relaunch', software: true } : { do: 'nothing' }, troubles: kept };
  }
  if (same.length >= PAGE_ENDS_MAX) return { remedy: { do: 'relaunch', software: isSoftware }, troubles: [] };
  const quick = same.filter(({ atMs }) => now.atMs - atMs < QUICK_MS).length;
  return { remedy: { do: 'reload', afterMs: quick > QUICK_RELOADS_MAX ? RELOAD_PAUSE_MS : 0 }, troubles: kept };
}
