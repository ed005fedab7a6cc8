import { useEffect, useState, type ReactNode } from 'react';
import { exportsCommands, type Slip } from '../../shared/contract/exports.ts';
import { mayGive } from '../../shared/contract/spec.ts';
import { call } from '../bridge/api.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useModal } from '../components/use-modal.ts';
import { useKiosk } from '../state/store.ts';
import { useCommand, type Refusal } from '../bridge/use-command.ts';
import { PrintBody } from './print-body.tsx';
import { SlipPaper } from './slip-paper.tsx';
import './slip-dialog.css';

export interface SlipDialogProps {
  readonly orderId: string;
  readonly onClose: () => void;
}

/** The slip before it is printed. The platform keeps the focus inside; Escape closes it. */
export function SlipDialog({ orderId, onClose }: SlipDialogProps): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [slip, refusal] = useSlip(orderId);
  return (
    <dialog
      ref={dialog}
      className="slip-dialog dialog--whole"
      aria-label={t('slip.title')}
      data-own-keys=""
      data-testid="slip-dialog"
      onCancel={onClose}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 className="dialog__title">{t('slip.title')}</h2>
          <Button label={t('slip.close')} hint="Esc" testId="slip-close" onPress={onClose} />
        </header>
        {refusal !== null && <ProblemNote {...refusal} testId="slip-error" />}
        {slip === null && refusal === null && <p role="status">{t('slip.making')}</p>}
        {slip !== null && <Body orderId={orderId} slip={slip} />}
      </div>
    </dialog>
  );
}

function useSlip(orderId: string): readonly [Slip | null, Refusal | null] {
  const [slip, setSlip] = useState<Slip | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    let current = true;
    void call('slip.read', { orderId }).then((reply) => {
      if (!current) return;
      if (reply.ok) setSlip(reply.value);
      else setRefusal({ code: reply.code, field: reply.field });
    });
    return () => {
      current = false;
    };
  }, [orderId]);
  return [slip, refusal];
}

function Body({ orderId, slip }: { readonly orderId: string; readonly slip: Slip }): ReactNode {
  const print = useCommand('slip.print');
  const save = useCommand('slip.save');
  const maySave = useKiosk(({ terminal }) => terminal !== null && mayGive(terminal.role, exportsCommands['slip.save']));
  return (
    <PrintBody
      of="slip"
      paperOf={(paper) => <SlipPaper slip={slip} paper={paper} />}
      refusal={print.refusal ?? save.refusal}
      print={{ busy: print.busy, run: async (page) => (await print.give({ orderId, page })) !== null }}
      save={
        maySave
          ? { busy: save.busy, run: async (page) => (await save.give({ orderId, page }))?.value?.fileName ?? null }
          : null
      }
    />
  );
}
