import { useState, type ReactNode } from 'react';
import { beijingTime } from '../../../shared/beijing.ts';
import {
  MONEY_IN_DOUBT,
  type Asked,
  type Difference,
  type DifferenceKind,
  type StandingHere,
} from '../../../shared/contract/bill.ts';
import { formatYuan } from '../../../shared/money.ts';
import { findNumber } from '../../state/actions.ts';
import { useT, type KeysOf, type PartKeysOf, type Translate } from '../../i18n/i18n.ts';
import { groupsOfFour } from '../../input/number-entry.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { TRADE_STATE_KEYS } from '../../i18n/code-keys.ts';
import { answerWords } from '../../i18n/code-words.ts';

const KIND_KEYS = {
  'cancelled-here-paid-in-bill': {
    title: 'bill.kind.cancelled-here-paid-in-bill.title',
    todo: 'bill.kind.cancelled-here-paid-in-bill.todo',
  },
  'failed-here-paid-in-bill': {
    title: 'bill.kind.failed-here-paid-in-bill.title',
    todo: 'bill.kind.failed-here-paid-in-bill.todo',
  },
  'paid-in-bill-not-here': {
    title: 'bill.kind.paid-in-bill-not-here.title',
    todo: 'bill.kind.paid-in-bill-not-here.todo',
  },
  'amount-differs': { title: 'bill.kind.amount-differs.title', todo: 'bill.kind.amount-differs.todo' },
  'duplicate-in-bill': { title: 'bill.kind.duplicate-in-bill.title', todo: 'bill.kind.duplicate-in-bill.todo' },
  'unresolved-here-settled-in-bill': {
    title: 'bill.kind.unresolved-here-settled-in-bill.title',
    todo: 'bill.kind.unresolved-here-settled-in-bill.todo',
  },
  'paid-here-not-in-bill': {
    title: 'bill.kind.paid-here-not-in-bill.title',
    todo: 'bill.kind.paid-here-not-in-bill.todo',
  },
  'refunded-in-bill-not-here': {
    title: 'bill.kind.refunded-in-bill-not-here.title',
    todo: 'bill.kind.refunded-in-bill-not-here.todo',
  },
  'settled-here-paid-in-bill': {
    title: 'bill.kind.settled-here-paid-in-bill.title',
    todo: 'bill.kind.settled-here-paid-in-bill.todo',
  },
  'row-not-read': { title: 'bill.kind.row-not-read.title', todo: 'bill.kind.row-not-read.todo' },
  'perhaps-in-next-bill': {
    title: 'bill.kind.perhaps-in-next-bill.title',
    todo: 'bill.kind.perhaps-in-next-bill.todo',
  },
} as const satisfies PartKeysOf<'bill.kind', DifferenceKind, 'title' | 'todo'>;

/**
 * One difference: what it is, the amount on each side, what to do. WeChat's current state of the order comes on
 * request.
 */
export function DifferenceRow({ difference }: { readonly difference: Difference }): ReactNode {
  const t = useT();
  const { kind, orderId, outTradeNo, transactionId, atMs, line } = difference;
  const number = outTradeNo ?? transactionId;
  const where = [
    number === null ? null : groupsOfFour(number).join(' '),
    atMs === null ? null : beijingTime(atMs),
    line === null ? null : t('bill.line', { line }),
  ];
  return (
    <li
      className="difference"
      data-tone={MONEY_IN_DOUBT.includes(kind) ? 'alarm' : 'wait'}
      data-testid="difference"
      data-kind={kind}
    >
      <div className="difference__words">
        <h3 className="difference__title tone-word">{t(KIND_KEYS[kind].title)}</h3>
        <p className="difference__where">{where.filter((part) => part !== null).join(' · ')}</p>
        <p>{sides(t, difference)}</p>
        <p className="difference__todo">{t(KIND_KEYS[kind].todo)}</p>
      </div>
      <Ask outTradeNo={outTradeNo} transactionId={outTradeNo === null ? transactionId : null}>
        {orderId !== null && (
          <Button
            label={t('bill.open')}
            testId="difference-open"
            onPress={() =>
              void findNumber(number ?? orderId, outTradeNo === null ? 'wechat-pay-number' : 'order-number')
            }
          />
        )}
      </Ask>
    </li>
  );
}

const HERE_KEYS = {
  paid: 'bill.state.paid',
  closed: 'bill.state.closed',
  revoked: 'bill.state.revoked',
  refunded: 'bill.state.refunded',
  failed: 'bill.state.failed',
  unresolved: 'bill.state.unresolved',
  settled: 'bill.state.settled',
  'looked-up': 'bill.state.looked-up',
  unknown: 'bill.state.unknown',
} as const satisfies KeysOf<'bill.state', StandingHere>;

function sides(t: Translate, { here, hereFen, billFen, refundedFen }: Difference): string {
  const yuan = (fen: number | null): string => (fen === null ? t('bill.none') : `¥${formatYuan(fen)}`);
  const stands = t(HERE_KEYS[here]);
  const ours = hereFen === null ? stands : `${stands} ${yuan(hereFen)}`;
  return [
    `${t('bill.here')}: ${ours}`,
    `${t('bill.bill')}: ${yuan(billFen)}`,
    ...(refundedFen === null ? [] : [`${t('bill.billRefund')}: ${yuan(refundedFen)}`]),
  ].join(' · ');
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
      return t('bill.askedSeen', {
        answer: [
          t(TRADE_STATE_KEYS[asked.tradeState]),
          asked.amountFen === null ? null : `¥${formatYuan(asked.amountFen)}`,
        ]
          .filter((part) => part !== null)
          .join(' '),
      });
    case 'not-found':
      return t('bill.askedSeen', { answer: t(TRADE_STATE_KEYS.NOTFOUND) });
    case 'refused':
      return t('bill.askedNone', { answer: answerWords(t, asked.errCode) });
    case 'no-answer':
      return t('bill.askedNone', { answer: answerWords(t, asked.why) });
  }
}
