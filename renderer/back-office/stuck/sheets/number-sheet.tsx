import { useCallback, useState, type ReactNode } from 'react';
import type { ManagerAct, StuckRow } from '../../../../shared/contract/stuck.ts';
import {
  looksLikeTransactionId,
  outTradeNoSchema,
  transactionIdSchema,
  type OrderView,
} from '../../../../shared/order/order.ts';
import { act, busyKey } from '../../../state/actions.ts';
import { tailOf } from '../../../state/held-order.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { withoutLast } from '../../../input/amount-entry.ts';
import { withText } from '../../../input/number-entry.ts';
import { Button } from '../../../components/button.tsx';
import { NumberKeypad } from '../../../components/keys/number-keypad.tsx';
import { ProblemNote } from '../../../components/problem-note.tsx';
import { useKiosk } from '../../../state/store.ts';
import { stateWords } from '../../../i18n/code-words.ts';
import { decide } from './decide.ts';
import { OrderDecision } from './order-decision.tsx';
import { paidAtOf, PAID_DAYS_MAX } from './paid-day.ts';
import { Sheet } from './sheet.tsx';
import { readStuck } from '../stuck-list.ts';
import './number-sheet.css';

const FIELDS = ['outTradeNo', 'transactionId'] as const;
type Field = (typeof FIELDS)[number];
const FIELD_KEYS = {
  outTradeNo: 'stuck.numbers.outTradeNo',
  transactionId: 'stuck.numbers.transactionId',
} as const satisfies KeysOf<'stuck.numbers', Field>;

type Numbers = Readonly<Record<Field, string>>;

const noNumbers: Numbers = { outTradeNo: '', transactionId: '' };
const fieldOf = (number: string): Field => (looksLikeTransactionId(number) ? 'transactionId' : 'outTradeNo');

const schemas = { outTradeNo: outTradeNoSchema, transactionId: transactionIdSchema };

export interface NumberSheetProps {
  /** A number scanned while the list was shown, or `''`. */
  readonly number: string;
  readonly onClose: () => void;
}

/**
 * Cancels any order of this merchant by its number, also one that another till took: first it is found, and the
 * decision is made on its amount, state and time like every other.
 */
export function NumberSheet({ number, onClose }: NumberSheetProps): ReactNode {
  const [found, setFound] = useState<StuckRow | null>(null);
  const [done, setDone] = useState<OrderView | null>(null);
  if (found === null) return <FindSheet number={number} done={done} onFound={setFound} onClose={onClose} />;
  const send = async (given: ManagerAct): Promise<boolean> => {
    const order = await decide(given);
    if (order === null) return false;
    setDone(order);
    await readStuck('in-place');
    return true;
  };
  return (
    <OrderDecision
      orderId={found.order.orderId}
      first={found}
      action="cancel"
      onSend={send}
      onClose={() => setFound(null)}
    />
  );
}

interface FindSheetProps extends NumberSheetProps {
  /** The order that was decided on last. */
  readonly done: OrderView | null;
  readonly onFound: (row: StuckRow) => void;
}

