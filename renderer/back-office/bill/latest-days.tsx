import type { ReactNode } from 'react';
import type { BillDay, BillSums } from '../../../shared/contract/bill.ts';
import { formatYuan } from '../../../shared/money.ts';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { useT, type MessageKey, type Translate } from '../../i18n/i18n.ts';
import { DAY_STATE_KEYS } from './bill-days.tsx';
import './latest-days.css';

type Measure = keyof BillSums;

const MEASURES: readonly { readonly of: Measure; readonly icon: IconName; readonly tone: Tone }[] = [
  { of: 'paid', icon: 'squareCheck', tone: 'paid' },
  { of: 'cancelled', icon: 'circleCheck', tone: 'clear' },
  { of: 'refunded', icon: 'returned', tone: 'clear' },
  { of: 'inDoubt', icon: 'warning', tone: 'alarm' },
];

const MEASURE_KEYS = {
  paid: 'bill.paid',
  cancelled: 'bill.cancelledBack',
  refunded: 'bill.refunded',
  inDoubt: 'bill.latest.inDoubt',
} as const satisfies Record<Measure, MessageKey>;

const yuan = (fen: number): string => `¥${formatYuan(fen)}`;

/** The last 30 days by the bills: a row of bars for each sum, with its numbers in words, and all of it as a table. */
export function LatestDays({ days }: { readonly days: readonly BillDay[] }): ReactNode {
  const t = useT();
  const from = days[0]?.day ?? '';
  const to = days.at(-1)?.day ?? '';
  const missing = days.filter(({ state }) => state === 'missing').length;
  return (
    <section className="latest" aria-labelledby="bill-latest" data-testid="bill-latest">
      <h2 id="bill-latest">{t('bill.latest.title', { from, to })}</h2>
      <div className="latest__rows">
        {MEASURES.map((measure) => (
          <MeasureRow key={measure.of} days={days} {...measure} />
        ))}
      </div>
      {missing > 0 && (
        <p className="latest__missing">
          <Icon name="question" />
          {t('bill.latest.missing', { count: missing })}
        </p>
      )}
      <details className="latest__table">
        <summary data-testid="bill-latest-table">{t('bill.latest.table')}</summary>
        <Table days={days} />
      </details>
    </section>
  );
}

interface MeasureProps {
  readonly days: readonly BillDay[];
  readonly of: Measure;
  readonly icon: IconName;
  readonly tone: Tone;
}

const fenOf = ({ record }: BillDay, of: Measure): number => record?.sums[of].fen ?? 0;

function MeasureRow({ days, of, icon, tone }: MeasureProps): ReactNode {
  const t = useT();
  const name = t(MEASURE_KEYS[of]);
  const words = wordsOf(t, days, of);
  return (
    <figure className="latest__row" data-tone={tone}>
      <figcaption className="latest__words">
        <b className="latest__name">
          <Icon name={icon} />
          {name}
        </b>
        {words.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </figcaption>
      <Bars days={days} of={of} label={[name, ...words].join(', ')} />
      <p className="latest__ends" aria-hidden="true">
        <span>{days[0]?.day.slice(5)}</span>
        <span>{days.at(-1)?.day.slice(5)}</span>
      </p>
    </figure>
  );
}

/** What the bars say: the sum and the count of all days, and the day with the most. */
function wordsOf(t: Translate, days: readonly BillDay[], of: Measure): string[] {
  const fen = days.reduce((sum, day) => sum + fenOf(day, of), 0);
  const count = days.reduce((sum, { record }) => sum + (record?.sums[of].count ?? 0), 0);
  if (count === 0) return [t('bill.latest.noneOf')];
  const most = days.reduce((a, b) => (fenOf(b, of) > fenOf(a, of) ? b : a));
  return [
    t('bill.latest.total', { sum: yuan(fen), count }),
    t('bill.latest.most', { day: most.day.slice(5), sum: yuan(fenOf(most, of)) }),
  ];
}

/** In units of the picture: a bar with its gap, and how high the highest is. */
const STEP = 10;
const GAP = 3;
const HEIGHT = 40;
/** Something is never drawn as nothing. */
const LEAST = 2;

function Bars({ days, of, label }: Pick<MeasureProps, 'days' | 'of'> & { readonly label: string }): ReactNode {
  const most = Math.max(1, ...days.map((day) => fenOf(day, of)));
  return (
    <svg
      className="latest__bars"
      viewBox={`0 0 ${String(days.length * STEP)} ${String(HEIGHT + LEAST)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {days.map((day, index) => {
        const fen = fenOf(day, of);
        const height = fen === 0 ? 0 : Math.max(LEAST, (fen / most) * HEIGHT);
        const x = index * STEP;
        return (
          <g key={day.day}>
            <rect
              className={day.record === null ? 'latest__gap' : 'latest__ground'}
              x={x}
              y={HEIGHT}
              width={STEP - GAP}
              height={LEAST}
            />
            <rect className="latest__bar" x={x} y={HEIGHT - height} width={STEP - GAP} height={height} />
          </g>
        );
      })}
    </svg>
  );
}

function Table({ days }: { readonly days: readonly BillDay[] }): ReactNode {
  const t = useT();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('bill.latest.day')}</th>
          {MEASURES.map(({ of }) => (
            <th key={of} scope="col">
              {t(MEASURE_KEYS[of])}
            </th>
          ))}
          <th scope="col">{t('bill.latest.state')}</th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map((day) => (
          <tr key={day.day}>
            <th scope="row">{day.day}</th>
            {MEASURES.map(({ of }) => (
              <td key={of}>{day.record === null ? '–' : yuan(fenOf(day, of))}</td>
            ))}
            <td>{t(DAY_STATE_KEYS[day.state])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
