import { useState, type ReactNode } from 'react';
import { beijingDay, DAY_MS } from '../../../shared/beijing.ts';
import type { DayRows } from '../../../shared/contract/bill.ts';
import { Button } from '../../components/button.tsx';
import { DayField } from '../../components/form/day-field.tsx';
import { dayProblem } from '../../components/form/month.ts';
import { useT } from '../../i18n/i18n.ts';

export interface DayChoiceProps {
  /** The bill's own days, oldest first; empty if it has no rows. */
  readonly days: readonly DayRows[];
  readonly onDay: (day: string) => void;
}

/** Which day of the bill is compared, where its rows do not say it: the likely days by a touch, any other by its date. */
export function DayChoice({ days, onDay }: DayChoiceProps): ReactNode {
  const t = useT();
  const [nowMs] = useState(() => Date.now());
  const [day, setDay] = useState('');
  const today = beijingDay(nowMs);
  const isDay = dayProblem(day, today) === null;
  const isMissing = isDay && days.length > 0 && !days.some((one) => one.day === day);
  return (
    <div className="bill__choice" role="group" aria-label={t('bill.day')} data-testid="bill-days">
      <div className="bill__days">
        {likelyDays(days, nowMs).map(({ day, rows }) => (
          <Button
            key={day}
            label={rows === 0 ? day : t('bill.dayRows', { day, count: rows })}
            testId={`bill-day-${day}`}
            onPress={() => onDay(day)}
          />
        ))}
      </div>
      <div className="bill__row bill__row--field">
        <DayField label={t('bill.otherDay')} value={day} max={today} testId="bill-day" mayBeEmpty onChange={setDay} />
        <Button
          label={t('bill.compareDay')}
          disabled={!isDay || isMissing}
          testId="bill-day-take"
          onPress={() => onDay(day)}
        />
      </div>
      <p role="status" data-testid="bill-day-missing">
        {isMissing ? t('bill.dayMissing') : null}
      </p>
    </div>
  );
}

/** A bill of more days than these is a month's, and buttons for it would be a wall. */
const BUTTONS_MAX = 6;

/** All of a few days, the newest of many; without any, those of which a bill is fetched today. */
function likelyDays(days: readonly DayRows[], nowMs: number): readonly DayRows[] {
  if (days.length === 0)
    return [nowMs - DAY_MS, nowMs].map((wallMs): DayRows => ({ day: beijingDay(wallMs), rows: 0 }));
  return days.slice(-BUTTONS_MAX);
}
