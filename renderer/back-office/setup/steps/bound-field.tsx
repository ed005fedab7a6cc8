import { type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { TextField } from '../../../components/form/text-field.tsx';
import { isOptional, lengthMax, type TextFieldName } from '../field-rules.ts';
import { changeEntry } from '../setup-commands.ts';
import { withLeft, withText, type Entry } from '../setup-form.ts';
import { errorAt, FIELD_KEYS } from '../setup-words.ts';

export interface BoundFieldProps {
  readonly entry: Entry;
  readonly field: TextFieldName;
  readonly label?: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly keys?: 'latin' | 'digits' | 'any';
  readonly autoFocus?: boolean;
}

/** A text field of the form: what is typed goes into the entry, and its error stands below it. */
export function BoundField({ entry, field, label, hint, placeholder, keys, autoFocus }: BoundFieldProps): ReactNode {
  const t = useT();
  return (
    <TextField
      label={label ?? t(FIELD_KEYS[field])}
      error={errorAt(t, entry, field)}
      value={entry.fields[field]}
      optional={isOptional(field)}
      lengthMax={lengthMax[field]}
      testId={`setup-${field}`}
      onChange={(text) => changeEntry((now) => withText(now, field, text))}
      onLeave={() => changeEntry((now) => (now.fields[field] === '' ? now : withLeft(now, [field])))}
      {...(hint === undefined ? {} : { hint })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(keys === undefined ? {} : { keys })}
      {...(autoFocus === undefined ? {} : { autoFocus })}
    />
  );
}
