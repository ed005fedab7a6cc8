/** The text of a field, changed as typing would change it, and as it was before a scanner typed into it. */
import type { TextField } from './touch-input.ts';

/** React gets the same event as from typing. */
export function setFieldText(field: TextField, text: string): void {
  if (text === field.value) return;
  field.setRangeText(text, 0, field.value.length, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** What fields held before the keys that come now. */
export interface TextsBefore {
  /** Keys begin that belong to nothing before them. */
  readonly begin: () => void;
  /** A key is about to write into this field. */
  readonly keep: (field: TextField) => void;
  /** Takes out again what was written since `begin`. */
  readonly restore: () => void;
}

export function textsBefore(): TextsBefore {
  const texts = new Map<TextField, string>();
  return {
    begin: () => texts.clear(),
    keep: (field) => {
      if (!texts.has(field)) texts.set(field, field.value);
    },
    restore: () => texts.forEach((text, field) => setFieldText(field, text)),
  };
}
