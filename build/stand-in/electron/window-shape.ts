// Runs in the stand-in's main process. Why it exists: what a window's state means for its page in Chromium: a
// size while headless, a window when headed, and a theme.
import type { PageLink } from '../page/page-link.ts';
import { settings } from '../base/settings.ts';
import type { Size } from '../base/settings.ts';
import { effectiveColorScheme } from './theme.ts';

/** Gives the page its size. On the first display the launcher's size counts, whatever the app asks for. */
export async function shapePage(
  link: PageLink,
  { x, width, height }: Size & { readonly x: number },
  fullScreen: boolean,
): Promise<void> {
  if (settings.headed && fullScreen) await link.setWindow({ windowState: 'fullscreen' });
  else if (settings.headed) {
    // Chromium changes a window's size only when the window is in its normal state again.
    await link.setWindow({ windowState: 'normal' });
    await link.setWindow({ width, height });
  } else if (settings.viewport === null || x >= settings.viewport.width) await link.page.setViewport({ width, height });
}

/** Gives the page its theme. */
export async function dressPage(link: PageLink): Promise<void> {
  await link.page.setColorScheme(effectiveColorScheme());
}
