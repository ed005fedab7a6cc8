import { useEffect, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { exportsCommands, type Paper, paperSchema, type Slip, type SlipPage } from '../../shared/contract/exports.ts';
import { mayGive } from '../../shared/contract/spec.ts';
import { call } from '../bridge/api.ts';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useModal } from '../components/use-modal.ts';
import { useKiosk } from '../state/store.ts';
import { useCommand, type Refusal } from '../bridge/use-command.ts';
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
  const t = useT();
  const [paper, setPaper] = useState(readPaper);
  const [done, setDone] = useState<string | null>(null);
  const printed = useRef<HTMLDivElement>(null);
  const print = useCommand('slip.print');
  const save = useCommand('slip.save');
  const maySave = useKiosk(({ terminal }) => terminal !== null && mayGive(terminal.role, exportsCommands['slip.save']));
  const refusal = print.refusal ?? save.refusal;
  const choose = (chosen: Paper): void => {
    setPaper(chosen);
    setDone(null);
    keepPaper(chosen);
  };
  const onPrint = async (): Promise<void> => {
    setDone(null);
    if ((await print.give({ orderId, page: pageOf(paper, printed.current) })) !== null) setDone(t('slip.printed'));
  };
  const onSave = async (): Promise<void> => {
    setDone(null);
    const saved = (await save.give({ orderId, page: pageOf(paper, printed.current) }))?.value ?? null;
    if (saved !== null) setDone(t('slip.saved', { file: saved.fileName }));
  };
  return (
    <div className="slip-dialog__body">
      <div className="slip-dialog__preview" data-paper={paper} tabIndex={0} data-testid="slip-preview">
        <SlipPaper slip={slip} paper={paper} />
      </div>
      <div className="slip-dialog__side">
        <PaperChoice paper={paper} onChoose={choose} />
        {refusal !== null && <ProblemNote {...refusal} testId="slip-error" />}
        <p className="slip-dialog__done" role="status" data-testid="slip-done">
          {done}
        </p>
        {maySave && (
          <Button
            size="tall"
            label={t('slip.save')}
            busy={save.busy}
            testId="slip-save"
            onPress={() => void onSave()}
          />
        )}
        <Button
          size="money"
          look="strong"
          label={t('slip.print')}
          busy={print.busy}
          testId="slip-print"
          onPress={() => void onPrint()}
        />
      </div>
      {createPortal(
        <div ref={printed} className="slip-print" aria-hidden="true">
          <SlipPaper slip={slip} paper={paper} />
        </div>,
        document.body,
      )}
    </div>
  );
}

const KEY = 'kiosk.paper';
const USUAL: Paper = '58mm';

/** Which paper this terminal prints slips on. Nothing depends on it: a terminal that cannot keep it starts with receipts. */
function readPaper(): Paper {
  try {
    return paperSchema.catch(USUAL).parse(localStorage.getItem(KEY));
  } catch {
    // A page without storage.
    return USUAL;
  }
}

function keepPaper(paper: Paper): void {
  try {
    localStorage.setItem(KEY, paper);
  } catch {
    // The same.
  }
}

const PAPER_KEYS = {
  '58mm': 'slip.papers.58mm',
  '80mm': 'slip.papers.80mm',
  a4: 'slip.papers.a4',
} as const satisfies KeysOf<'slip.papers', Paper>;

function PaperChoice({
  paper,
  onChoose,
}: {
  readonly paper: Paper;
  readonly onChoose: (paper: Paper) => void;
}): ReactNode {
  const t = useT();
  return (
    <fieldset className="slip-dialog__papers">
      <legend>{t('slip.paper')}</legend>
      {paperSchema.options.map((option) => (
        <label key={option} className="slip-dialog__paper">
          <input
            type="radio"
            name="paper"
            checked={option === paper}
            data-testid={`paper-${option}`}
            onChange={() => onChoose(option)}
          />
          {t(PAPER_KEYS[option])}
        </label>
      ))}
    </fieldset>
  );
}

const MM_PER_PX = 25.4 / 96;
const HEIGHT_MM_MIN = 20;
const HEIGHT_MM_MAX = 1_000;

/** A receipt is as long as its content. */
function pageOf(paper: Paper, printed: HTMLElement | null): SlipPage {
  const heightMm = Math.ceil((printed?.offsetHeight ?? 0) * MM_PER_PX) + 1;
  return { paper, heightMm: Math.min(HEIGHT_MM_MAX, Math.max(HEIGHT_MM_MIN, heightMm)) };
}
