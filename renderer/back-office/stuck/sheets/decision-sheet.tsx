import { useState, type ReactNode } from 'react';
import type { HeldAction, ManagerAct, ManagerAction, StuckRow } from '../../../../shared/contract/stuck.ts';
import { refundNumberSchema } from '../../../../shared/order/reason.ts';
import { refusalWords, stateWords } from '../../../i18n/code-words.ts';
import { busyKey } from '../../../state/actions.ts';
import { useT, type KeysOf, type Translate } from '../../../i18n/i18n.ts';
import { useReaderRole } from '../../../i18n/reader-role.ts';
import { Button } from '../../../components/button.tsx';
import { HoldButton } from '../../../components/form/hold-button.tsx';
import { useKiosk } from '../../../state/store.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { useConfirmation } from './confirmation.ts';
import { DecidedOrders } from './decided-orders.tsx';
import { noReason, ReasonForm, reasonOf, type ReasonDraft } from './reason-form.tsx';
import { RefundSteps } from './refund-steps.tsx';
import { Sheet } from './sheet.tsx';
import { advisedFor } from '../stuck-state.ts';
import { ACT_KEYS } from '../stuck-words.ts';

export interface DecisionSheetProps {
  /** The act; `null` while the person has not chosen one. */
  readonly action: HeldAction | null;
  /** Without it, the act is given. */
  readonly choice?: Choice;
  /** The orders as they are shown; main does nothing to an order that has changed since. */
  readonly rows: readonly StuckRow[];
  /** WeChat is being asked, and what it says is to be read first. */
  readonly waits?: boolean;
  /** `false` if it was refused: then the sheet stays open. */
  readonly onSend: (act: ManagerAct) => Promise<boolean>;
  readonly onClose: () => void;
  /** Shown above the description of what happens. */
  readonly note?: ReactNode;
}

export interface Choice {
  readonly acts: readonly HeldAction[];
  readonly advised: ManagerAction | null;
  readonly onPick: (action: HeldAction) => void;
}

const WHAT_KEYS = {
  'try-now': 'stuck.what.try-now',
  cancel: 'stuck.what.cancel',
  'hand-over': 'stuck.what.hand-over',
  'refund-made': 'stuck.what.refund-made',
  'refund-not-made': 'stuck.what.refund-not-made',
  settle: 'stuck.what.settle',
} as const satisfies KeysOf<'stuck.what', HeldAction>;

/**
 * The last check before a decision about money, whichever way a manager comes to it: which orders, how much, their
 * state and time, what happens, why; then press and hold.
 */
export function DecisionSheet(props: DecisionSheetProps): ReactNode {
  const { action, choice, rows, waits = false, onSend, onClose, note } = props;
  const t = useT();
  const [draft, setDraft] = useState<ReasonDraft>(noReason);
  const [refundNumber, setRefundNumber] = useState('');
  const busy = useKiosk((state) => state.busy.has(busyKey('manager.act')));
  const shown = rows.map(({ order: { orderId, phase } }) => ({ orderId, phase: phase.name }));
  const confirmation = useConfirmation(action === null ? null : { action, orders: shown });
  const orderIds = shown.map(({ orderId }) => orderId);
  const given = action === null ? null : actOf(action, orderIds, draft, refundNumber);
  const missing = waits ? t('stuck.number.asking') : missingWords(t, given);
  const send = async (): Promise<void> => {
    const confirmed = await confirmation.given();
    if (confirmed !== null && given !== null && 'act' in given && (await onSend(given.act(confirmed)))) onClose();
  };
  const [only] = rows;
  const tooOld = only !== undefined && rows.length === 1 && isTooOldToRefundHere(only);
  const refunds = action === 'hand-over' || action === 'refund-made';
  const title = t(action === null || (choice?.acts.length ?? 0) > 1 ? 'stuck.decide' : ACT_KEYS[action]);
  return (
    <Sheet
      title={title}
      testId="act-sheet"
      onClose={onClose}
      onScan={setRefundNumber}
      foot={
        choice?.acts.length === 0 ? (
          <NothingToDecide rows={rows} onClose={onClose} />
        ) : (
          <>
            {missing !== null && <p className="sheet__soft">{missing}</p>}
            <HoldButton
              // When an order changes, what is held is another question: the button pauses as if it had just appeared.
              // A cancel that goes on changes between two phases by itself; to a person they are one.
              key={shown.map(({ phase }) => (phase === 'confirming' ? 'reversing' : phase)).join()}
              label={action === null ? title : t('stuck.confirm', { act: t(ACT_KEYS[action]), count: rows.length })}
              look={action !== null && advisedFor(rows) === action ? 'strong' : 'quiet'}
              disabled={missing !== null || rows.length === 0}
              busy={busy}
              testId="act-hold"
              onDown={confirmation.begin}
              onHeld={() => void send()}
            />
          </>
        )
      }
    >
      <DecidedOrders rows={rows} withCode={refunds || tooOld} />
      {note}
      {tooOld && <RefundSteps rows={rows} />}
      {choice !== undefined && choice.acts.length > 1 && <Acts action={action} choice={choice} />}
      {action !== null && (
        <>
          <p>{t(WHAT_KEYS[action])}</p>
          {action === 'refund-made' && rows.length === 1 && (
            <RefundNumber value={refundNumber} onChange={setRefundNumber} />
          )}
          <ReasonForm draft={draft} settles={action === 'settle'} onChange={setDraft} />
          {refunds && <RefundSteps rows={rows} />}
        </>
      )}
    </Sheet>
  );
}

