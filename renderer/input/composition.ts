/**
 * An input method that composes letters in a field (pinyin). To it a scan is the beginning of a word: what it has composed
 * must go, and what it still writes for the scan's last keys must not arrive.
 */
import { isTextField } from './touch-input.ts';

export interface Composition {
  /** A scan has come: ends what is being composed, and keeps out what the input method makes of it. */
  readonly end: () => void;
  readonly stop: () => void;
}

/** Watches the page's fields until `stop`. */
export function watchComposition(): Composition {
  let composing = false;
  /** A scan has ended a composition, and neither another one nor a key that writes by itself has come since. */
  let ended = false;
  const onStart = (): void => {
    composing = true;
    ended = false;
  };
  const onEnd = (): void => {
    composing = false;
  };
  // The keys that an input method takes are all named `Process`.
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (Array.from(key).length === 1) ended = false;
  };
  const onBeforeInput = (event: InputEvent): void => {
    if (ended && event.inputType === 'insertText') event.preventDefault();
  };
  window.addEventListener('compositionstart', onStart, true);
  window.addEventListener('compositionend', onEnd, true);
  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('beforeinput', onBeforeInput, true);
  return {
    end() {
      const field = document.activeElement;
      if (!composing || !isTextField(field)) return;
      ended = true;
      // A field that loses the focus ends its composition; the page has no other way.
      field.blur();
      field.focus({ preventScroll: true });
    },
    stop() {
      window.removeEventListener('compositionstart', onStart, true);
      window.removeEventListener('compositionend', onEnd, true);
      window.removeEventListener('keydown', onKeyDown, true);
      window.removeEventListener('beforeinput', onBeforeInput, true);
    },
  };
}
