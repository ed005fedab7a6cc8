/** Touch on a counter: buttons react to the finger at once, and nothing else reacts unexpectedly. */
import { allowSound } from '../sound/sounds.ts';

const LEFT = 0;

/** Starts it for the life of the page. */
export function tameThePointer(): void {
  document.addEventListener('pointerdown', (event) => {
    allowSound();
    press(event);
  });
  for (const end of ['pointerup', 'pointercancel', 'blur'] as const) window.addEventListener(end, release);
  for (const surprise of ['contextmenu', 'dragstart', 'dragover', 'drop'] as const) {
    document.addEventListener(surprise, (event) => event.preventDefault());
  }
  // Ctrl with the wheel, or a pinch on a touchpad, would zoom the page.
  document.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  // A mouse's other buttons would move in the history, scroll by themselves, or open a menu.
  for (const pressed of ['mousedown', 'mouseup', 'auxclick'] as const) {
    document.addEventListener(pressed, (event) => event.button !== LEFT && event.preventDefault());
  }
  document.addEventListener('keydown', allowSound);
  document.addEventListener('click', letGo, true);
}

/**
 * A button that was tapped does not keep the focus: the next Enter presses the button that shows Enter, and not the tapped
 * one a second time. Pressed by a key it keeps it, for people who work without a pointer; Tab goes on from it either way.
 */
function letGo({ detail, target }: MouseEvent): void {
  const button = target instanceof Element ? target.closest('button') : null;
  if (detail > 0 && button !== null && button === document.activeElement) button.blur();
}

/** On touch, `:active` waits until the browser knows that it is no scroll; people need the answer at once. */
function press(event: PointerEvent): void {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  button?.setAttribute('data-pressed', '');
}

function release(): void {
  for (const button of document.querySelectorAll('[data-pressed]')) button.removeAttribute('data-pressed');
}
