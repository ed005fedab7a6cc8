import { useEffect, useRef, useState, type ReactNode } from 'react';
import {
  fieldTouched,
  hideTouchKeyboard,
  isTextField,
  useTouchInput,
  type TextField,
} from '../../input/touch-input.ts';
import { setFieldText } from '../../input/field-text.ts';
import { withDeleted, withTyped, type Edited, type Marked } from '../../input/touch-keys.ts';
import { TouchKeyboard } from './touch-keyboard.tsx';

/**
 * Stands below the element with the text fields and takes its room from there, so it never covers a field. It appears
 * when a text field gets the focus and goes when it loses it. A field says by `data-keys` which keys it wants; `own`: it
 * has keys of its own beside it.
 */
export function KeyboardDock(): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const wanted = useTouchInput((state) => state.wanted);
  const field = useFocusedField(place);
  const shown = wanted && field !== null;
  useEffect(() => {
    const around = place.current?.parentElement;
    if (!shown || around === null || around === undefined) return undefined;
    // Again whenever the window changes: the keyboard takes most of a low one.
    const watch = new ResizeObserver(() => {
      (field.closest('.field') ?? field.parentElement)?.scrollIntoView({ block: 'center' });
      // Its name and what is wrong with it as far as there is room; itself in any case.
      field.scrollIntoView({ block: 'nearest' });
    });
    watch.observe(around);
    return () => watch.disconnect();
  }, [shown, field]);
  return (
    <div ref={place} className="keyboard-dock" data-shown={shown || undefined}>
      {shown && (
        <TouchKeyboard
          key={field.id}
          digitsOnly={field.dataset['keys'] === 'digits'}
          chinese={field.dataset['keys'] === 'any'}
          onText={(text) =>
            edit(field, (marked) =>
              withTyped(marked, text, field.maxLength < 0 ? Number.MAX_SAFE_INTEGER : field.maxLength),
            )
          }
          onDelete={() => edit(field, withDeleted)}
          onClear={() => edit(field, () => ({ text: '', caret: 0 }))}
          onDone={() => goOn(field)}
          onHide={hideTouchKeyboard}
        />
      )}
    </div>
  );
}

/** The focused text field, if it is in the same dialog as the dock, or if both are outside any dialog. */
function useFocusedField(place: React.RefObject<HTMLDivElement | null>): TextField | null {
  const [field, setField] = useState<TextField | null>(null);
  useEffect(() => {
    let pressed = false;
    const look = (): void => {
      const now = document.activeElement;
      setField(
        isTextField(now) &&
          !now.readOnly &&
          now.dataset['keys'] !== 'own' &&
          now.closest('dialog') === (place.current?.closest('dialog') ?? null)
          ? now
          : null,
      );
    };
    // Nothing moves while a finger is down: the button that it means to press would slip away.
    const onFocusIn = ({ target }: FocusEvent): void => {
      if (isTextField(target) && !pressed) look();
    };
    const onFocusOut = (): void => {
      if (!pressed) setTimeout(look);
    };
    const onDown = (): void => {
      pressed = true;
    };
    const onClick = (event: MouseEvent): void => {
      if (isTextField(event.target)) fieldTouched(event instanceof PointerEvent ? event.pointerType : 'mouse');
    };
    const onUp = (): void => {
      pressed = false;
      setTimeout(look);
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('focusout', onFocusOut);
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('click', onClick);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onUp);
    look();
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('focusout', onFocusOut);
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('click', onClick);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onUp);
    };
  }, [place]);
  return field;
}

function edit(field: TextField, change: (marked: Marked) => Edited): void {
  const { value, selectionStart, selectionEnd } = field;
  const { text, caret } = change({
    text: value,
    start: selectionStart ?? value.length,
    end: selectionEnd ?? value.length,
  });
  setFieldText(field, text);
  // React puts the caret of a field that it has drawn again at the end.
  requestAnimationFrame(() => field.setSelectionRange(caret, caret));
}

/**
 * Moves to the next field that is still empty; after the last one it presses the form's own button, if that is
 * possible.
 */
function goOn(field: TextField): void {
  const fields = Array.from(field.form?.elements ?? []).filter(isTextField);
  const nextEmpty = fields.slice(fields.indexOf(field) + 1).find(({ value }) => value === '');
  const submit = field.form?.querySelector<HTMLButtonElement>('button[type="submit"]') ?? null;
  if (nextEmpty !== undefined) nextEmpty.focus();
  else if (submit === null) field.blur();
  else submit.click();
}
