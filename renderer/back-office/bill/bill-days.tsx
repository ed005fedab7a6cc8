import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { BillCalendar, BillDay } from '../../../shared/contract/bill.ts';
import { dayFromIso, dayStartMs, dayToIso } from '../../../shared/beijing-day.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Language } from '../../../shared/settings.ts';
import { dayByKey, monthsOn, weeksOf } from '../../components/form/month.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useLanguage, useT, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import './bill-days.css';

export const DAY_STATE_KEYS = {
  closed: 'bill.dayState.closed',
  differs: 'bill.dayState.differs',
  missing: 'bill.dayState.missing',
  'to-come': 'bill.dayState.to-come',
  before: 'bill.dayState.before',
} as const satisfies KeysOf<'bill.dayState', BillDay['state']>;

const SHAPES: Readonly<Record<BillDay['state'], IconName | null>> = {
  closed: 'circleCheck',
  differs: 'warning',
  missing: 'question',
  'to-come': null,
  before: null,
};

/** Red only where money may be in the wrong place. */
function toneOf({ state, record }: BillDay): Tone | undefined {
  if (state === 'missing') return 'wait';
  if (state === 'closed') return 'clear';
  if (state !== 'differs') return undefined;
  return (record?.sums.inDoubt.count ?? 0) > 0 ? 'alarm' : 'wait';
}

export interface BillDaysProps {
  readonly calendar: BillCalendar;
  readonly onMonth: (month: string) => void;
  readonly onDay: (day: string) => void;
}

const named = (language: Language, options: Intl.DateTimeFormatOptions): ((day: number) => string) => {
  const format = inLanguage(language, options);
  return (day) => format.format(dayStartMs(day));
};

/** The month, day by day: agrees, differs, without a bill, by a word and a shape. Arrows go through its days. */
export function BillDays({ calendar, onMonth, onDay }: BillDaysProps): ReactNode {
  const t = useT();
  const monthName = named(useLanguage(), { year: 'numeric', month: 'long' });
  const first = dayFromIso(`${calendar.month}-01`) ?? 0;
  const go = (months: number): void => onMonth(dayToIso(monthsOn(first, months)).slice(0, 7));
  const { firstDay, month, today } = calendar;
  return (
    <section className="bill-days" aria-label={t('bill.days')} data-testid="bill-calendar">
      <div className="bill-days__head">
        <h2>{t('bill.days')}</h2>
        <Step
          name={t('form.day.monthBefore')}
          testId="bill-month-before"
          disabled={firstDay === null || month <= firstDay.slice(0, 7)}
          onPress={() => go(-1)}
        />
        <b className="bill-days__month" role="status">
          {monthName(first)}
        </b>
        <Step
          name={t('form.day.monthAfter')}
          testId="bill-month-after"
          disabled={month >= today.slice(0, 7)}
          onPress={() => go(1)}
        />
      </div>
      <Days key={month} calendar={calendar} first={first} onDay={onDay} />
    </section>
  );
}

interface StepProps {
  readonly name: string;
  readonly testId: string;
  readonly disabled: boolean;
  readonly onPress: () => void;
}

function Step({ name, testId, disabled, onPress }: StepProps): ReactNode {
  return (
    <button
      type="button"
      className="bill-days__step"
      aria-label={name}
      data-testid={testId}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name="chevron" />
    </button>
  );
}

interface DaysProps {
  readonly calendar: BillCalendar;
  readonly first: number;
  readonly onDay: (day: string) => void;
}

function Days({ calendar, first, onDay }: DaysProps): ReactNode {
  const language = useLanguage();
  const weekdayName = named(language, { weekday: 'short' });
  const last = first + calendar.days.length - 1;
  const newest = calendar.days.findLast(({ state }) => state !== 'to-come')?.day;
  const [at, setAt] = useState(dayFromIso(newest ?? dayToIso(first)) ?? first);
  const table = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (byKey.current) table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    byKey.current = false;
  }, [at]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = dayByKey(event.key, at);
    if (next === null) return;
    event.preventDefault();
    byKey.current = true;
    setAt(Math.min(Math.max(next, first), last));
  };
  return (
    <table ref={table} className="bill-days__table" role="grid" onKeyDown={onKeyDown}>
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
        {weeksOf(first).map((week, row) => (
          <tr key={row}>
            {week.map((each, column) => {
              const day = each === null ? undefined : calendar.days[each - first];
              return (
                <td key={column}>
                  {each !== null && day !== undefined && (
                    <Day day={day} number={each} isReached={each === at} onDay={onDay} />
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  readonly day: BillDay;
  readonly number: number;
  /** The keyboard is there. */
  readonly isReached: boolean;
  readonly onDay: (day: string) => void;
}

function Day({ day, number, isReached, onDay }: DayProps): ReactNode {
  const t = useT();
  const dayName = named(useLanguage(), { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
  const shape = SHAPES[day.state];
  const word = t(DAY_STATE_KEYS[day.state]);
  const date = String(Number(day.day.slice(8)));
  const isOpen = shape !== null;
  return (
    <button
      type="button"
      className="bill-days__day"
      tabIndex={isReached ? 0 : -1}
      aria-label={[shape === null ? date : `${date} ${word}`, dayName(number), ...sumsOf(t, day)].join(', ')}
      aria-disabled={!isOpen}
      data-tone={toneOf(day)}
      data-state={day.state}
      data-testid={`bill-calendar-${day.day}`}
      onClick={() => {
        if (isOpen) onDay(day.day);
      }}
    >
      <span className="bill-days__number">{date}</span>{' '}
      {shape !== null && (
        <span className="bill-days__word">
          <Icon name={shape} />
          {word}
        </span>
      )}
    </button>
  );
}

function sumsOf(t: Translate, { record }: BillDay): string[] {
  if (record === null) return [];
  const { paid, inDoubt } = record.sums;
  return [
    t('bill.daySums', { count: paid.count, sum: `¥${formatYuan(paid.fen)}` }),
    ...(record.differing === 0 ? [] : [t('bill.differs', { count: record.differing })]),
    ...(inDoubt.count === 0 ? [] : [t('bill.dayDoubt', { count: inDoubt.count, sum: `¥${formatYuan(inDoubt.fen)}` })]),
  ];
}
