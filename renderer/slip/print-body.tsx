/** What is printed, as it will be on paper; beside it the choice of paper and the buttons. */
import { useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { paperSchema, type Paper, type SlipPage } from '../../shared/contract/exports.ts';
import type { Refusal } from '../bridge/use-command.ts';
import { Button } from '../components/button.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useT, type KeysOf } from '../i18n/i18n.ts';
import './slip-dialog.css';

export interface PrintBodyProps {
  /** The test ids begin with it. */
  readonly of: 'slip' | 'sheet';
  readonly paperOf: (paper: Paper) => ReactNode;
  readonly refusal: Refusal | null;
  /** Returns whether it was printed. */
  readonly print: { readonly busy: boolean; readonly run: (page: SlipPage) => Promise<boolean> };
  /** Returns the file's name; `null` if it was not saved. Absent for those who may not save. */
  readonly save: { readonly busy: boolean; readonly run: (page: SlipPage) => Promise<string | null> } | null;
}

export function PrintBody({ of, paperOf, refusal, print, save }: PrintBodyProps): ReactNode {
  const t = useT();
  const [paper, setPaper] = useState(readPaper);
  const [done, setDone] = useState<string | null>(null);
  const printed = useRef<HTMLDivElement>(null);
  const choose = (chosen: Paper): void => {
    setPaper(chosen);
    setDone(null);
    keepPaper(chosen);
  };
  const onPrint = async (): Promise<void> => {
    setDone(null);
    if (await print.run(pageOf(paper, printed.current))) setDone(t('slip.printed'));
  };
  const onSave = async (): Promise<void> => {
    setDone(null);
    const file = (await save?.run(pageOf(paper, printed.current))) ?? null;
    if (file !== null) setDone(t('slip.saved', { file }));
  };
  return (
    <div className="slip-dialog__body">
      <div className="slip-dialog__preview" data-paper={paper} tabIndex={0} data-testid={`${of}-preview`}>
        {paperOf(paper)}
      </div>
      <div className="slip-dialog__side">
        <PaperChoice paper={paper} onChoose={choose} />
        {refusal !== null && <ProblemNote {...refusal} testId={`${of}-error`} />}
        <p className="slip-dialog__done" role="status" data-testid={`${of}-done`}>
          {done}
        </p>
        {save !== null && (
          <Button
            size="tall"
            label={t('slip.save')}
            busy={save.busy}
            testId={`${of}-save`}
            onPress={() => void onSave()}
          />
        )}
        <Button
          size="money"
          look="strong"
          label={t('slip.print')}
          busy={print.busy}
          testId={`${of}-print`}
          onPress={() => void onPrint()}
        />
      </div>
      {createPortal(
        <div ref={printed} className="slip-print" aria-hidden="true">
          {paperOf(paper)}
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
