import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BillCalendar, BillMissing, BillProblem } from '../../../shared/contract/bill.ts';
import { beijingDay, DAY_MS } from '../../../shared/beijing.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { PageHead } from '../page-head.tsx';
import { BillDays } from './bill-days.tsx';
import { billStore, show, type BillShown } from './bill-store.ts';
import { BillSummary } from './bill-summary.tsx';
import { DayChoice } from './day-choice.tsx';
import { DifferenceRow } from './difference-row.tsx';
import { LatestDays } from './latest-days.tsx';
import './bill.css';

/**
 * WeChat's bills against this terminal: the calendar of days and their sums, and of one day what agrees in one figure and
 * what differs row by row, worst first.
 */
export function BillPage(): ReactNode {
  const t = useT();
  const outcome = useStore(billStore, (state) => state.outcome);
  const file = useCommand('bill.compare');
  const fetched = useCommand('bill.day');
  const compare = async (day: string | null): Promise<void> => {
    const done = await file.give({ day });
    if (done === null || done.value.kind === 'nothing-chosen') return;
    show(done.value.kind === 'compared' ? { ...done.value, from: 'file' } : done.value);
  };
  const open = async (day: string, anew: boolean): Promise<void> => {
    const done = await fetched.give({ day, anew });
    if (done !== null) show(done.value.kind === 'missing' ? { ...done.value, day } : done.value);
  };
  const busy = file.busy || fetched.busy;
  return (
    <>
      <PageHead title="bill.title" />
      <div className="bill">
        {outcome === null && <p className="bill__what">{t('bill.what')}</p>}
        <div className="bill__row">
          {outcome !== null && (
            <Button
              icon="calendar"
              label={t('bill.back')}
              disabled={busy}
              testId="bill-back"
              onPress={() => show(null)}
            />
          )}
          <Button
            icon="receipt"
            label={t('bill.choose')}
            busy={file.busy}
            disabled={fetched.busy}
            testId="bill-choose"
            onPress={() => void compare(null)}
          />
          <p role="status">{file.busy ? t('bill.comparing') : fetched.busy ? t('bill.fetching') : null}</p>
        </div>
        {file.refusal !== null && <ProblemNote {...file.refusal} testId="bill-error" />}
        {fetched.refusal !== null && <ProblemNote {...fetched.refusal} testId="bill-day-error" />}
        {outcome === null ? (
          <Days onDay={(day) => void open(day, false)} />
        ) : (
          !busy && (
            <Outcome outcome={outcome} onDay={(day) => void compare(day)} onFetch={(day) => void open(day, true)} />
          )
        )}
      </div>
    </>
  );
}

/** The calendar beside the picture of the last days; below them, where a bill file comes from. */
function Days({ onDay }: { readonly onDay: (day: string) => void }): ReactNode {
  const [calendar, setCalendar] = useState<BillCalendar | null>(null);
  const { refusal, give } = useCommand('bill.calendar');
  const shown = (done: { readonly value: BillCalendar } | null): void => {
    if (done !== null) setCalendar(done.value);
  };
  useEffect(() => {
    void give({ month: beijingDay(Date.now() - DAY_MS).slice(0, 7) }).then(shown);
  }, [give]);
  return (
    <>
      {refusal !== null && <ProblemNote {...refusal} testId="bill-calendar-error" />}
      {calendar !== null && (
        <div className="bill__overview">
          <BillDays calendar={calendar} onMonth={(month) => void give({ month }).then(shown)} onDay={onDay} />
          <LatestDays days={calendar.latest} />
        </div>
      )}
      <HowTo />
    </>
  );
}

/** The steps on the merchant platform, in their order. */
const STEPS = [
  'bill.steps.signIn',
  'bill.steps.open',
  'bill.steps.choose',
  'bill.steps.download',
  'bill.steps.back',
] as const;

/** Who has no bill file yet reads where it comes from. */
function HowTo(): ReactNode {
  const t = useT();
  return (
    <details className="bill__others bill__how" data-testid="bill-how">
      <summary>{t('bill.how')}</summary>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </details>
  );
}

