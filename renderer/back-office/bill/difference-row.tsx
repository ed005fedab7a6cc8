import { useState, type ReactNode } from 'react';
import { beijingIso } from '../../../shared/beijing.ts';
import { differenceKindSchema, type Asked, type Difference, type DifferenceKind } from '../../../shared/contract/bill.ts';
import { formatYuan } from '../../../shared/money.ts';
import { findNumber } from '../../state/actions.ts';
import { useT, type Translate } from '../../i18n/i18n.ts';
import { groupsOfFour } from '../../input/number-entry.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { answerWords } from '../../i18n/code-words.ts';

/** Down to here somebody's money may be at the wrong place; below it is a question of books. */
const worst: readonly DifferenceKind[] = differenceKindSchema.options.slice(0, 5);

/** One thing that differs: what, how much on each side, what to do, and WeChat's own word for the asking. */
export function DifferenceRow({ difference }: { readonly difference: Difference }): ReactNode {
  const t = useT();
  const { kind, orderId, outTradeNo, transactionId, atMs, line } = difference;
  const number = outTradeNo ?? transactionId;
  const where = [
    number === null ? null : groupsOfFour(number).join(' '),
    atMs === null ? null : beijingIso(atMs).slice(0, 19).replace('T', ' '),
    line === null ? null : t('bill.line', { line }),
  ];
  return (
    <li className="difference" data-tone={worst.includes(kind) ? 'alarm' : 'wait'} data-testid="difference" data-kind={kind}>
      <div className="difference__words">
        <h3 className="difference__title">{t(`bill.kind.${kind}.title`)}</h3>
        <p className="difference__where">{where.filter((part) => part !== null).join(' · ')}</p>
        <p>{sides(t, difference)}</p>
        <p className="difference__todo">{t(`bill.kind.${kind}.todo`)}</p>
      </div>
      <Ask outTradeNo={outTradeNo} transactionId={outTradeNo === null ? transactionId : null}>
        {orderId !== null && (
          <Button label={t('bill.open')} testId="difference-open" onPress={() => void findNumber(number ?? orderId)} />
        )}
      </Ask>
    </li>
  );
}

function sides(t: Translate, { here, hereFen, billFen, refundedFen }: Difference): string {
  const yuan = (fen: number | null): string => (fen === null ? t('bill.none') : `¥${formatYuan(fen)}`);
  const ours = hereFen === null ? t(`bill.state.${here}`) : `${t(`bill.state.${here}`)} ${yuan(hereFen)}`;
  return [`${t('bill.here')}: ${ours}`, `${t('bill.bill')}: ${yuan(billFen)}`, ...(refundedFen === null ? [] : [`${t('bill.billRefund')}: ${yuan(refundedFen)}`])].join(' · ');
}

interface AskProps {
  readonly outTradeNo: string | null;
  readonly transactionId: string | null;
  readonly children: ReactNode;
}

function Ask({ outTradeNo, transactionId, children }: AskProps): ReactNode {
  const t = useT();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { busy, refusal, give } = useCommand('bill.ask');
  const ask = async (): Promise<void> => {
    setAsked(null);
    setAsked((await give({ outTradeNo, transactionId }))?.value ?? null);
  };
  return (
    <div className="difference__acts">
      {outTradeNo !== null || transactionId !== null ? (
        <Button icon="question" label={t('bill.ask')} busy={busy} testId="difference-ask" onPress={() => void ask()} />
      ) : null}
      {children}
      <p className="difference__answer" role="status" data-testid="difference-answer">
        {busy ? t('bill.asking') : asked === null ? null : askedWords(t, asked)}
      </p>
      {refusal !== null && <ProblemNote {...refusal} testId="difference-error" />}
    </div>
  );
}

function askedWords(t: Translate, asked: Asked): string {
  switch (asked.kind) {
    case 'seen':
      return t('bill.askedSeen', { answer: [tradeWords(t, asked.tradeState), asked.amountFen === null ? null : `¥${formatYuan(asked.amountFen)}`].filter((part) => part !== null).join(' ') });
    case 'not-found':
      return t('bill.askedSeen', { answer: t('tradeState.NOTFOUND') });
    case 'refused':
      return t('bill.askedNone', { answer: answerWords(t, asked.errCode) });
    case 'no-answer':
      return t('bill.askedNone', { answer: answerWords(t, asked.why) });
  }
}

const tradeWords = (t: Translate, state: Extract<Asked, { kind: 'seen' }>['tradeState']): string => t(`tradeState.${state}`);
