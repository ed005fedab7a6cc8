import type { SubmitEvent, ReactNode } from 'react';
import { busyKey, closeNumber, findOrder, numberDoubt } from '../state/actions.ts';
import { useT } from '../i18n/i18n.ts';
import { groupsOfFour, NUMBER_TEXT_MAX, withText } from '../input/number-entry.ts';
import { withoutLast } from '../input/amount-entry.ts';
import { Button } from '../components/button.tsx';
import { DialogTop } from '../components/dialog-top.tsx';
import { NumberKeypad } from '../components/keys/number-keypad.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useModal } from '../components/use-modal.ts';
import { kiosk, useKiosk } from '../state/store.ts';
import './number-dialog.css';

/** Order numbers of tills have a date in them; what a scanner reads off a staff badge is mostly shorter than that. */
const NUMBER_LENGTH_USUAL = 8;

const change = (next: (number: string) => string): void =>
  kiosk.setState((state) => ({ number: next(state.number ?? ''), problem: null }));

/** Asks for an order that was paid elsewhere. The platform keeps the focus inside; Escape closes it. */
export function NumberDialog(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void findOrder();
  };
  return (
    <dialog ref={dialog} className="number-dialog" aria-label={t('number.title')} onCancel={closeNumber}>
      {/*
       * The form has the focus, not the field: in a field an input method would take a scanner's letters for pinyin.
       */}
      <form className="dialog__page" tabIndex={-1} autoFocus onSubmit={submit}>
        <DialogTop title={t('number.title')} closeTestId="number-close" onClose={closeNumber} />
        <NumberField />
        <NumberKeypad
          onText={(text) => change((number) => withText(number, text))}
          onDelete={() => change(withoutLast)}
          onClear={() => change(() => '')}
        />
        <Finish />
      </form>
    </dialog>
  );
}

function NumberField(): ReactNode {
  const t = useT();
  const number = useKiosk((state) => state.number ?? '');
  const refused = useKiosk((state) => (state.problem?.place === 'number' ? state.problem : null));
  const isShort = useKiosk((state) => number === state.scannedNumber && number.length < NUMBER_LENGTH_USUAL);
  const doubt = useKiosk(numberDoubt);
  const problem = doubt === null ? refused : { code: doubt, field: null };
  return (
    <div className="number-field">
      <input
        className="number-field__input"
        data-testid="number-input"
        aria-label={t('number.label')}
        aria-invalid={problem !== null || undefined}
        data-keys="own"
        placeholder={t('number.placeholder')}
        inputMode="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={NUMBER_TEXT_MAX}
        value={number}
        onChange={(event) => change(() => event.target.value)}
      />
      {problem === null ? (
        <p className="number-field__below">
          {number === '' && t('number.hint')}
          {number !== '' && (isShort ? t('number.short') : <Groups number={number} />)}
          {number !== '' && <span className="number-field__count">{t('number.count', { count: number.length })}</span>}
        </p>
      ) : (
        <ProblemNote code={problem.code} field={problem.field ?? 'number'} testId="number-error" />
      )}
    </div>
  );
}

interface GroupsProps {
  readonly number: string;
}

function Groups({ number }: GroupsProps): ReactNode {
  return (
    <span className="number-field__groups">
      {groupsOfFour(number).map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}

/** The button that looks it up; where its shape does not tell what it is, a person says so first. */
function Finish(): ReactNode {
  const t = useT();
  const doubt = useKiosk(numberDoubt);
  const searching = useKiosk((state) => state.busy.has(busyKey('order.find')));
  if (doubt === null) return <Submit />;
  return (
    <div className="number-dialog__kinds" role="group" aria-label={t('number.which')}>
      {doubt === 'which-number' && (
        <Button
          size="tall"
          label={t('number.isWechatPayNumber')}
          busy={searching}
          testId="number-is-wechat-pay-number"
          onPress={() => void findOrder('wechat-pay-number')}
        />
      )}
      <Button
        size="tall"
        label={t(doubt === 'which-number' ? 'number.isOrderNumber' : 'number.isNoPaymentCode')}
        busy={searching}
        testId="number-is-order-number"
        onPress={() => void findOrder('order-number')}
      />
    </div>
  );
}

function Submit(): ReactNode {
  const t = useT();
  const number = useKiosk((state) => state.number);
  const searching = useKiosk((state) => state.busy.has(busyKey('order.find')));
  return (
    <Button
      size="money"
      look="strong"
      label={t(searching ? 'number.searching' : 'number.submit')}
      hint="Enter"
      disabled={number === ''}
      busy={searching}
      testId="number-submit"
      onPress={() => void findOrder()}
    />
  );
}
