/**
 * An input method that composes letters in a field (pinyin). To it a scan is the beginning of a word: what it has composed
 * must go, and what it still writes for the scan's last keys must not arrive.
 */
import { SCAN_TAIL_MS } from './scan.ts';
import { isTextField } from './touch-input.ts';

export interface Composition {
  /** A scan has come: ends what is being composed, and keeps out what an input method writes soon after it. */
  readonly end: (nowMs: number) => void;
  readonly stop: () => void;
}

/** Watches the page's fields until `stop`. */
export function watchComposition(): Composition {
  let composing = false;
  let closedUntilMs = Number.NEGATIVE_INFINITY;
  const onStart = (): void => {
    composing = true;
  };
  const onEnd = (): void => {
    composing = false;
  };
  const onBeforeInput = (event: InputEvent): void => {
    if (event.inputType === 'insertText' && event.timeStamp < closedUntilMs) event.preventDefault();
  };
  window.addEventListener('compositionstart', onStart, true);
  window.addEventListener('compositionend', onEnd, true);
  window.addEventListener('beforeinput', onBeforeInput, true);
  return {
    end(nowMs) {
      const field = document.activeElement;
      if (!composing || !isTextField(field)) return;
      closedUntilMs = nowMs + SCAN_TAIL_MS;
      // A field that loses the focus ends its composition; the page has no other way.
      field.blur();
      field.focus({ preventScroll: true });
    },
    stop() {
      window.removeEventListener('compositionstart', onStart, true);
      window.removeEventListener('compositionend', onEnd, true);
      window.removeEventListener('beforeinput', onBeforeInput, true);
    },
  };
}