function FindSheet({ number, done, onFound, onClose }: FindSheetProps): ReactNode {
  const t = useT();
  const scanned = done === null ? number : '';
  const [numbers, setNumbers] = useState<Numbers>({ ...noNumbers, [fieldOf(scanned)]: scanned });
  const [field, setField] = useState<Field>(fieldOf(scanned));
  const [daysAgo, setDaysAgo] = useState(0);
  const busy = useKiosk((state) => state.busy.has(busyKey('manager.find-number')));
  // A scan may come in two parts, first one and then the whole; what the first was taken for must not stay.
  const takeScan = useCallback((text: string) => setNumbers({ ...noNumbers, [fieldOf(text)]: text }), []);
  const change = (next: (text: string) => string): void =>
    setNumbers((before) => ({ ...before, [field]: next(before[field]) }));
  const problem = problemOf(numbers);
  const find = async (): Promise<void> => {
    const reply = await act(
      'manager.find-number',
      {
        outTradeNo: numbers.outTradeNo || null,
        transactionId: numbers.transactionId || null,
        paidAtMs: paidAtOf(daysAgo, Date.now()),
      },
      'back-office',
    );
    if (reply !== null) onFound(reply.value);
  };
  const empty = numbers.outTradeNo === '' && numbers.transactionId === '';
  return (
    <Sheet
      title={t('stuck.number.title')}
      testId="number-sheet"
      onClose={onClose}
      onScan={takeScan}
      foot={
        <>
          {done !== null && empty && <Done order={done} />}
          <Button
            size="money"
            look="strong"
            label={t('stuck.number.find')}
            disabled={empty || problem !== null}
            busy={busy}
            testId="number-find"
            onPress={() => void find()}
          />
        </>
      }
    >
      <p>{t('stuck.number.note')}</p>
      <NumberFields
        numbers={numbers}
        current={field}
        wrong={problem?.field ?? null}
        onFocus={setField}
        onChange={(each, text) => setNumbers({ ...numbers, [each]: text })}
      />
      {problem !== null && <ProblemNote code={problem.code} field={problem.field} testId="number-sheet-error" />}
      <div className="number-sheet__columns">
        <Keypad onChange={change} />
        <PaidDay daysAgo={daysAgo} onPick={setDaysAgo} />
      </div>
    </Sheet>
  );
}

function problemOf(numbers: Numbers): { readonly field: Field; readonly code: string } | null {
  for (const field of FIELDS) {
    const checked = numbers[field] === '' ? null : schemas[field].safeParse(numbers[field]);
    if (checked !== null && !checked.success)
      return { field, code: checked.error.issues[0]?.message ?? 'bad-characters' };
  }
  return null;
}

interface NumberFieldsProps {
  readonly numbers: Numbers;
  /** The field that the keypad writes into. */
  readonly current: Field;
  readonly wrong: Field | null;
  readonly onFocus: (field: Field) => void;
  readonly onChange: (field: Field, text: string) => void;
}

function NumberFields({ numbers, current, wrong, onFocus, onChange }: NumberFieldsProps): ReactNode {
  const t = useT();
  return (
    <div className="number-sheet__fields">
      {FIELDS.map((each) => (
        <label key={each}>
          <span className="field-label">{t(FIELD_KEYS[each])}</span>
          <input
            className="text-field number-sheet__input"
            data-testid={`cancel-${each}`}
            data-current={each === current || undefined}
            data-keys="own"
            aria-invalid={each === wrong}
            inputMode="none"
            autoComplete="off"
            spellCheck={false}
            maxLength={32}
            value={numbers[each]}
            onFocus={() => onFocus(each)}
            onChange={(event) => onChange(each, event.target.value.trim())}
          />
        </label>
      ))}
    </div>
  );
}

/** Writes into the field that has the focus. */
function Keypad({ onChange }: { readonly onChange: (next: (text: string) => string) => void }): ReactNode {
  return (
    <NumberKeypad
      onText={(text) => onChange((number) => withText(number, text).slice(0, 32))}
      onDelete={() => onChange(withoutLast)}
      onClear={() => onChange(() => '')}
    />
  );
}

function Done({ order }: { readonly order: OrderView }): ReactNode {
  const t = useT();
  return (
    <p className="sheet__sum" role="status" data-testid="number-done" data-phase={order.phase.name}>
      {t('stuck.number.done', { tail: tailOf(order), state: stateWords(t, order.phase) })}
    </p>
  );
}

interface PaidDayProps {
  readonly daysAgo: number;
  readonly onPick: (daysAgo: number) => void;
}

function PaidDay({ daysAgo, onPick }: PaidDayProps): ReactNode {
  const t = useT();
  const words = (days: number): string => {
    if (days === 0) return t('stuck.number.days.today');
    return days === 1 ? t('stuck.number.days.yesterday') : t('stuck.number.days.ago', { count: days });
  };
  return (
    <label>
      <span className="field-label">{t('stuck.number.paid')}</span>
      <select
        className="text-field"
        data-testid="paid-day"
        value={daysAgo}
        onChange={(event) => onPick(Number(event.target.value))}
      >
        {Array.from({ length: PAID_DAYS_MAX + 1 }, (_, days) => (
          <option key={days} value={days}>
            {words(days)}
          </option>
        ))}
      </select>
    </label>
  );
}
