import type { ReactNode } from 'react';
import { beijingTime } from '../../shared/beijing.ts';
import type { Paper, Person, Slip } from '../../shared/contract/exports.ts';
import { formatYuan } from '../../shared/money.ts';
import { CAUSE_KEYS, ROLE_KEYS, TRADE_STATE_KEYS } from '../i18n/code-keys.ts';
import { hasWords, useT, type KeysOf, type Translate } from '../i18n/i18n.ts';
import { Icon } from '../components/icon.tsx';
import { kindOf, SLIP_SHAPES, type SlipKind } from './slip-shapes.ts';
import './slip-paper.css';

export interface SlipPaperProps {
  readonly slip: Slip;
  readonly paper: Paper;
}

const END_KEYS = {
  closed: 'slip.end.closed',
  revoked: 'slip.end.revoked',
  refunded: 'slip.end.refunded',
  settled: 'slip.end.settled',
  attention: 'slip.end.attention',
  'handed-over': 'slip.end.handed-over',
} as const satisfies KeysOf<'slip.end', SlipKind>;

/**
 * The slip as the printer prints it: black on white, whatever theme the screen has. Its end has the same shape as on the
 * till.
 */
export function SlipPaper({ slip, paper }: SlipPaperProps): ReactNode {
  const t = useT();
  return (
    <article className="slip" data-paper={paper}>
      <header className="slip__head">
        <p className="slip__store">{slip.storeName}</p>
        <h3 className="slip__title">{t('slip.heading')}</h3>
      </header>
      {slip.environment === 'practice' && <p className="slip__practice">{t('slip.practice')}</p>}
      <p className="slip__end">
        <Icon name={SLIP_SHAPES[kindOf(slip.end)]} />
        {t(END_KEYS[kindOf(slip.end)])}
      </p>
      <p className="slip__amount">{slip.amountFen === null ? t('slip.unknown') : `¥${formatYuan(slip.amountFen)}`}</p>
      <dl className="slip__facts">
        {factsOf(t, slip).map(({ name, value, long }) => (
          <div key={name} className="slip__fact" data-long={long || undefined}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="slip__signature">{t('slip.signature')}</p>
      <p className="slip__note">{t('slip.note')}</p>
    </article>
  );
}

interface Fact {
  readonly name: string;
  readonly value: string;
  /** It takes a whole line. */
  readonly long: boolean;
}

function factsOf(t: Translate, slip: Slip): Fact[] {
  const { outTradeNo, transactionId, takenBy, endedBy } = slip;
  const byHand = slip.end.name === 'settled';
  const ended = slip.end.name === 'attention' || byHand ? t('slip.since') : t('slip.ended');
  const facts: readonly ((Omit<Fact, 'long'> & { readonly long?: boolean }) | null)[] = [
    outTradeNo === null ? null : { name: t('slip.outTradeNo'), value: grouped(outTradeNo), long: true },
    transactionId === null ? null : { name: t('slip.transactionId'), value: grouped(transactionId), long: true },
    { name: t('slip.created'), value: beijingTime(slip.createdAtMs) },
    { name: ended, value: beijingTime(slip.endedAtMs) },
    { name: t('slip.paid'), value: t(paidKey(slip)) },
    ...endFacts(t, slip),
    { name: t('slip.attempts'), value: String(slip.attemptCount) },
    takenBy === null ? null : { name: t('slip.takenBy'), value: personOf(t, takenBy) },
    endedBy === null ? null : { name: t(byHand ? 'slip.handledBy' : 'slip.endedBy'), value: personOf(t, endedBy) },
    { name: t('slip.terminal'), value: slip.deviceId },
  ];
  return facts.flatMap((fact) => (fact === null ? [] : [{ long: false, ...fact }]));
}

function endFacts(t: Translate, { end }: Slip): (Omit<Fact, 'long'> & { readonly long?: boolean })[] {
  switch (end.name) {
    case 'closed':
    case 'refunded':
    case 'revoked':
      return [
        {
          name: t('slip.proof'),
          value: `${hasWords(TRADE_STATE_KEYS, end.proof) ? t(TRADE_STATE_KEYS[end.proof]) : ''} (${end.proof})`,
          long: true,
        },
      ];
    case 'settled':
      return [{ name: t('slip.reason'), value: end.reason, long: true }];
    case 'attention':
      return [{ name: t('slip.cause'), value: t(CAUSE_KEYS[end.cause].title), long: true }];
  }
}

type PaidKey = 'slip.paidYes' | 'slip.paidNo' | 'slip.paidUnknown' | 'slip.paidNotSeen';

const paidKey = ({ knownPaid, end }: Slip): PaidKey => {
  if (knownPaid) return 'slip.paidYes';
  if (end.name === 'closed') return 'slip.paidNo';
  // Only a cancel that WeChat has accepted lets the slip say that money goes back.
  return end.name === 'attention' || end.name === 'settled' ? 'slip.paidNotSeen' : 'slip.paidUnknown';
};

/** In groups of four, as people read numbers to each other. */
const grouped = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

function personOf(t: Translate, { who, role }: Person): string {
  const name = t(ROLE_KEYS[role]);
  return who === 'screen' ? name : t('slip.by', { role: name, who: who.replace(/^terminal:/, '') });
}
