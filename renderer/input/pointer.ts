/** Touch on a counter: buttons answer the finger at once, and nothing else does anything by surprise. */
import { allowSound } from '../sound/sounds.ts';

const LEFT = 0;

/** Starts for the life of the page. */
export function tameThePointer(): void {
  document.addEventListener('pointerdown', (event) => {
    allowSound();
    press(event);
  });
  for (const end of ['pointerup', 'pointercancel', 'blur'] as const) window.addEventListener(end, release);
  for (const surprise of ['contextmenu', 'dragstart', 'dragover', 'drop'] as const) {
    document.addEventListener(surprise, (event) => event.preventDefault());
  }
  // Ctrl and the wheel, or a pinch on a touchpad, would zoom the till away.
  document.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
  // The other buttons of a mouse go back and forth in the history, scroll by themselves, or open a menu.
  for (const pressed of ['mousedown', 'mouseup', 'auxclick'] as const) {
    document.addEventListener(pressed, (event) => event.button !== LEFT && event.preventDefault());
  }
  document.addEventListener('keydown', allowSound);
}

/** `:active` waits on touch until the browser knows that it is no scroll; people need the answer now. */
function press(event: PointerEvent): void {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  button?.setAttribute('data-pressed', '');
}

function release(): void {
  for (const button of document.querySelectorAll('[data-pressed]')) button.removeAttribute('data-pressed');
}
