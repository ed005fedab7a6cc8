import { useState, type ReactNode } from 'react';
import type { HeldAction, ManagerAct } from '../../../../shared/contract/stuck.ts';
import { formatYuan } from '../../../../shared/money.ts';
import type { OrderView } from '../../../../shared/order/order.ts';
import { refundNumberSchema } from '../../../../shared/order/reason.ts';
import { busyKey } from '../../../state/actions.ts';
import { useT, type KeysOf, type Translate } from '../../../i18n/i18n.ts';
import { HoldButton } from '../../../components/form/hold-button.tsx';
import { useKiosk } from '../../../state/store.ts';
import { useConfirmation } from './confirmation.ts';
import { noReason, ReasonForm, reasonOf, type ReasonDraft } from './reason-form.tsx';
import { Sheet } from './sheet.tsx';
import { ACT_KEYS } from '../stuck-words.ts';

export interface DecisionSheetProps {
  readonly action: HeldAction;
  /** The orders as they are shown; main does nothing to an order that has changed since. */
  readonly orders: readonly OrderView[];
  /** `false` if it was refused: then the sheet stays open. */
  readonly onSend: (act: ManagerAct) => Promise<boolean>;
  readonly onClose: () => void;
  /** Shown above the description of what happens and below the form. */
  readonly note?: ReactNode;
  readonly children?: ReactNode;
}

const WHAT_KEYS = {
  'try-now': 'stuck.what.try-now',
  cancel: 'stuck.what.cancel',
  'hand-over': 'stuck.what.hand-over',
  'refund-made': 'stuck.what.refund-made',
  'refund-not-made': 'stuck.what.refund-not-made',
  settle: 'stuck.what.settle',
} as const satisfies KeysOf<'stuck.what', HeldAction>;

/** The last check before a decision about money: how many orders, how much, what happens, why; then press and hold. */
export function DecisionSheet({ action, orders, onSend, onClose, note, children }: DecisionSheetProps): ReactNode {
  const t = useT();
  const [draft, setDraft] = useState<ReasonDraft>(noReason);
  const [refundNumber, setRefundNumber] = useState('');
  const busy = useKiosk((state) => state.busy.has(busyKey('manager.act')));
  const orderIds = orders.map(({ orderId }) => orderId);
  const confirmation = useConfirmation({
    action,
    orders: orders.map(({ orderId, phase }) => ({ orderId, phase: phase.name })),
  });
  const given = actOf(action, orderIds, draft, refundNumber);
  const send = async (): Promise<void> => {
    const confirmed = await confirmation.given();
    if (confirmed !== null && 'act' in given && (await onSend(given.act(confirmed)))) onClose();
  };
  return (
    <Sheet
      title={t(ACT_KEYS[action])}
      testId="act-sheet"
      onClose={onClose}
      onScan={setRefundNumber}
      foot={
        <>
          {'missing' in given && <p className="sheet__soft">{t(given.missing)}</p>}
          <HoldButton
            label={t('stuck.confirm', { act: t(ACT_KEYS[action]), count: orders.length })}
            look={action === 'settle' || action === 'refund-made' ? 'strong' : 'wait'}
            disabled={'missing' in given || orders.length === 0}
            busy={busy}
            testId="act-hold"
            onDown={confirmation.begin}
            onHeld={() => void send()}
          />
        </>
      }
    >
      <p className="sheet__sum">{sumWords(t, orders)}</p>
      {note}
      <p>{t(WHAT_KEYS[action])}</p>
      {action === 'refund-made' && orders.length === 1 && (
        <RefundNumber value={refundNumber} onChange={setRefundNumber} />
      )}
      <ReasonForm draft={draft} settles={action === 'settle'} onChange={setDraft} />
      {children}
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

function sumWords(t: Translate, orders: readonly OrderView[]): string {
  const unknown = orders.filter(({ amountFen }) => amountFen === null).length;
  const amount = formatYuan(orders.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0));
  return unknown === 0
    ? t('stuck.sum', { count: orders.length, amount })
    : t('stuck.sumUnknown', { count: orders.length, unknown, amount });
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
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
