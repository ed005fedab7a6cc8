import type { ReactNode } from 'react';
import { formatYuan } from '../../shared/money.ts';
import { useT } from '../i18n/i18n.ts';
import { grouped, readAmount } from '../input/amount-entry.ts';
import './amount.css';

export interface AmountProps {
  /** `null` if only the number of an order is known. */
  readonly fen: number | null;
}

/** A large amount of money; the sign before it is small. */
export function Amount({ fen }: AmountProps): ReactNode {
  const t = useT();
  return (
    <p className="amount" data-testid="amount">
      {fen === null ? (
        <span className="amount__unknown">{t('facts.amountUnknown')}</span>
      ) : (
        <>
          <span className="amount__sign">¥</span>
          {grouped(formatYuan(fen))}
        </>
      )}
    </p>
  );
}

export interface TypedAmountProps {
  readonly text: string;
  /** How many keys could not be taken: each of them shakes it. */
  readonly refusals: number;
}

/** The amount while it is being typed: digits not typed yet are shown pale; of several terms it is the sum. */
export function TypedAmount({ text, refusals }: TypedAmountProps): ReactNode {
  const { fen, fault } = readAmount(text);
  const isSum = text.includes('+');
  const isWrong = fault !== null && fault !== 'unfinished';
  const large = isSum ? formatYuan(fen) : shortened(text);
  return (
    <p
      key={refusals}
      className="amount"
      data-testid="amount"
      data-empty={text === '' || undefined}
      data-wrong={isWrong || undefined}
      data-shakes={refusals > 0 || undefined}
    >
      <span className="amount__sign">¥</span>
      {grouped(large)}
      {!isSum && !isWrong && <span className="amount__ghost">{ghostOf(text)}</span>}
    </p>
  );
}

/** What cannot be an amount may be longer than its place; its end is what was just typed. */
const LARGE_MAX = 10;
const shortened = (text: string): string => (text.length > LARGE_MAX ? `…${text.slice(-LARGE_MAX)}` : text);

function ghostOf(text: string): string {
  if (text === '') return '0.00';
  const [, decimals] = text.split('.');
  return decimals === undefined ? '.00' : '0'.repeat(Math.max(0, 2 - decimals.length));
}