const REFUSED_KEYS = {
  'not-a-bill': 'bill.refused.not-a-bill',
  'not-all-bill': 'bill.refused.not-all-bill',
  'excel-file': 'bill.refused.excel-file',
  'zip-file': 'bill.refused.zip-file',
  'not-utf8': 'bill.refused.not-utf8',
  'broken-line': 'bill.refused.broken-line',
  'line-too-long': 'bill.refused.line-too-long',
  'no-totals': 'bill.refused.no-totals',
  'totals-differ': 'bill.refused.totals-differ',
  'damaged-gzip': 'bill.refused.damaged-gzip',
  'other-merchant': 'bill.refused.other-merchant',
  'other-day': 'bill.refused.other-day',
  'several-days': 'bill.refused.several-days',
  'no-orders': 'bill.refused.no-orders',
  'not-permitted': 'bill.refused.not-permitted',
  unreadable: 'bill.refused.unreadable',
} as const satisfies KeysOf<'bill.refused', BillProblem>;

const MISSING_KEYS = {
  creating: 'bill.missing.creating',
  busy: 'bill.missing.busy',
  'too-often': 'bill.missing.too-often',
  'api-closed': 'bill.missing.api-closed',
  refused: 'bill.missing.refused',
  'too-large': 'bill.missing.too-large',
  disk: 'bill.missing.disk',
  'no-answer': 'bill.missing.no-answer',
  'no-bill': 'bill.missing.no-bill',
  'not-whole': 'bill.missing.not-whole',
} as const satisfies KeysOf<'bill.missing', BillMissing>;

interface OutcomeProps {
  readonly outcome: BillShown;
  /** The chosen file is compared again, with the rows of that day. */
  readonly onDay: (day: string) => void;
  /** WeChat is asked for the bill of that day. */
  readonly onFetch: (day: string) => void;
}

function Outcome({ outcome, onDay, onFetch }: OutcomeProps): ReactNode {
  switch (outcome.kind) {
    case 'missing':
      return <Missing outcome={outcome} onFetch={onFetch} />;
    case 'refused':
      return <Refused outcome={outcome} onDay={onDay} />;
    case 'compared':
      return (
        <>
          <BillSummary comparison={outcome.comparison} from={outcome.from} />
          <ol className="bill__differences">
            {outcome.comparison.differences.map((difference, index) => (
              <DifferenceRow key={index} difference={difference} />
            ))}
          </ol>
        </>
      );
  }
}

interface MissingProps {
  readonly outcome: Extract<BillShown, { kind: 'missing' }>;
  readonly onFetch: (day: string) => void;
}

function Missing({ outcome: { day, why }, onFetch }: MissingProps): ReactNode {
  const t = useT();
  return (
    <section className="bill__summary" data-tone="wait" data-testid="bill-missing" data-code={why}>
      <h2 className="bill__verdict">
        <Icon name="question" />
        {t('bill.missingTitle', { day })}
      </h2>
      <p role="alert">{t(MISSING_KEYS[why])}</p>
      <div className="bill__row">
        <Button icon="again" label={t('bill.fetchAgain')} testId="bill-fetch" onPress={() => onFetch(day)} />
      </div>
    </section>
  );
}

interface RefusedProps {
  readonly outcome: Extract<BillShown, { kind: 'refused' }>;
  readonly onDay: (day: string) => void;
}

function Refused({ outcome: { problem, line, days }, onDay }: RefusedProps): ReactNode {
  const t = useT();
  const isQuestion = problem === 'no-orders' || days.length > 0;
  return (
    <>
      <p
        className={isQuestion ? 'bill__question' : 'problem-note'}
        role="alert"
        data-testid="bill-refused"
        data-code={problem}
      >
        <Icon name={isQuestion ? 'question' : 'warning'} />
        {[line === null ? null : t('bill.line', { line }), t(REFUSED_KEYS[problem])]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
      {isQuestion && <DayChoice days={days} onDay={onDay} />}
    </>
  );
}
