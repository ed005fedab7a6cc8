import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { dayStartMs, dayToIso } from '../../../shared/beijing-day.ts';
import type { Language } from '../../../shared/settings.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useLanguage, useT } from '../../i18n/i18n.ts';
import { DialogTop } from '../dialog-top.tsx';
import { Icon } from '../icon.tsx';
import { useModal } from '../use-modal.ts';
import { dayByKey, monthsOn, weeksOf } from './month.ts';

export interface MonthSheetProps {
  readonly title: string;
  /** The day that is given now; `null` if there is none. */
  readonly chosen: number | null;
  /** The last day that may be picked: today. */
  readonly max: number;
  readonly onPick: (day: number) => void;
  readonly onClose: () => void;
}

const words = (language: Language, options: Intl.DateTimeFormatOptions): ((day: number) => string) => {
  const format = inLanguage(language, options);
  return (day) => format.format(dayStartMs(day));
};

/** A month to touch a day in. By keyboard: arrows for days, Page Up and Page Down for months, Enter to pick. */
export function MonthSheet({ title, chosen, max, onPick, onClose }: MonthSheetProps): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [day, setDay] = useState(Math.min(chosen ?? max, max));
  const monthName = words(useLanguage(), { year: 'numeric', month: 'long' });
  const go = (months: number): void => setDay(Math.min(monthsOn(day, months), max));
  return (
    <dialog
      ref={dialog}
      className="month-sheet"
      aria-label={title}
      data-own-keys=""
      data-testid="month-sheet"
      onCancel={onClose}
    >
      <div className="dialog__page" tabIndex={-1}>
        <DialogTop title={title} closeTestId="month-close" onClose={onClose} />
        <div className="month">
          <div className="month__head">
            <Step name={t('form.day.monthBefore')} testId="month-before" onPress={() => go(-1)} />
            <b className="month__name" role="status">
              {monthName(day)}
            </b>
            <Step
              name={t('form.day.monthAfter')}
              testId="month-after"
              disabled={monthName(day) === monthName(max)}
              onPress={() => go(1)}
            />
          </div>
          <Days day={day} chosen={chosen} max={max} onGo={setDay} onPick={onPick} />
        </div>
      </div>
    </dialog>
  );
}

interface StepProps {
  readonly name: string;
  readonly testId: string;
  readonly disabled?: boolean;
  readonly onPress: () => void;
}

function Step({ name, testId, disabled = false, onPress }: StepProps): ReactNode {
  return (
    <button
      type="button"
      className="month__step"
      aria-label={name}
      data-testid={testId}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name="chevron" />
    </button>
  );
}

interface DaysProps extends Pick<MonthSheetProps, 'chosen' | 'max' | 'onPick'> {
  /** Where the keyboard is. */
  readonly day: number;
  readonly onGo: (day: number) => void;
}

function Days({ day, chosen, max, onGo, onPick }: DaysProps): ReactNode {
  const t = useT();
  const language = useLanguage();
  const weekdayName = words(language, { weekday: 'short' });
  const dayName = words(language, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
  const weeks = weeksOf(day);
  const table = useRef<HTMLTableElement>(null);
  const byKey = useRef(true);
  useEffect(() => {
    // A month that was changed by its button leaves the focus on the button.
    if (byKey.current) table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    byKey.current = false;
  }, [day]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayByKey(event.key, day);
    if (next === null) return;
    event.preventDefault();
    byKey.current = true;
    onGo(Math.min(next, max));
  };
  return (
    <table ref={table} className="month__days" role="grid" onKeyDown={onKeyDown}>
      <thead>
        <tr>
          {Array.from({ length: 7 }, (_, column) => (
            // 1970-01-05 was a Monday.
            <th key={column} scope="col">
              {weekdayName(column + 4)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, row) => (
          <tr key={row}>
            {week.map((each, column) => (
              <td key={column} aria-selected={each === null ? undefined : each === chosen}>
                {each !== null && (
                  <button
                    type="button"
                    className="month__day"
                    tabIndex={each === day ? 0 : -1}
                    aria-label={each === max ? `${dayName(each)}, ${t('form.day.today')}` : dayName(each)}
                    aria-pressed={each === chosen}
                    data-today={each === max || undefined}
                    data-testid={`day-${dayToIso(each)}`}
                    disabled={each > max}
                    onClick={() => onPick(each)}
                  >
                    {Number(dayToIso(each).slice(8))}
                  </button>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
