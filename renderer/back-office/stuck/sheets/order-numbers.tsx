import type { ReactNode } from 'react';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { formatYuan } from '../../../../shared/money.ts';
import { momentText } from '../../../i18n/beijing-time.ts';
import { useT } from '../../../i18n/i18n.ts';
import { groupsOfFour } from '../../../input/number-entry.ts';
import './order-numbers.css';

export interface OrderNumbersProps {
  readonly row: StuckRow;
}

/** When it was paid, or when this terminal learned of it if that is not known. */
export const paidAtMsOf = ({ order, ageMs }: StuckRow): number => order.createdAtMs + order.ageMs - ageMs;

/** What a person reads out or types elsewhere: both numbers in groups of four, the amount, the time. */
export function OrderNumbers({ row }: OrderNumbersProps): ReactNode {
  const t = useT();
  const { order } = row;
  const paidAtMs = paidAtMsOf(row);
  return (
    <dl className="order-numbers" data-testid="order-numbers">
      <Fact name={t('stuck.numbers.transactionId')} number={order.transactionId} />
      <Fact name={t('stuck.numbers.outTradeNo')} number={order.outTradeNo} />
      <div>
        <dt>{t('stuck.numbers.amount')}</dt>
        <dd>{order.amountFen === null ? t('stuck.numbers.unknown') : `¥${formatYuan(order.amountFen)}`}</dd>
      </div>
      <div>
        <dt>
          {t(
            order.origin === 'entered' && paidAtMs === order.createdAtMs
              ? 'stuck.numbers.enteredAt'
              : 'stuck.numbers.paidAt',
          )}
        </dt>
        <dd>{momentText(paidAtMs)}</dd>
      </div>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly number: string | null;
}

function Fact({ name, number }: FactProps): ReactNode {
  const t = useT();
  return (
    <div>
      <dt>{name}</dt>
      <dd className="order-numbers__number">
        {number === null
          ? t('stuck.numbers.unknown')
          : groupsOfFour(number).map((group, index) => <span key={index}>{group}</span>)}
      </dd>
    </div>
  );
}