type Given =
  | { readonly act: (confirmation: string) => ManagerAct }
  | { readonly missing: 'stuck.whyMissing' | 'stuck.noteMissing' | 'stuck.refundNumberWrong' };

function actOf(action: HeldAction, orderIds: string[], draft: ReasonDraft, refundText: string): Given {
  const reason = reasonOf(draft, action === 'settle');
  if (reason === 'why-missing') return { missing: 'stuck.whyMissing' };
  if (reason === 'note-missing') return { missing: 'stuck.noteMissing' };
  if (action !== 'refund-made') return { act: (confirmation) => ({ action, orderIds, reason, confirmation }) };
  const refundNumber =
    refundText.trim() === '' || orderIds.length > 1
      ? { success: true as const, data: null }
      : refundNumberSchema.safeParse(refundText);
  if (!refundNumber.success) return { missing: 'stuck.refundNumberWrong' };
  return { act: (confirmation) => ({ action, orderIds, refundNumber: refundNumber.data, reason, confirmation }) };
}

/** Why the button takes no press yet; `null` if it does. */
function missingWords(t: Translate, given: Given | null): string | null {
  if (given === null) return t('stuck.chooseFirst');
  return 'missing' in given ? t(given.missing) : null;
}

/** It ended by itself, or goes on by itself, or only the merchant platform can still refund it. */
function NothingToDecide({ rows, onClose }: Pick<DecisionSheetProps, 'rows' | 'onClose'>): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const [row] = rows;
  if (row === undefined) return null;
  return (
    <>
      <p className="sheet__soft" role="status" data-testid="nothing-to-decide">
        {isTooOldToRefundHere(row)
          ? refusalWords(t, 'order-too-old', null, reader)
          : t('stuck.nothingToDecide', { state: stateWords(t, row.order.phase) })}
      </p>
      <Button size="money" look="strong" label={t('stuck.dismiss')} testId="decision-close" onPress={onClose} />
    </>
  );
}

/** Paid, and too old to be cancelled: it is refunded on the merchant platform, and nothing is noted here. */
const isTooOldToRefundHere = ({ order, deadlineInMs }: StuckRow): boolean =>
  order.phase.name === 'paid' && deadlineInMs <= 0;

interface ActsProps {
  readonly action: HeldAction | null;
  readonly choice: Choice;
}

/** What may be done, with what the cause advises marked. */
function Acts({ action, choice: { acts, advised, onPick } }: ActsProps): ReactNode {
  const t = useT();
  return (
    <div>
      <span className="field-label" id="act-label">
        {t('stuck.choose')}
      </span>
      <ChoiceChips
        choices={acts}
        chosen={action}
        labelledBy="act-label"
        testId="choose"
        words={(each) => (
          <>
            {t(ACT_KEYS[each])}
            {each === advised && <small>{t('stuck.advised')}</small>}
          </>
        )}
        onPick={onPick}
      />
    </div>
  );
}

interface RefundNumberProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function RefundNumber({ value, onChange }: RefundNumberProps): ReactNode {
  const t = useT();
  return (
    <label>
      <span className="field-label">{t('stuck.refundNumber')}</span>
      <input
        className="text-field"
        data-testid="refund-number"
        inputMode="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
