import type { ReactNode } from 'react';
import type { Verdict as VerdictName } from '../../shared/order/order.ts';
import { VERDICT_KEYS } from '../i18n/code-keys.ts';
import { useT } from '../i18n/i18n.ts';
import type { Tone } from '../components/tone.ts';
import { Amount } from '../components/amount.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { Phrase } from '../components/phrase.tsx';
import './verdict.css';

export interface VerdictProps {
  readonly verdict: VerdictName;
  readonly tone: Tone;
  readonly amountFen: number | null;
  /** Its advice is out of date: what the order was is said instead, in these words and with this shape. */
  readonly was?: { readonly words: string; readonly shape: IconName } | null;
  /** The last digits of the order number, so that the cashier can check that it is the right order. */
  readonly tail: string | null;
}

const shapes: Readonly<Record<VerdictName, IconName>> = {
  'charge-again': 'circleGo',
  'do-not-charge': 'stop',
  paid: 'moneyIn',
};

/** The one answer that must be readable from two metres: may this customer be charged again? */
export function Verdict({ verdict, tone, amountFen, was = null, tail }: VerdictProps): ReactNode {
  const t = useT();
  return (
    <header
      className="verdict"
      data-tone={tone}
      data-testid="verdict"
      data-verdict={verdict}
      data-was={was !== null || undefined}
    >
      <div className="verdict__icon">
        <Icon name={was?.shape ?? shapes[verdict]} />
      </div>
      <h1 className="verdict__word">
        <Phrase>{was?.words ?? t(VERDICT_KEYS[verdict])}</Phrase>
      </h1>
      <div className="verdict__money">
        <Amount fen={amountFen} />
        {tail !== null && (
          <p className="verdict__tail">
            {t('facts.tail')} <b>{tail}</b>
          </p>
        )}
      </div>
    </header>
  );
}
