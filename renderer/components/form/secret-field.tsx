import { useId, useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { explainedBy, FieldFrame } from './field-frame.tsx';
import { Icon } from '../icon.tsx';

export interface SecretFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  readonly keys?: 'latin' | 'digits';
  readonly lengthMax: number;
  readonly counted?: boolean;
  readonly autoFocus?: boolean;
  readonly testId: string;
}

/** A masked text. It can be shown while it is being typed, and never after the focus has left it. */
export function SecretField(props: SecretFieldProps): ReactNode {
  const { label, hint, error, value, onChange, onLeave, keys = 'latin', lengthMax, counted = false } = props;
  const t = useT();
  const id = useId();
  const [seen, setSeen] = useState(false);
  return (
    <FieldFrame
      id={id}
      label={label}
      error={error}
      {...(hint === undefined ? {} : { hint })}
      {...(counted ? { count: { now: value.length, of: lengthMax } } : {})}
    >
      <input
        id={id}
        className="field__input"
        data-testid={props.testId}
        data-keys={keys}
        data-secret=""
        type={seen ? 'text' : 'password'}
        aria-describedby={explainedBy(id)}
        aria-invalid={error !== null || undefined}
        aria-required
        inputMode="none"
        autoFocus={props.autoFocus}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={lengthMax}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={() => {
          setSeen(false);
          onLeave?.();
        }}
      />
      <button
        type="button"
        className="button"
        aria-pressed={seen}
        data-testid={`${props.testId}-look`}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => setSeen(!seen && document.activeElement?.id === id)}
      >
        <Icon name="eye" />
        {t(seen ? 'form.mask' : 'form.look')}
      </button>
    </FieldFrame>
  );
}
