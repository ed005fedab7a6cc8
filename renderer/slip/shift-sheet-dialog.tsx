import { useEffect, useRef, useState, type ReactNode } from 'react';
import { shiftCommands, type ShiftSheet } from '../../shared/contract/shift.ts';
import { mayGive } from '../../shared/contract/spec.ts';
import zhCN from '../../shared/locales/zh-CN.json';
import en from '../../shared/locales/en.json';
import shiftSheetZhCN from '../../shared/locales/shift-sheet.zh-CN.json';
import shiftSheetEn from '../../shared/locales/shift-sheet.en.json';
import type { Language } from '../../shared/settings.ts';
import { call } from '../bridge/api.ts';
import { useCommand, type Refusal } from '../bridge/use-command.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { useModal } from '../components/use-modal.ts';
import { useT, type TillWords } from '../i18n/i18n.ts';
import { MoreWords } from '../i18n/more-words.tsx';
import { closeSheet } from '../state/shift.ts';
import { useStaff } from '../state/staff.ts';
import { PrintBody } from './print-body.tsx';
import { ShiftSheetPaper } from './shift-sheet-paper.tsx';
import './slip-dialog.css';

const sheetWordsOf: Readonly<Record<Language, TillWords & typeof shiftSheetZhCN>> = {
  'zh-CN': { ...zhCN, ...shiftSheetZhCN },
  en: { ...en, ...shiftSheetEn },
};

export interface ShiftSheetDialogProps {
  readonly id: number;
}

/** The sheet of a shift that ended, before it is printed. */
export const ShiftSheetDialog = ({ id }: ShiftSheetDialogProps): ReactNode => (
  <MoreWords words={sheetWordsOf}>
    <OpenDialog key={id} id={id} />
  </MoreWords>
);

function OpenDialog({ id }: ShiftSheetDialogProps): ReactNode {
  const t = useT();
  const dialog = useModal();
  const [sheet, refusal] = useSheet(id);
  useGoesWithItsReader();
  return (
    <dialog
      ref={dialog}
      className="slip-dialog dialog--whole"
      aria-label={t('shiftSheet.title')}
      data-own-keys=""
      data-testid="sheet-dialog"
      onCancel={closeSheet}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 className="dialog__title">{t('shiftSheet.title')}</h2>
          <Button label={t('shiftSheet.close')} hint="Esc" testId="sheet-close" onPress={closeSheet} />
        </header>
        {refusal !== null && <ProblemNote {...refusal} testId="sheet-error" />}
        {sheet === null && refusal === null && <p role="status">{t('shiftSheet.making')}</p>}
        {sheet?.kept === false && (
          <p className="problem-note" role="alert" data-testid="sheet-not-kept">
            <Icon name="warning" />
            {t('shiftSheet.notKept')}
          </p>
        )}
        {sheet !== null && <Body sheet={sheet} />}
      </div>
    </dialog>
  );
}

/** A manager who is signed out, by themselves or by time, leaves no earlier sheet open for others to read. */
function useGoesWithItsReader(): void {
  const role = useStaff((state) => state.view?.role);
  const opener = useRef(role);
  useEffect(() => {
    if (role !== opener.current) closeSheet();
  }, [role]);
}

function useSheet(id: number): readonly [ShiftSheet | null, Refusal | null] {
  const [sheet, setSheet] = useState<ShiftSheet | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    let current = true;
    void call('shift.sheet', { id }).then((reply) => {
      if (!current) return;
      if (reply.ok) setSheet(reply.value);
      else setRefusal({ code: reply.code, field: reply.field });
    });
    return () => {
      current = false;
    };
  }, [id]);
  return [sheet, refusal];
}

function Body({ sheet }: { readonly sheet: ShiftSheet }): ReactNode {
  const { id } = sheet;
  const print = useCommand('shift.print');
  const save = useCommand('shift.save');
  const maySave = useStaff(({ view }) => view !== null && mayGive(view.role, shiftCommands['shift.save']));
  return (
    <PrintBody
      of="sheet"
      paperOf={(paper) => <ShiftSheetPaper sheet={sheet} paper={paper} />}
      refusal={print.refusal ?? save.refusal}
      print={{ busy: print.busy, run: async (page) => (await print.give({ id, page })) !== null }}
      save={
        maySave
          ? { busy: save.busy, run: async (page) => (await save.give({ id, page }))?.value?.fileName ?? null }
          : null
      }
    />
  );
}
