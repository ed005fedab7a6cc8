import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { beijingDay, dayToIso } from '../../../shared/beijing-day.ts';
import { call } from '../../bridge/api.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon } from '../../components/icon.tsx';
import { search, stateGroups, type SearchState, type StateGroup } from './search-state.ts';
import { whoWords } from './words.ts';
import './filters.css';

type Days = SearchState['days'];

/** The date, the state and the cashier; each tap searches again. */
export function Filters(): ReactNode {
  return (
    <div className="filters" onFocus={intoView}>
      <DayFilter />
      <div className="filters__row">
        <StateFilter />
        <CashierFilter />
      </div>
    </div>
  );
}

/**
 * Chromium leaves a chip at the end of its row alone if a few of its pixels can be seen. A tap must not move it away.
 */
function intoView({ target }: { readonly target: Element }): void {
  if (target.matches(':focus-visible')) target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const WEEK = 7;

const DAYS_KEYS = {
  allDays: 'history.allDays',
  today: 'history.today',
  yesterday: 'history.yesterday',
  week: 'history.week',
} as const satisfies KeysOf<'history', 'allDays' | 'today' | 'yesterday' | 'week'>;

function DayFilter(): ReactNode {
  const t = useT();
  const days = useStore(search, (state) => state.days);
  const today = useToday();
  const one = (day: number): Days => ({ from: day, to: day });
  const isOneDay = days !== null && days.from === days.to;
  const choices: readonly (readonly [name: keyof typeof DAYS_KEYS, days: Days])[] = [
    ['allDays', null],
    ['today', one(today)],
    ['yesterday', one(today - 1)],
    ['week', { from: today - WEEK + 1, to: today }],
  ];
  return (
    <div className="filters__group" role="group" aria-label={t('history.days')}>
      {choices.map(([name, choice]) => (
        <Chip
          key={name}
          label={t(DAYS_KEYS[name])}
          pressed={sameDays(days, choice)}
          isDefault={choice === null}
          testId={`history-days-${name}`}
          onPress={() => search.setState({ days: choice })}
        />
      ))}
      <DayStepper
        day={isOneDay ? days.from : today}
        shown={isOneDay}
        onStep={(day) => search.setState({ days: one(Math.min(day, today)) })}
      />
    </div>
  );
}

const LOOK_AGAIN_MS = 30_000;

/** Today's date in Beijing; it also changes at midnight. */
function useToday(): number {
  const [today, setToday] = useState(() => beijingDay(Date.now()));
  useEffect(() => {
    const timer = setInterval(() => setToday(beijingDay(Date.now())), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return today;
}

const sameDays = (one: Days, other: Days): boolean => one?.from === other?.from && one?.to === other?.to;

interface DayStepperProps {
  readonly day: number;
  /** Whether this day is the selected one. */
  readonly shown: boolean;
  readonly onStep: (day: number) => void;
}

function DayStepper({ day, shown, onStep }: DayStepperProps): ReactNode {
  const t = useT();
  return (
    <span className="day-stepper" data-shown={shown || undefined}>
      <button
        type="button"
        className="day-stepper__step"
        aria-label={t('history.dayBefore')}
        data-testid="history-day-before"
        onClick={() => onStep(day - 1)}
      >
        <Icon name="chevron" />
      </button>
      <button
        type="button"
        className="day-stepper__day"
        aria-pressed={shown}
        data-testid="history-day"
        onClick={() => onStep(day)}
      >
        {dayToIso(day)}
      </button>
      <button
        type="button"
        className="day-stepper__step"
        aria-label={t('history.dayAfter')}
        data-testid="history-day-after"
        onClick={() => onStep(day + 1)}
      >
        <Icon name="chevron" />
      </button>
    </span>
  );
}

const GROUP_KEYS = {
  paid: 'history.group.paid',
  closed: 'history.group.closed',
  refunded: 'history.group.refunded',
  underWay: 'history.group.underWay',
  attention: 'history.group.attention',
  failed: 'history.group.failed',
  settled: 'history.group.settled',
} as const satisfies KeysOf<'history.group', StateGroup>;

function StateFilter(): ReactNode {
  const t = useT();
  const groups = useStore(search, (state) => state.groups);
  const toggle = (group: StateGroup): void =>
    search.setState({
      groups: groups.includes(group) ? groups.filter((other) => other !== group) : [...groups, group],
    });
  return (
    <div className="filters__group" role="group" aria-label={t('history.states')}>
      {stateGroups.map((group) => (
        <Chip
          key={group}
          label={t(GROUP_KEYS[group])}
          pressed={groups.includes(group)}
          testId={`history-group-${group}`}
          onPress={() => toggle(group)}
        />
      ))}
    </div>
  );
}

/** Shown only when there are two or more to choose from. */
function CashierFilter(): ReactNode {
  const t = useT();
  const cashier = useStore(search, (state) => state.cashier);
  const [known, setKnown] = useState<readonly string[]>([]);
  useEffect(() => {
    let current = true;
    void call('history.cashiers', {}).then((reply) => {
      if (current && reply.ok) setKnown(reply.value);
    });
    return () => {
      current = false;
    };
  }, []);
  if (known.length < 2) return null;
  return (
    <div className="filters__group" role="group" aria-label={t('history.cashiers')}>
      {known.map((who) => (
        <Chip
          key={who}
          label={whoWords(t, who)}
          pressed={cashier === who}
          testId={`history-cashier-${who}`}
          onPress={() => search.setState({ cashier: cashier === who ? null : who })}
        />
      ))}
    </div>
  );
}

interface ChipProps {
  /** When it is pressed, nothing is filtered. */
  readonly isDefault?: boolean;
  readonly label: string;
  readonly pressed: boolean;
  readonly testId: string;
  readonly onPress: () => void;
}

function Chip({ label, pressed, isDefault = false, testId, onPress }: ChipProps): ReactNode {
  return (
    <button
      type="button"
      className="chip"
      data-default={isDefault || undefined}
      aria-pressed={pressed}
      data-testid={testId}
      onClick={onPress}
    >
      {pressed && <span aria-hidden="true">✓ </span>}
      {label}
    </button>
  );
}
