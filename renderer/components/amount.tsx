import type { ReactNode } from 'react';
import { formatYuan } from '../../shared/money.ts';
import { useT } from '../i18n/i18n.ts';
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
          {formatYuan(fen)}
        </>
      )}
    </p>
  );
}

export interface TypedAmountProps {
  readonly text: string;
}

/** The amount while it is being typed: digits not typed yet are shown pale. */
export function TypedAmount({ text }: TypedAmountProps): ReactNode {
  const whole = text === '' ? '' : text;
  return (
    <p className="amount" data-testid="amount" data-empty={text === '' || undefined}>
      <span className="amount__sign">¥</span>
      {whole}
      <span className="amount__ghost">{ghostOf(text)}</span>
    </p>
  );
}

function ghostOf(text: string): string {
  if (text === '') return '0.00';
  const [, decimals] = text.split('.');
  return decimals === undefined ? '.00' : '0'.repeat(2 - decimals.length);
}
