import type { ReactNode } from 'react';
import { busyKey, takeTyped } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { typedFen, withAmountKey, withoutLast } from '../../input/amount-entry.ts';
import { AmountKeypad } from '../../components/keys/amount-keypad.tsx';
import { TypedAmount } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import { kiosk, useKiosk } from '../../state/store.ts';
import { TillProblem } from './till-problem.tsx';
import './keypad-screen.css';

const change = (next: (amount: string) => string): void =>
  kiosk.setState((state) => ({ amount: next(state.amount), problem: null }));

/** Nothing is going on: the screen asks for the amount of the next payment. */
export function KeypadScreen(): ReactNode {
  const t = useT();
  const amount = useKiosk((state) => state.amount);
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  return (
    <main className="till keypad-screen" data-testid="stage-none">
      <header className="keypad-screen__amount">
        <h1 className="keypad-screen__label">{t('stage.amountLabel')}</h1>
        <TypedAmount text={amount} />
      </header>
      <TillProblem />
      <div className="keypad-screen__keys">
        <AmountKeypad
          onKey={(key) => change((text) => withAmountKey(text, key))}
          onDelete={() => change(withoutLast)}
          onClear={() => change(() => '')}
        />
      </div>
      <div className="till__actions">
        <Button
          size="money"
          look="strong"
          label={t('stage.take')}
          hint="Enter"
          disabled={typedFen(amount) === null}
          busy={taking}
          testId="take-payment"
          onPress={() => void takeTyped()}
        />
      </div>
    </main>
  );
}
