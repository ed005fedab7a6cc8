import { useState, type ReactNode } from 'react';
import { beijingDay, daySchema, dayStartMs, DAY_MS } from '../../../shared/beijing.ts';
import { orderGroupSchema, type OrderGroup } from '../../../shared/contract/exports.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

const GROUP_KEYS = {
  all: 'support.groups.all',
  paid: 'support.groups.paid',
  cancelled: 'support.groups.cancelled',
  unresolved: 'support.groups.unresolved',
  failed: 'support.groups.failed',
  settled: 'support.groups.settled',
} as const satisfies KeysOf<'support.groups', OrderGroup>;

/** The orders of some days as a table. */
export function OrdersSection(): ReactNode {
  const t = useT();
  const [today] = useState(() => beijingDay(Date.now()));
  const [fromDay, setFromDay] = useState(today);
  const [toDay, setToDay] = useState(today);
  const [group, setGroup] = useState<OrderGroup>('all');
  const [saved, setSaved] = useState<string | null>(null);
  const { busy, refusal, give } = useCommand('export.orders');
  const fits = daySchema.safeParse(fromDay).success && daySchema.safeParse(toDay).success && fromDay <= toDay;
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
      : t('support.badDays');
  return (
    <Section
      title={t('support.orders')}
      what={t('support.ordersWhat')}
      refusal={refusal}
      status={status}
      testId="orders"
    >
      <Spans today={today} onChoose={choose} />
      <DayField label={t('support.fromDay')} day={fromDay} max={today} testId="orders-from" onChange={setFromDay} />
      <DayField label={t('support.toDay')} day={toDay} max={today} testId="orders-to" onChange={setToDay} />
      <label className="support__field">
        {t('support.group')}
        <select
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
    </Section>
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
    <div className="support__spans">
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

interface DayFieldProps {
  readonly label: string;
  readonly day: string;
  readonly max: string;
  readonly testId: string;
  readonly onChange: (day: string) => void;
}

function DayField({ label, day, max, testId, onChange }: DayFieldProps): ReactNode {
  return (
    <label className="support__field">
      {label}
      <input type="date" value={day} max={max} data-testid={testId} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}
