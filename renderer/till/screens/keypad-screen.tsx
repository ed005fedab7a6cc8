import type { ReactNode } from 'react';
import { AMOUNT_FEN_MAX, formatYuan } from '../../../shared/money.ts';
import { busyKey } from '../../state/actions.ts';
import { clearAmount, isAsking, takeTyped, typeAmount, unTypeAmount, unusualFen } from '../../order/typed-amount.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { grouped, readAmount, typedFen, type AmountFault } from '../../input/amount-entry.ts';
import { AmountKeypad } from '../../components/keys/amount-keypad.tsx';
import { TypedAmount } from '../../components/amount.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useKiosk } from '../../state/store.ts';
import { LastPaid } from './last-paid.tsx';
import { TillProblem } from './till-problem.tsx';
import './keypad-screen.css';

/** Nothing is going on: the screen asks for the amount of the next payment. */
export function KeypadScreen(): ReactNode {
  const t = useT();
  const amount = useKiosk((state) => state.amount);
  const refusals = useKiosk((state) => state.refusedKeys);
  return (
    <main className="till keypad-screen" data-testid="stage-none">
      <header className="keypad-screen__amount">
        <div className="keypad-screen__words">
          <h1 className="keypad-screen__label">{t('stage.amountLabel')}</h1>
          {amount === '' ? <LastPaid /> : <AmountNote text={amount} />}
        </div>
        <TypedAmount text={amount} refusals={refusals} />
      </header>
      <TillProblem />
      <div className="keypad-screen__keys">
        <AmountKeypad onKey={typeAmount} onDelete={unTypeAmount} onClear={clearAmount} />
      </div>
      <div className="till__actions">
        <Take />
      </div>
    </main>
  );
}

const FAULT_KEYS = {
  'too-large': 'amountFault.too-large',
  decimals: 'amountFault.decimals',
  unfinished: 'amountFault.unfinished',
  sign: 'amountFault.sign',
} as const satisfies KeysOf<'amountFault', AmountFault>;

const yuan = (fen: number): string => `¥${grouped(formatYuan(fen))}`;

/** Why the typed amount cannot be taken, or the one question about it. */
function AmountNote({ text }: { readonly text: string }): ReactNode {
  const t = useT();
  const { fault } = readAmount(text);
  const asking = useKiosk((state) => isAsking(state) && unusualFen(state) !== null);
  if (!asking && (fault === null || fault === 'unfinished')) return <Terms text={text} />;
  return (
    <p className="keypad-screen__note" role="alert" data-testid="amount-note" data-fault={fault ?? undefined}>
      <Icon name={fault === null ? 'question' : 'warning'} />
      {fault === null ? t('stage.unusual') : t(FAULT_KEYS[fault], { max: yuan(AMOUNT_FEN_MAX) })}
    </p>
  );
}

/** More than this many terms are not read again. */
const TERMS_SHOWN_MAX = 4;

/** The terms of the sum, as they were typed. */
function Terms({ text }: { readonly text: string }): ReactNode {
  const terms = text.split('+').map(grouped);
  if (terms.length < 2) return null;
  const shown = terms.length > TERMS_SHOWN_MAX ? ['…', ...terms.slice(-TERMS_SHOWN_MAX)] : terms;
  return (
    <p className="keypad-screen__terms" data-testid="amount-terms">
      {shown.join(' + ')}
    </p>
  );
}

function Take(): ReactNode {
  const t = useT();
  const fen = useKiosk((state) => typedFen(state.amount));
  const wrong = useKiosk((state) => readAmount(state.amount).fault !== null);
  const taking = useKiosk((state) => state.busy.has(busyKey('payment.take')));
  const asked = useKiosk((state) => (isAsking(state) ? unusualFen(state) : null));
  const takeLabel =
    asked !== null ? t('stage.takeUnusual', { amount: yuan(asked) }) : t(wrong ? 'stage.correct' : 'stage.take');
  return (
    <Button
      key={asked === null ? 'take' : 'confirm'}
      size="money"
      look="strong"
      label={takeLabel}
      hint="Enter"
      disabled={fen === null}
      busy={taking}
      testId="take-payment"
      onPress={() => void takeTyped()}
    />
  );
}
