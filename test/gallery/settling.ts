/** When a drawn screen stands still. Nothing here waits for a length of time, only for frames without a change. */
const QUIET_FRAMES = 2;
/** A screen that never stands still is a fault; this many frames are seconds. */
const FRAMES_MAX = 600;

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Resolves after some frames in a row without a change in the page. */
export async function settled(): Promise<void> {
  let quiet = 0;
  const watch = new MutationObserver(() => (quiet = 0));
  watch.observe(document.documentElement, { childList: true, subtree: true, attributes: true, characterData: true });
  for (let frames = 0; quiet < QUIET_FRAMES; frames += 1) {
    if (frames > FRAMES_MAX) throw new Error('the page never rests');
    await frame();
    quiet += 1;
  }
  watch.disconnect();
}

/** The control with this test id, when it is there and may be pressed. */
export async function reached(testId: string): Promise<HTMLElement> {
  for (let frames = 0; frames < FRAMES_MAX; frames += 1) {
    const found = document.querySelector(`[data-testid="${CSS.escape(testId)}"]:not(:disabled)`);
    if (found instanceof HTMLElement) return found;
    await frame();
  }
  throw new Error(`there is no ${testId} to press`);
}
