import { useState, type ReactNode } from 'react';
import type { ManagerAct, ManagerAction } from '../../../shared/contract/manager.ts';
import { formatYuan } from '../../../shared/money.ts';
import { refundNumberSchema } from '../../../shared/reason.ts';
import { busyKey } from '../../acts.ts';
import { useT, type Translate } from '../../i18n.ts';
import { HoldButton } from '../../parts/hold-button.tsx';
import { useKiosk } from '../../store.ts';
import { noReason, ReasonForm, reasonOf, type ReasonDraft } from './reason-form.tsx';
import { RefundSteps } from './refund-steps.tsx';
import { Sheet } from './sheet.tsx';
import { actOnStuck } from './stuck-list.ts';
import { idOf, takes, type ShownRow } from './stuck-state.ts';

/** What is asked about before it is done; a query is not. */
export type HeldAction = Exclude<ManagerAction, 'query'>;

export interface ActSheetProps {
  readonly action: HeldAction;
  /** Those that are marked, the ones that the act does not fit too. */
  readonly rows: readonly ShownRow[];
  readonly onClose: () => void;
}

/** The last look before several orders are acted on: how many, how much money, what happens, why; then press and hold. */
export function ActSheet({ action, rows, onClose }: ActSheetProps): ReactNode {
  const t = useT();
  const [draft, setDraft] = useState<ReasonDraft>(noReason);
  const [refundNumber, setRefundNumber] = useState('');
  const busy = useKiosk((state) => state.busy.has(busyKey('manager.act')));
  const fitting = rows.filter((shown) => takes(shown, action));
  const given = actOf(action, fitting.map(idOf), draft, refundNumber);
  const send = (act: ManagerAct): void => void actOnStuck(act).then((done) => done && onClose());
  return (
    <Sheet
      title={t(`stuck.act.${action}`)}
      testId="act-sheet"
      onClose={onClose}
      onScan={setRefundNumber}
      foot={
        <>
          {'missing' in given && <p className="sheet__soft">{t(`stuck.${given.missing}`)}</p>}
          <HoldButton
            label={t('stuck.confirm', { act: t(`stuck.act.${action}`), count: fitting.length })}
            look={action === 'settle' || action === 'refund-made' ? 'done' : 'wait'}
            disabled={'missing' in given}
            busy={busy}
            testId="act-hold"
            onHeld={() => 'act' in given && send(given.act)}
          />
        </>
      }
    >
      <p className="sheet__sum">{sumWords(t, fitting)}</p>
      {fitting.length < rows.length && <p>{t('stuck.skipped', { count: rows.length - fitting.length })}</p>}
      <p>{t(`stuck.what.${action}`)}</p>
      {action === 'refund-made' ? (
        fitting.length === 1 && <RefundNumber value={refundNumber} onChange={setRefundNumber} />
      ) : (
        <ReasonForm draft={draft} settles={action === 'settle'} onChange={setDraft} />
      )}
      {(action === 'hand-over' || action === 'refund-made') && <RefundSteps rows={fitting} />}
    </Sheet>
  );
}

type Given = { readonly act: ManagerAct } | { readonly missing: 'whyMissing' | 'noteMissing' | 'refundNumberWrong' };

function actOf(action: HeldAction, orderIds: string[], draft: ReasonDraft, refundText: string): Given {
  if (action === 'refund-made') {
    const refundNumber = refundNumberSchema.safeParse(refundText);
    if (refundText.trim() === '' || orderIds.length > 1) return { act: { action, orderIds, refundNumber: null } };
    return refundNumber.success ? { act: { action, orderIds, refundNumber: refundNumber.data } } : { missing: 'refundNumberWrong' };
  }
  const reason = reasonOf(draft, action === 'settle');
  if (reason === 'why-missing') return { missing: 'whyMissing' };
  return reason === 'note-missing' ? { missing: 'noteMissing' } : { act: { action, orderIds, reason } };
}

function sumWords(t: Translate, rows: readonly ShownRow[]): string {
  const amounts = rows.map(({ row }) => row.order.amountFen);
  const unknown = amounts.filter((fen) => fen === null).length;
  const amount = formatYuan(amounts.reduce<number>((sum, fen) => sum + (fen ?? 0), 0));
  return unknown === 0 ? t('stuck.sum', { count: rows.length, amount }) : t('stuck.sumUnknown', { count: rows.length, unknown, amount });
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
      <input className="text-field" data-testid="refund-number" autoComplete="off" spellCheck={false} maxLength={64} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
