import type { ReactNode } from 'react';
import { useT, type Translate } from '../../i18n/i18n.ts';
import type { Look } from '../../order/phase-appearance.ts';
import { wasWords } from '../../order/phase-words.ts';
import { Verdict } from '../../order/verdict.tsx';
import { tailOf, type HeldOrder } from '../../state/held-order.ts';

export interface OrderVerdictProps {
  readonly order: HeldOrder;
  readonly look: Look;
  /** How it ended, in words. */
  readonly state: string;
  /** Its customer has gone. */
  readonly aged: boolean;
}

/** The verdict of an order. "You may charge again" is out of date after a while; then it says what the order was. */
export function OrderVerdict({ order, look, state, aged }: OrderVerdictProps): ReactNode {
  const t = useT();
  const { view } = order;
  return (
    <Verdict
      verdict={view.verdict}
      tone={look.tone}
      amountFen={view.amountFen}
      was={aged && view.verdict === 'charge-again' ? { words: wasNow(t, order, state), shape: look.shape } : null}
      tail={tailOf(view)}
    />
  );
}

const wasNow = (t: Translate, order: HeldOrder, state: string): string => wasWords(t, order, state, Date.now());
