import { type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';
import './field.css';

export interface FieldFrameProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  /** What is wrong and what to do, in words; `null` if nothing is wrong. */
  readonly error: string | null;
  readonly optional?: boolean;
  /** How many characters are in it, and how many it needs or accepts. */
  readonly count?: { readonly now: number; readonly of: number };
  readonly children: ReactNode;
}

/** The ids of the texts that explain a field, for its aria-describedby. */
export const explainedBy = (id: string): string => `${id}-hint ${id}-error`;

/** A field's name above it; the hint or the error stands below it, so that no error is ever elsewhere. */
export function FieldFrame({ id, label, hint, error, optional = false, count, children }: FieldFrameProps): ReactNode {
  const t = useT();
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
        {optional && <span className="field__optional">{t('form.optional')}</span>}
      </label>
      <div className="field__box">{children}</div>
      <div className="field__below">
        <span id={`${id}-hint`}>{hint}</span>
        {count !== undefined && (
          <span className="field__count" data-full={count.now === count.of || undefined}>
            {t('form.count', count)}
          </span>
        )}
      </div>
      <FieldError id={id} error={error} />
    </div>
  );
}

/** It is always in the page, so that a screen reader reads it when it gets a text. */
export function FieldError({ id, error }: { readonly id: string; readonly error: string | null }): ReactNode {
  return (
    <p id={`${id}-error`} className="field__error" role="alert" data-testid="field-error" hidden={error === null}>
      {error !== null && (
        <>
          <Icon name="warning" />
          <span>{error}</span>
        </>
      )}
    </p>
  );
}
