import { useState, type ReactNode } from 'react';
import type { BillFrom, Comparison, OddField } from '../../../shared/contract/bill.ts';
import { formatYuan } from '../../../shared/money.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useCommand } from '../../bridge/use-command.ts';

const differing = ({ counts }: Comparison): number => counts.reduce((sum, { count }) => sum + count, 0);

const FROM_KEYS = {
  wechat: 'bill.from.wechat',
  file: 'bill.from.file',
  none: 'bill.from.none',
} as const satisfies KeysOf<'bill.from', BillFrom>;

export interface BillSummaryProps {
  readonly comparison: Comparison;
  readonly from: BillFrom;
}

/** The answer first: whether everything agrees, shown by a word, a shape and a figure. */
export function BillSummary({ comparison, from }: BillSummaryProps): ReactNode {
  const t = useT();
  const { day, matched, paidFen, sums, others, otherDays, odd, differences } = comparison;
  const count = differing(comparison);
  const totals = [
    { name: t('bill.matched'), value: String(matched) },
    { name: t('bill.differing'), value: String(count) },
    { name: t('bill.paid'), value: `¥${formatYuan(paidFen)}` },
    { name: t('bill.cancelledBack'), value: `¥${formatYuan(sums.cancelled.fen)}` },
    { name: t('bill.refunded'), value: `¥${formatYuan(sums.refunded.fen)}` },
  ];
  return (
    <section className="bill__summary" data-tone={count === 0 ? 'clear' : 'alarm'} data-testid="bill-summary">
      <h2 className="bill__verdict" data-testid="bill-verdict">
        <Icon name={count === 0 ? 'circleCheck' : 'warning'} />
        {t('bill.ofDay', { day })} · {count === 0 ? t('bill.agrees') : t('bill.differs', { count })}
      </h2>
      <p data-testid="bill-from">{t(FROM_KEYS[from])}</p>
      <dl className="bill__figures">
        {totals.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {others.rows > 0 && (
        <details className="bill__others" data-testid="bill-others">
          <summary>{t('bill.others', { count: others.rows, sum: `¥${formatYuan(others.paidFen)}` })}</summary>
          <p>{t('bill.othersWhat')}</p>
        </details>
      )}
      {otherDays > 0 && <p data-testid="bill-other-days">{t('bill.otherDays', { count: otherDays })}</p>}
      {odd.count > 0 && <OddRows odd={odd} />}
      {differences.length > 0 && <ExportButton left={count - differences.length} />}
    </section>
  );
}

const ODD_KEYS = {
  row: 'bill.oddField.row',
  transactionId: 'bill.oddField.transactionId',
  outTradeNo: 'bill.oddField.outTradeNo',
  time: 'bill.oddField.time',
  state: 'bill.oddField.state',
  amount: 'bill.oddField.amount',
} as const satisfies KeysOf<'bill.oddField', OddField>;

/** Rows that were left aside, each with its line and what is odd about it. */
function OddRows({ odd }: { readonly odd: Comparison['odd'] }): ReactNode {
  const t = useT();
  return (
    <details className="bill__others" data-testid="bill-odd">
      <summary>{t('bill.odd', { count: odd.count })}</summary>
      <p>{t('bill.oddWhat')}</p>
      <ul>
        {odd.shown.map(({ line, field, text }) => (
          <li key={line}>
            {t('bill.line', { line })} · {t(ODD_KEYS[field])} <code>{text}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function ExportButton({ left }: { readonly left: number }): ReactNode {
  const t = useT();
  const [file, setFile] = useState<string | null>(null);
  const { busy, refusal, give } = useCommand('bill.export');
  const save = async (): Promise<void> => {
    setFile(null);
    setFile((await give({}))?.value?.fileName ?? null);
  };
  return (
    <div className="bill__row">
      <Button icon="disk" label={t('bill.export')} busy={busy} testId="bill-export" onPress={() => void save()} />
      <p role="status" data-testid="bill-saved">
        {file !== null ? t('bill.saved', { file }) : left > 0 ? t('bill.more', { count: left }) : null}
      </p>
      {refusal !== null && <ProblemNote {...refusal} testId="bill-export-error" />}
    </div>
  );
}
