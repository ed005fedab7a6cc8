import { useState, type ReactNode } from 'react';
import type { Recall, TimelineRow } from '../../shared/order/order.ts';
import { timeOfDay } from '../i18n/beijing-time.ts';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { resultWords } from '../i18n/code-words.ts';
import { Icon } from '../components/icon.tsx';
import { TechnicalButton } from '../components/technical.tsx';
import './timeline.css';

export interface TimelineProps {
  /** `null` while it is being read. */
  readonly rows: readonly TimelineRow[] | null;
  /** The code behind the order's state, if it has one. */
  readonly code?: string | null;
}

/** Everything that happened to an order, the newest first, in words; codes stand behind a button. */
export function Timeline({ rows, code = null }: TimelineProps): ReactNode {
  const t = useT();
  const [technical, setTechnical] = useState(false);
  if (rows === null) return <p className="timeline__none">{t('timeline.loading')}</p>;
  if (rows.length === 0) return <p className="timeline__none">{t('timeline.empty')}</p>;
  return (
    <>
      <ol className="timeline" data-testid="timeline">
        {/* One event may have several lines, so its number alone is no key. */}
        {rows.toReversed().map((row) => (
          <Row key={`${String(row.seq)} ${row.what}`} row={row} technical={technical} />
        ))}
      </ol>
      <div className="timeline__technical">
        <TechnicalButton open={technical} onToggle={() => setTechnical(!technical)} />
        {technical && code !== null && <p className="timeline__small-print">{code}</p>}
      </div>
    </>
  );
}

const WHAT_KEYS = {
  registered: 'timeline.what.registered',
  'pay-left': 'timeline.what.pay-left',
  'pay-answered': 'timeline.what.pay-answered',
  'query-answered': 'timeline.what.query-answered',
  'reverse-left': 'timeline.what.reverse-left',
  'reverse-answered': 'timeline.what.reverse-answered',
  'cancel-armed': 'timeline.what.cancel-armed',
  'cancel-withdrawn': 'timeline.what.cancel-withdrawn',
  'payment-kept': 'timeline.what.payment-kept',
  'refund-chosen': 'timeline.what.refund-chosen',
  'asked-by-hand': 'timeline.what.asked-by-hand',
  'tried-by-hand': 'timeline.what.tried-by-hand',
  resumed: 'timeline.what.resumed',
  'settled-by-manager': 'timeline.what.settled-by-manager',
  cancelled: 'timeline.what.cancelled',
  attention: 'timeline.what.attention',
  'unknown-entry': 'timeline.what.unknown-entry',
  'refund-handed-over': 'timeline.what.refund-handed-over',
  'refund-made': 'timeline.what.refund-made',
  'refund-not-made': 'timeline.what.refund-not-made',
  'refund-asked': 'timeline.what.refund-asked',
  'refund-left': 'timeline.what.refund-left',
  'refund-answered': 'timeline.what.refund-answered',
  'refund-looked': 'timeline.what.refund-looked',
  'refund-retried': 'timeline.what.refund-retried',
  'refund-settled': 'timeline.what.refund-settled',
} as const satisfies KeysOf<'timeline.what', TimelineRow['what']>;

const RECALL_KEYS = {
  Y: 'timeline.recall.Y',
  N: 'timeline.recall.N',
  missing: 'timeline.recall.missing',
} as const satisfies KeysOf<'timeline.recall', Recall>;

interface RowProps {
  readonly row: TimelineRow;
  /** With codes, hosts and latencies. */
  readonly technical: boolean;
}

function Row({ row, technical }: RowProps): ReactNode {
  const t = useT();
  const result = resultWords(t, row);
  return (
    <li className="timeline__row" data-testid="timeline-row" data-what={row.what} data-recall={row.recall ?? undefined}>
      <time className="timeline__time">{timeOfDay(row.atMs)}</time>
      <div>
        <p className="timeline__what">
          {t(WHAT_KEYS[row.what])}
          {row.attempt !== null && (
            <span className="timeline__attempt">{t('timeline.attempt', { count: row.attempt })}</span>
          )}
        </p>
        {result !== null && <p className="timeline__result">{result}</p>}
        {row.recall !== null && (
          <p className="timeline__recall" data-again={row.recall !== 'N' || undefined}>
            {row.recall !== 'N' && <Icon name="again" />}
            <span>{t(RECALL_KEYS[row.recall])}</span>
          </p>
        )}
        {technical && <SmallPrint row={row} />}
      </div>
    </li>
  );
}

/** An event without an answer has no code; its `result` names who did it. */
const DONE: ReadonlySet<TimelineRow['what']> = new Set(['cancel-armed', 'tried-by-hand', 'refund-made']);

function SmallPrint({ row }: Pick<RowProps, 'row'>): ReactNode {
  const t = useT();
  const latency = row.latencyMs === null ? null : t('timeline.latency', { ms: Math.round(row.latencyMs) });
  const parts = [
    DONE.has(row.what) ? null : (row.errCode ?? row.result),
    row.recall === null ? null : `recall=${row.recall}`,
    latency,
    row.host,
  ];
  const text = parts.filter((part) => part !== null).join(' · ');
  return text === '' ? null : <p className="timeline__small-print">{text}</p>;
}
