import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { BillProblem } from '../../../shared/contract/bill.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { PageHead } from '../page-head.tsx';
import { billStore, type BillState } from './bill-store.ts';
import { BillSummary } from './bill-summary.tsx';
import { DayChoice } from './day-choice.tsx';
import { DifferenceRow } from './difference-row.tsx';
import './bill.css';

/** WeChat's bill of a day against this terminal: what agrees in one figure, what differs row by row, worst first. */
export function BillPage(): ReactNode {
  const t = useT();
  const outcome = useStore(billStore, (state) => state.outcome);
  const { busy, refusal, give } = useCommand('bill.compare');
  const compare = async (day: string | null): Promise<void> => {
    const done = await give({ day });
    if (done !== null && done.value.kind !== 'nothing-chosen') billStore.setState({ outcome: done.value });
  };
  return (
    <>
      <PageHead title="bill.title" />
      <div className="bill">
        <p className="bill__what">{t('bill.what')}</p>
        <div className="bill__row">
          <Button
            look="strong"
            icon="receipt"
            label={t('bill.choose')}
            busy={busy}
            testId="bill-choose"
            onPress={() => void compare(null)}
          />
          <p role="status">{busy ? t('bill.comparing') : null}</p>
        </div>
        {refusal !== null && <ProblemNote {...refusal} testId="bill-error" />}
        {outcome === null && <HowTo />}
        {!busy && outcome !== null && <Outcome outcome={outcome} onDay={(day) => void compare(day)} />}
      </div>
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

/** Who has no file yet reads where it comes from. */
function HowTo(): ReactNode {
  const t = useT();
  return (
    <section className="bill__how" aria-labelledby="bill-how" data-testid="bill-how">
      <h2 id="bill-how">{t('bill.how')}</h2>
      <ol>
        {STEPS.map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
    </section>
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

interface OutcomeProps {
  readonly outcome: NonNullable<BillState['outcome']>;
  /** The chosen file is compared again, with the rows of that day. */
  readonly onDay: (day: string) => void;
}

function Outcome({ outcome, onDay }: OutcomeProps): ReactNode {
  const t = useT();
  if (outcome.kind === 'refused') {
    const { problem, line, days } = outcome;
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
  const { comparison } = outcome;
  return (
    <>
      <BillSummary comparison={comparison} />
      <ol className="bill__differences">
        {comparison.differences.map((difference, index) => (
          <DifferenceRow key={index} difference={difference} />
        ))}
      </ol>
    </>
  );
}
