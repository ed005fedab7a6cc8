import { useId, type ReactNode } from 'react';
import { explainedBy, FieldFrame } from './field-frame.tsx';

export interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The focus has left it: from now on its errors may be shown. */
  readonly onLeave?: () => void;
  /** `any` may hold Chinese, which is spelled on the on-screen keyboard. */
  readonly keys?: 'latin' | 'digits' | 'any';
  readonly optional?: boolean;
  readonly lengthMax: number;
  /** Shows how many of `lengthMax` characters are typed. */
  readonly counted?: boolean;
  readonly autoFocus?: boolean;
  readonly testId: string;
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactNode {
  const {
    label,
    hint,
    placeholder,
    error,
    value,
    onChange,
    onLeave,
    keys = 'latin',
    optional = false,
    lengthMax,
    counted = false,
  } = props;
  const id = useId();
  return (
    <FieldFrame
      id={id}
      label={label}
      error={error}
      optional={optional}
      {...(hint === undefined ? {} : { hint })}
      {...(counted ? { count: { now: value.length, of: lengthMax } } : {})}
    >
      <input
        id={id}
        className="field__input"
        data-testid={props.testId}
        data-keys={keys}
        aria-describedby={explainedBy(id)}
        aria-invalid={error !== null || undefined}
        aria-required={!optional || undefined}
        // The system's own on-screen keyboard would be a second one.
        inputMode="none"
        autoFocus={props.autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder={placeholder}
        maxLength={lengthMax}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
    </FieldFrame>
  );
}
