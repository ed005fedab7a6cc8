import { useId, useState, type ReactNode } from 'react';
import { dayFromIso, dayToIso } from '../../../shared/beijing-day.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';
import { explainedBy, FieldFrame } from './field-frame.tsx';
import { dayProblem, dayText, type DayProblem } from './month.ts';
import { MonthSheet } from './month-sheet.tsx';
import './day-field.css';

export interface DayFieldProps {
  readonly label: string;
  /** `2026-11-23`, or what has been typed of it. */
  readonly value: string;
  /** The last day that may be given: today. */
  readonly max: string;
  readonly testId: string;
  /** There is another way to name the day: nobody has to type one here. */
  readonly mayBeEmpty?: boolean;
  readonly onChange: (value: string) => void;
}

const PROBLEM_KEYS = {
  wrong: 'form.day.wrong',
  late: 'form.day.late',
} as const satisfies KeysOf<'form.day', DayProblem>;

/** A day in the app's own language: typed by its digits, or touched in a month. It is judged when it is left. */
export function DayField({ label, value, max, testId, mayBeEmpty = false, onChange }: DayFieldProps): ReactNode {
  const t = useT();
  const id = useId();
  const [left, setLeft] = useState(false);
  const [open, setOpen] = useState(false);
  const problem = left && !(mayBeEmpty && value === '') ? dayProblem(value, max) : null;
  const change = (text: string): void => {
    setLeft(false);
    onChange(text);
  };
  return (
    <div className="day-field">
      <FieldFrame id={id} label={label} error={problem === null ? null : t(PROBLEM_KEYS[problem], { max })}>
        <input
          id={id}
          className="field__input"
          data-testid={testId}
          data-keys="digits"
          aria-describedby={explainedBy(id)}
          aria-invalid={problem !== null || undefined}
          inputMode="none"
          autoComplete="off"
          spellCheck={false}
          placeholder="2026-11-23"
          maxLength={10}
          value={value}
          onFocus={({ target }) => target.select()}
          onChange={({ target }) => change(isDeleting(target.value, value) ? target.value : dayText(target.value))}
          onBlur={() => setLeft(true)}
        />
        <button
          type="button"
          className="day-field__open"
          aria-label={`${t('form.day.open')}: ${label}`}
          data-testid={`${testId}-open`}
          onClick={() => setOpen(true)}
        >
          <Icon name="calendar" />
        </button>
      </FieldFrame>
      {open && (
        <MonthSheet
          title={label}
          chosen={dayFromIso(value)}
          max={dayFromIso(max) ?? 0}
          onPick={(day) => {
            change(dayToIso(day));
            setOpen(false);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** A separator that was just deleted must not come back. */
const isDeleting = (now: string, before: string): boolean => before.startsWith(now) && now.length < before.length;
