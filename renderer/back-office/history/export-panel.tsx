import { useState, type ReactNode } from 'react';
import { beijingDay, dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import { orderGroupSchema, type OrderGroup } from '../../../shared/contract/exports.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { dayToIso } from '../../../shared/beijing-day.ts';
import { DayField } from '../../components/form/day-field.tsx';
import { dayProblem } from '../../components/form/month.ts';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { SearchState, StateGroup } from './search-state.ts';
import './export-panel.css';

const GROUP_KEYS = {
  all: 'support.groups.all',
  paid: 'support.groups.paid',
  cancelled: 'support.groups.cancelled',
  unresolved: 'support.groups.unresolved',
  failed: 'support.groups.failed',
  settled: 'support.groups.settled',
} as const satisfies KeysOf<'support.groups', OrderGroup>;

/** The state of a table that holds what a search for one state finds. */
const GROUP_OF: Readonly<Record<StateGroup, OrderGroup>> = {
  paid: 'paid',
  closed: 'cancelled',
  refunded: 'cancelled',
  underWay: 'unresolved',
  attention: 'unresolved',
  failed: 'failed',
  settled: 'settled',
};

/** The orders of some days as a table. It begins with the days and the state that were searched for. */
export function ExportPanel({ from }: { readonly from: Pick<SearchState, 'days' | 'groups'> }): ReactNode {
  const t = useT();
  const [today] = useState(() => beijingDay(Date.now()));
  const { days, groups } = from;
  const [fromDay, setFromDay] = useState(() => (days === null ? today : dayToIso(days.from)));
  const [toDay, setToDay] = useState(() => (days === null ? today : dayToIso(days.to)));
  const [searched, ...more] = groups;
  const [group, setGroup] = useState<OrderGroup>(
    searched === undefined || more.length > 0 ? 'all' : GROUP_OF[searched],
  );
  const [saved, setSaved] = useState<string | null>(null);
  const { busy, refusal, give } = useCommand('export.orders');
  const areDays = [fromDay, toDay].every((day) => dayProblem(day, today) === null);
  const fits = areDays && fromDay <= toDay;
  const choose = (from: string, to: string): void => {
    setFromDay(from);
    setToDay(to);
  };
  const save = async (): Promise<void> => {
    setSaved(null);
    const done = (await give({ fromDay, toDay, group }))?.value ?? null;
    setSaved(done === null ? null : t('support.savedCount', { file: done.fileName, count: done.count ?? 0 }));
  };
  const status = busy
    ? t('support.savingOrders')
    : fits
      ? (saved ?? t('support.span', { fromDay, toDay }))
      : areDays
        ? t('support.badDays')
        : null;
  return (
    <section className="export" aria-label={t('support.orders')} data-testid="orders">
      <p className="export__what">{t('support.ordersWhat')}</p>
      <Spans today={today} onChoose={choose} />
      <div className="export__row">
        <DayField label={t('support.fromDay')} value={fromDay} max={today} testId="orders-from" onChange={setFromDay} />
        <DayField label={t('support.toDay')} value={toDay} max={today} testId="orders-to" onChange={setToDay} />
        <label className="export__state">
          <span className="field__label">{t('support.group')}</span>
          <select
            className="field__input"
            value={group}
            data-testid="orders-group"
            onChange={({ target }) => setGroup(orderGroupSchema.parse(target.value))}
          >
            {orderGroupSchema.options.map((option) => (
              <option key={option} value={option}>
                {t(GROUP_KEYS[option])}
              </option>
            ))}
          </select>
        </label>
        <Button
          look="strong"
          icon="disk"
          label={t('support.saveOrders')}
          disabled={!fits}
          busy={busy}
          testId="save-orders"
          onPress={() => void save()}
        />
      </div>
      {refusal !== null && <ProblemNote {...refusal} testId="orders-error" />}
      <p className="export__status" role="status" data-testid="orders-status">
        {status}
      </p>
    </section>
  );
}

interface SpansProps {
  readonly today: string;
  readonly onChoose: (fromDay: string, toDay: string) => void;
}

/** The usual periods, in one touch: `back` days before today, for this many days. */
const spans = [
  { name: 'today', label: 'support.spans.today', back: 0, days: 1 },
  { name: 'yesterday', label: 'support.spans.yesterday', back: 1, days: 1 },
  { name: 'week', label: 'support.spans.week', back: 6, days: 7 },
  { name: 'month', label: 'support.spans.month', back: 30, days: 31 },
] as const;

function Spans({ today, onChoose }: SpansProps): ReactNode {
  const t = useT();
  const before = (days: number): string => beijingDay(dayStartMs(today) - days * DAY_MS);
  return (
    <div className="export__spans">
      {spans.map(({ name, label, back, days }) => (
        <Button
          key={name}
          label={t(label)}
          testId={`span-${name}`}
          onPress={() => onChoose(before(back), before(back - days + 1))}
        />
      ))}
    </div>
  );
}
